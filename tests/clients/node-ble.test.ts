import { testAskedPairing, testClient } from "./flow"
import { withPackages } from "./installed"
import { NodeBleClient } from "./node-ble-client"

withPackages(["dbus"], "node-ble", () => {
  const make = { name: "node-ble", open: async (busAddress: string) => new NodeBleClient(busAddress) }
  testClient(make)
  testAskedPairing(make)
})
