/**
 * What a Bluetooth LE connection lets through, and when: packets of both sides in, in their order; the instants at which they have arrived out.
 * Bluetooth Core Specification 5.4, volume 6, part B: connection events (4.5.1), packets (2.1, 2.4), T_IFS (4.1.1); volume 3, part A, 3.1: the
 * L2CAP header. What the specification leaves to the devices:
 * - Packets in a connection event: 4 of each side. That is what iPhones took ("Maximizing BLE Throughput on iOS and Android", Punch Through,
 *   2016); newer ones 5 (Apple developer forums, thread 773555).
 * - What is handed over within an event waits for the next: so an answer takes an interval at least, and the next request another.
 * - A packet that is lost is not heard at all: the event ends with it, and it is sent again in the next (4.5.1, 4.5.9).
 * - The device has room for 12 notifications; one more is lost without a word, as by the SDK's stack.
 */
import { Chance } from "./chance"
import type { ClockEvent, VirtualClock } from "./clock"
import type { LinkModel } from "./protocol"

const US_PER_MS = 1000
/** Instants are sums of rounded doubles: so much of an interval is none. */
const ROUNDING = 1e-6
/** 1M PHY. */
const US_PER_BYTE = 8
/** Preamble 1, access address 4, header 2, CRC 3. */
const PACKET_BYTES = 10
/** Message integrity: of a packet with something in it, on an encrypted link. */
const MIC_BYTES = 4
const INTER_FRAME_US = 150
const L2CAP_HEADER_BYTES = 4

export const DEFAULT_LINK = {
  intervalMs: 30,
  payloadBytes: 251,
  packetsPerEvent: 4,
  loss: 0,
  seed: 1,
} as const satisfies Required<LinkModel>
/** What a packet holds without data length extension. */
export const SHORT_PAYLOAD_BYTES = 27
const NOTIFICATIONS_MAX = 12

/** A part of an ATT message in one packet. */
interface Packet {
  bytes: number
  /** The other side has it, but this one does not know: it sends it again. */
  isHeard: boolean
  /** Of a message's last packet. */
  arrived: (() => void) | undefined
}

export class RadioLink {
  readonly #clock: VirtualClock
  readonly #model: Required<LinkModel>
  /** From 0 up to 1, for each packet whether it is lost. */
  readonly #random: () => number
  readonly #anchorUs: number
  readonly #toDevice: Packet[] = []
  readonly #toPhone: Packet[] = []
  #event: ClockEvent | undefined
  #notifications = 0
  #isClosed = false

  /** The connection begins now. @param random by which packets are lost; of the model's seed when left out */
  constructor(clock: VirtualClock, model: LinkModel, random?: () => number) {
    this.#clock = clock
    this.#model = { ...DEFAULT_LINK, ...model }
    const chance = new Chance(this.#model.seed)
    this.#random = random ?? (() => chance.share())
    this.#anchorUs = clock.nowUs
  }

  /** The phone sends an ATT message of so many bytes. */
  toDevice(attBytes: number, arrived: () => void): void {
    this.#queue(this.#toDevice, attBytes, arrived)
  }

  /** The device sends one. */
  toPhone(attBytes: number, arrived: () => void): void {
    this.#queue(this.#toPhone, attBytes, arrived)
  }

  /** As toPhone(). @returns false when the device has no room for it */
  notify(attBytes: number, arrived: () => void): boolean {
    if (this.#notifications === NOTIFICATIONS_MAX) return false
    this.#notifications++
    this.toPhone(attBytes, () => {
      this.#notifications--
      arrived()
    })
    return true
  }

  /** Nothing arrives any more. */
  close(): void {
    this.#isClosed = true
    this.#clock.cancel(this.#event)
    this.#event = undefined
  }

  /** The first event from now on. */
  get nextEventUs(): number {
    const intervalUs = this.#model.intervalMs * US_PER_MS
    const past = Math.floor((this.#clock.nowUs - this.#anchorUs) / intervalUs + ROUNDING)
    return this.#anchorUs + (past + 1) * intervalUs
  }

  #queue(packets: Packet[], attBytes: number, arrived: () => void): void {
    const { payloadBytes } = this.#model
    for (let left = attBytes + L2CAP_HEADER_BYTES; left > 0; left -= payloadBytes) {
      const isLast = left <= payloadBytes
      packets.push({
        bytes: Math.min(left, payloadBytes),
        isHeard: false,
        arrived: isLast ? arrived : undefined,
      })
    }
    this.#event ??= this.#clock.at(this.nextEventUs, () => this.#exchange())
  }

  /** A connection event: what is there when it begins goes over, in turns, as far as there is time for it. */
  #exchange(): void {
    const { intervalMs, packetsPerEvent } = this.#model
    const startUs = this.#clock.nowUs
    const endUs = startUs + intervalMs * US_PER_MS - INTER_FRAME_US
    const down = [...this.#toDevice]
    const up = [...this.#toPhone]
    let atUs = startUs
    for (let turn = 0; turn < packetsPerEvent; turn++) {
      const mine = down[0]
      const theirs = up[0]
      if (turn > 0 && !mine && !theirs) break
      const middleUs = atUs + airtimeUs(mine) + INTER_FRAME_US
      const turnEndUs = middleUs + airtimeUs(theirs)
      if (turnEndUs > endUs) break
      if (this.#isLost()) break
      this.#arrive(mine, middleUs - INTER_FRAME_US)
      if (this.#isLost()) break
      this.#arrive(theirs, turnEndUs)
      // Each has heard that the other has it.
      if (down.shift()) this.#toDevice.shift()
      if (up.shift()) this.#toPhone.shift()
      atUs = turnEndUs + INTER_FRAME_US
    }
    const isLeft = this.#toDevice.length + this.#toPhone.length > 0
    this.#event = isLeft ? this.#clock.at(this.nextEventUs, () => this.#exchange()) : undefined
  }

  #arrive(packet: Packet | undefined, atUs: number): void {
    if (!packet || packet.isHeard) return
    packet.isHeard = true
    const { arrived } = packet
    if (!arrived) return
    this.#clock.at(atUs, () => {
      if (!this.#isClosed) arrived()
    })
  }

  #isLost(): boolean {
    return this.#model.loss > 0 && this.#random() < this.#model.loss
  }
}

/** Without a packet an empty one is sent. */
function airtimeUs(packet: Packet | undefined): number {
  return (PACKET_BYTES + (packet ? packet.bytes + MIC_BYTES : 0)) * US_PER_BYTE
}
