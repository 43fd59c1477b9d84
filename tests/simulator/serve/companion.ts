/** A companion near a server's simulation, for tests: the app's own way to it, over a WebSocket of Node's. */
import { WebSocket } from "ws"
import { SimulatedAir } from "../../../phone/browser/simulated-air"
import type { ConnectableTransport, FoundDevice } from "../../../phone/link/finder"
import type { PageServer } from "../../../simulator/serve/server"
import { decode } from "../../../src/ble/fields"
import { IDENTITY, STATUS } from "../../../src/ble/layouts"
import { PATELLA } from "../../../src/ble/profile"

const { identity, status } = PATELLA.characteristics

/** @param token of the page whose device it is; empty: the only one */
export function airOf(server: PageServer, token = ""): SimulatedAir {
  const host = `127.0.0.1:${server.port}`
  return new SimulatedAir(token, (path) => new WebSocket(`ws://${host}${path}`, { origin: `http://${host}` }))
}

export class Companion {
  readonly device: FoundDevice
  /** How often its link ended. */
  losses = 0
  #lost: () => void = () => {}

  private constructor(device: FoundDevice) {
    this.device = device
    device.transport.onDisconnect(() => {
      this.losses++
      this.#lost()
    })
  }

  static async choose(server: PageServer, token = ""): Promise<Companion> {
    return new Companion(await airOf(server, token).choose())
  }

  get transport(): ConnectableTransport {
    return this.device.transport
  }

  /** Pairs where it has to. */
  async status() {
    return decode(STATUS, await this.transport.read(status.uuid))
  }

  /** What the device says that it is. */
  async deviceId(): Promise<string> {
    return decode(IDENTITY, await this.transport.read(identity.uuid)).deviceId.join("-")
  }

  /** Resolves with the end of the link that it has. */
  lost(): Promise<void> {
    return new Promise((resolve) => {
      this.#lost = resolve
      if (!this.transport.connected) resolve()
    })
  }
}
