/**
 * A phone's link to a device that loses it at a request, or loses, doubles and delays notifications, as a plan says. The only clock is the device's: it
 * goes on when the phone waits.
 */
import type { GattRequest, StackBond } from "../../../hosts/virtual/protocol"
import { fromHex, toHex } from "../../../hosts/virtual/protocol"
import type { GattTransport } from "../../../phone/link/gatt-transport"
import type { Device } from "../../ble/device"

/** What becomes of a request: the link is lost before it or with its answer, or the phone stands still before it. */
export type RequestFate = "sound" | "lostBefore" | "lostAfter" | "stalled"
/** `late`: after the next three, or when the phone waits. `linkLost`: with it goes the link. */
export type NotificationFate = "sound" | "lost" | "twice" | "late" | "linkLost"

export interface LinkPlan {
  request?(index: number): RequestFate
  notification?(index: number): NotificationFate
}

const LATE_BY = 3
const TICK_MS = 1000
/** Longer than the device waits for a phone. */
const STALL_MS = 25_000

export class LossyLink implements GattTransport {
  /** How many there were, over all connections. */
  requests = 0
  notifications = 0
  lostLinks = 0
  connected = false
  readonly #device: Device
  readonly #phone: StackBond
  plan: LinkPlan
  #connection = 0
  readonly #listeners = new Map<string, (value: Uint8Array) => void>()
  #late: { uuid: string; value: Uint8Array; after: number }[] = []
  #lost: (() => void)[] = []

  constructor(device: Device, phone: StackBond, plan: LinkPlan = {}) {
    this.#device = device
    this.#phone = phone
    this.plan = plan
  }

  connect(mtu: number): void {
    const { identity } = this.#phone
    const { connection = 0, linkError } = this.#device.link.handle({ op: "connect", mtu, identity })
    if (linkError !== undefined) throw new Error(`lossy link: ${linkError}`)
    this.#device.link.handle({ op: "encrypt", connection, ...this.#phone })
    this.#connection = connection
    this.connected = true
  }

  /** To be the phone's sleep. */
  readonly wait = async (ms: number): Promise<void> => {
    if (this.#late.length > 0) return this.#deliverLate()
    this.advance(ms)
  }

  advance(ms: number): void {
    const { time, service } = this.#device
    for (const end = time.nowMs + ms; time.nowMs < end; ) {
      time.nowMs += TICK_MS
      service.tick()
      this.#take()
    }
  }

  /** The link is lost, as when the phone walks away. */
  lose(): void {
    this.lostLinks++
    this.#device.link.drop()
    this.connected = false
    // What was on its way: nothing comes over the connection after it.
    this.#device.link.takeNotifications()
    this.#late = []
    this.#listeners.clear()
    const lost = this.#lost
    this.#lost = []
    for (const listener of lost) listener()
  }

  async read(uuid: string): Promise<Uint8Array> {
    return fromHex(this.#request({ op: "read", characteristic: uuid }) ?? "")
  }

  async write(uuid: string, value: Uint8Array): Promise<void> {
    this.#request({ op: "write", characteristic: uuid, value: toHex(value) })
  }

  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    this.#listeners.set(uuid, listener)
    this.#request({ op: "subscribe", characteristic: uuid })
    return async () => {
      this.#listeners.delete(uuid)
      this.#request({ op: "unsubscribe", characteristic: uuid })
    }
  }

  onDisconnect(listener: () => void): void {
    this.#lost.push(listener)
  }

  #request(request: GattRequest): string | undefined {
    this.requests++
    const fate = this.plan.request?.(this.requests - 1) ?? "sound"
    if (fate === "stalled") this.advance(STALL_MS)
    if (fate === "lostBefore") this.lose()
    this.#check()
    const { error, value, linkError } = this.#device.link.handle({ ...request, connection: this.#connection })
    if (fate === "lostAfter") this.lose()
    else this.#take()
    this.#check()
    if (linkError !== undefined) throw new Error(`lossy link: ${linkError}`)
    if (error !== undefined) throw new Error(`lossy link: ATT error ${error}`)
    return value
  }

  #check(): void {
    if (!this.connected) throw new Error("lossy link: lost")
  }

  #take(): void {
    for (const { characteristic, value } of this.#device.link.takeNotifications()) {
      if (!this.connected) continue
      const note = { uuid: characteristic, value: fromHex(value) }
      this.notifications++
      const fate = this.plan.notification?.(this.notifications - 1) ?? "sound"
      if (fate === "late") {
        this.#late.push({ ...note, after: this.notifications + LATE_BY })
        continue
      }
      if (fate === "linkLost") this.lose()
      if (fate === "sound" || fate === "twice") this.#deliver(note)
      if (fate === "twice") this.#deliver(note)
      this.#deliverLate(this.notifications)
    }
  }

  #deliver({ uuid, value }: { uuid: string; value: Uint8Array }): void {
    this.#listeners.get(uuid)?.(value)
  }

  /** @param notifications that have come since */
  #deliverLate(notifications = Number.POSITIVE_INFINITY): void {
    const due = this.#late.filter(({ after }) => after <= notifications)
    this.#late = this.#late.filter(({ after }) => after > notifications)
    for (const note of due) this.#deliver(note)
  }
}
