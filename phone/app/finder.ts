/** The way to a device: over Bluetooth; or over the simulator's air, where the address has asked for that. */
import { WebBluetoothFinder } from "../browser/web-bluetooth"
import { airToken } from "../link/air-messages"
import type { Finder } from "../link/finder"

/** In the window's own storage, since the address goes on to name the screen. */
const TOKEN = "air"

/** @param hash as location.hash at the start */
export async function finderFor(hash: string): Promise<Finder> {
  const asked = airToken(hash)
  if (asked !== undefined) sessionStorage.setItem(TOKEN, asked)
  const token = sessionStorage.getItem(TOKEN)
  if (token === null) return new WebBluetoothFinder()
  const { SimulatedAir } = await import("../browser/simulated-air")
  return new SimulatedAir(token, (path) => new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}`))
}
