/**
 * The simulator's air: what the companion and the simulator's server say to each other over a WebSocket, as JSON, in place of Bluetooth. One connection of the
 * WebSocket is one phone near one simulated device. Values in hex.
 */

/** Where the WebSocket is; the simulation's token is its query, where there is one. */
export const AIR_PATH = "/air"
/** Behind the # of the companion's address. */
const AIR_HASH = /^#air(?:=(\w*))?$/

/** From the companion. Each is answered with `done` or `refused`, which have its id. */
export type AirRequest = { id: number } & (
  | { ask: "connect" | "disconnect" }
  | { ask: "read" | "subscribe" | "unsubscribe"; characteristic: string }
  | { ask: "write"; characteristic: string; value: string }
)

/** From the server. */
export type AirMessage =
  /** First of all: the device that is near, or why there is none. */
  | { tell: "near"; deviceId: string; name: string }
  | { tell: "nothingNear"; why: string }
  | { tell: "done"; id: number; value?: string }
  | { tell: "refused"; id: number; why: string }
  | { tell: "notified"; characteristic: string; value: string }
  /** The link to the device is gone, whoever ended it. */
  | { tell: "disconnected" }

/** The hash of the companion's address for a simulation. */
export function airHash(token: string): string {
  return `#air=${token}`
}

/** @returns the simulation's token, empty for the only one that plays; undefined when the address does not ask for the simulator */
export function airToken(hash: string): string | undefined {
  const found = AIR_HASH.exec(hash)
  return found ? (found[1] ?? "") : undefined
}
