import { BleakClient } from "./bleak-client"
import { testAskedPairing, testClient } from "./flow"
import { withPackages } from "./installed"

withPackages(["dbus", "python3-bleak"], "bleak", () => {
  const make = { name: "bleak", open: async (busAddress: string) => new BleakClient(busAddress) }
  testClient(make)
  testAskedPairing(make)
})
