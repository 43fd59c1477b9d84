/**
 * The phone with the companion on it, on the air of a simulation: its Bluetooth stack, which keeps its bond while the simulation lasts. A device has one link at a time,
 * so the carried phone lets go when this one connects, and comes back when it has gone.
 */
import type { GattReply, GattRequest, Notification } from "../../hosts/virtual/protocol"
import { Central, LinkError, type Send } from "../phone/central"
import type { AttendingPhone } from "./attending-phone"

export interface CompanionListener {
  notified(notification: Notification): void
  /** The link is gone, whoever ended it. */
  disconnected(): void
}

export interface CompanionAir {
  send: Send
  /** The device has power, is awake, and within reach. */
  isNear(): boolean
  /** The phone that the wearer carries, where there is one. */
  carried: AttendingPhone | undefined
}

type Operation = Pick<GattRequest, "op" | "characteristic" | "value">

const IDENTITY = "c0ffee0000aa"
/** As Android's asks for. */
const MTU = 517

export class CompanionPhone {
  readonly #air: CompanionAir
  readonly #central: Central
  #listener: CompanionListener | undefined

  constructor(air: CompanionAir) {
    this.#air = air
    this.#central = new Central(air.send, {
      identity: IDENTITY,
      mtu: MTU,
      pairsWhenRefused: true,
      listener: { disconnected: () => this.#left() },
    })
  }

  get connected(): boolean {
    return this.#central.connected
  }

  /** @throws LinkError */
  async connect(listener: CompanionListener): Promise<void> {
    const { carried, isNear } = this.#air
    if (this.connected) throw new LinkError("another companion is connected")
    this.#left()
    if (!isNear()) throw new LinkError("the device is switched off, asleep or out of reach")
    this.#listener = listener
    try {
      await carried?.letGo()
      await this.#central.connect()
    } finally {
      if (!this.connected) this.#letCarriedBack()
    }
    if (!this.connected) throw new LinkError("the device does not know this phone any more")
  }

  async disconnect(): Promise<void> {
    await this.#central.disconnect()
  }

  /** Pairs when it has to. @throws LinkError, AttRefusal */
  async request(operation: Operation): Promise<GattReply> {
    const wasBonded = this.#central.bonded
    try {
      return await this.#central.request(operation)
    } catch (error) {
      // Who pairs uninvited is dropped.
      const isUninvited = error instanceof LinkError && !wasBonded && this.#central.bonded
      if (isUninvited) throw new LinkError("the device takes no new phone now: press its button")
      throw error
    }
  }

  notified(notification: Notification): void {
    this.#listener?.notified(notification)
  }

  /** The device has this connection up, or none. */
  saw(connection: number | undefined): void {
    this.#central.saw(connection)
  }

  #left(): void {
    const listener = this.#listener
    // It may have connected again before this was told.
    if (this.connected || !listener) return
    this.#letCarriedBack()
    listener.disconnected()
  }

  #letCarriedBack(): void {
    this.#listener = undefined
    this.#air.carried?.comeBack()
  }
}
