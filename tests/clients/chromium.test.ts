import { fromHex } from "../../hosts/virtual/protocol"
import { decodeRunRecord } from "../../src/ble/run-codec"
import { ChromiumClient } from "./chromium-client"
import { testClient } from "./flow"
import { withPackages } from "./installed"

withPackages(["dbus", "chromium"], "Chromium", () => {
  testClient(
    { name: "Chromium", open: (busAddress) => ChromiumClient.open(busAddress), keepsLink: true },
    {
      "syncs every run by the phone's own code in the page": async (t, { client }) => {
        const { records, way } = await (client as ChromiumClient).sync()
        t.is(way, "notifications")
        const ids = Object.values(records).map((record) => decodeRunRecord(fromHex(record)).run.id)
        t.deepEqual(ids, [1, 2, 3])
      },
    },
  )
})
