/** A phone's Bluetooth stack over the virtual board's GATT requests. What it cannot do is an Error that names the characteristic. */
import {
  fromHex,
  type GattReply,
  type GattRequest,
  type Notification,
  type StackBond,
  toHex,
} from "../../hosts/virtual/protocol"
import type { GattTransport } from "../../phone/link/gatt-transport"
import { PROFILES } from "../../phone/link/profiles"
import { AttError } from "../../src/ble/profile"

/** What the phone's Bluetooth stack keeps of the device. */
export type PhoneBond = Pick<StackBond, "identity"> & Partial<StackBond>

export class RequestTransport implements GattTransport {
  readonly #send: (request: GattRequest) => Promise<GattReply>
  readonly #bond: PhoneBond
  #connection: number | undefined
  readonly #listeners = new Map<string, (value: Uint8Array) => void>()
  #disconnectListeners: (() => void)[] = []

  /** @param bond as for a phone (phone.ts) */
  constructor(send: (request: GattRequest) => Promise<GattReply>, bond: PhoneBond) {
    this.#send = send
    this.#bond = bond
  }

  get connected(): boolean {
    return this.#connection !== undefined
  }

  /** Encrypted. @returns the MTU agreed on */
  async connect(mtu: number): Promise<number> {
    const { identity } = this.#bond
    const reply = await this.#request("connect to the device", { op: "connect", mtu, identity })
    this.#connection = reply.connection
    await this.#encrypt()
    return reply.mtu ?? 0
  }

  async disconnect(): Promise<void> {
    await this.#request("disconnect", { op: "disconnect" })
    this.lost()
  }

  /** The link is gone, with all that was subscribed to. */
  lost(): void {
    this.#connection = undefined
    this.#listeners.clear()
    const listeners = this.#disconnectListeners
    this.#disconnectListeners = []
    for (const listener of listeners) listener()
  }

  /** UUIDs of the device's characteristics. */
  async discover(): Promise<string[]> {
    const { services = [] } = await this.#request("discover services", { op: "discover" })
    return services.flatMap((service) => service.characteristics.map(({ uuid }) => uuid))
  }

  /** To be called with each notification of the board. */
  notified({ characteristic, value }: Pick<Notification, "characteristic" | "value">): void {
    this.#listeners.get(characteristic)?.(fromHex(value))
  }

  async read(uuid: string): Promise<Uint8Array> {
    const reply = await this.#request(`read ${nameOf(uuid)}`, { op: "read", characteristic: uuid })
    return fromHex(reply.value ?? "")
  }

  async write(uuid: string, value: Uint8Array): Promise<void> {
    const request = { op: "write", characteristic: uuid, value: toHex(value) } as const
    await this.#request(`write ${nameOf(uuid)}`, request)
  }

  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    this.#listeners.set(uuid, listener)
    await this.#request(`subscribe to ${nameOf(uuid)}`, { op: "subscribe", characteristic: uuid })
    return async () => {
      this.#listeners.delete(uuid)
      await this.#request(`unsubscribe from ${nameOf(uuid)}`, { op: "unsubscribe", characteristic: uuid })
    }
  }

  onDisconnect(listener: () => void): void {
    this.#disconnectListeners.push(listener)
  }

  async #encrypt(): Promise<void> {
    const { identity, key: known } = this.#bond
    const connection = this.#connection as number
    if (known !== undefined) {
      const { linkError } = await this.#send({ op: "encrypt", connection, identity, key: known })
      if (linkError === undefined) return
    }
    const { key, linkError } = await this.#send({ op: "pair", connection, identity })
    if (linkError !== undefined)
      throw new Error(
        "phone: the device takes no new phone now; press its button and connect within a minute",
      )
    if (key !== undefined) this.#bond.key = key
  }

  async #request(what: string, request: GattRequest): Promise<GattReply> {
    const { op, ...rest } = request
    const connection = this.#connection === undefined ? {} : { connection: this.#connection }
    const reply = await this.#send({ op, ...connection, ...rest })
    if (reply.linkError === "not connected") this.lost()
    if (reply.linkError !== undefined) throw new Error(`phone: cannot ${what}: ${reply.linkError}`)
    if (reply.error !== undefined) throw new Error(`phone: cannot ${what}: ${attErrorText(reply.error)}`)
    return reply
  }
}

function nameOf(uuid: string): string {
  return Object.values(PROFILES).find((profile) => profile.uuid === uuid)?.name ?? uuid
}

/** With its meaning in this profile. */
export function attErrorText(code: number): string {
  const known = Object.values(AttError).find((error) => error.code === code)
  return `ATT error 0x${code.toString(16).padStart(2, "0")}${known ? ` (${known.description})` : ""}`
}
