/**
 * ATT over a connection that takes its time (radio-link.ts): how many bytes each request and response has (core specification 5.4, volume 3,
 * part F, 3.4), and one request at a time, as ATT asks for. Finding out what the device has, pairing and connecting take no time here: a phone
 * does these once.
 */
import type { VirtualClock } from "./clock"
import type { GattReply, GattRequest, LinkModel } from "./protocol"
import { RadioLink } from "./radio-link"

/** Of messages without their value. */
const ATT_BYTES = {
  readRequest: 3,
  readBlobRequest: 5,
  readResponse: 1,
  writeRequest: 3,
  writeResponse: 1,
  prepareWrite: 5,
  executeRequest: 2,
  errorResponse: 5,
  notification: 3,
} as const
const SUBSCRIPTION_BYTES = 2
const HEX_DIGITS_A_BYTE = 2
/** The central sees what has come within this. */
const LOOK_EVERY_US = 1000

export class AttAirTime {
  readonly #clock: VirtualClock
  readonly #radio: RadioLink
  readonly #mtu: number
  #isOpen = true

  constructor(clock: VirtualClock, model: LinkModel, mtu: number) {
    this.#clock = clock
    this.#radio = new RadioLink(clock, model)
    this.#mtu = mtu
  }

  close(): void {
    this.#isOpen = false
    this.#radio.close()
  }

  /** @returns false when it is lost for want of room */
  notify(valueBytes: number, arrived: () => void): boolean {
    return this.#radio.notify(ATT_BYTES.notification + valueBytes, arrived)
  }

  /** Runs the clock until the response has come. @param carryOut what the server does with the request */
  exchange(request: GattRequest, carryOut: () => GattReply): GattReply {
    if (request.op === "read") return this.#read(carryOut)
    const bytes = request.op === "write" ? bytesOf(request.value) : SUBSCRIPTION_BYTES
    return bytes > this.#mtu - ATT_BYTES.writeRequest
      ? this.#writeLong(bytes, carryOut)
      : this.#write(bytes, carryOut)
  }

  /** The rest of a long value by Read Blob, until a part is shorter than it could be. */
  #read(carryOut: () => GattReply): GattReply {
    const room = this.#mtu - ATT_BYTES.readResponse
    let reply: GattReply = {}
    const isAnswered = this.#roundTrip(ATT_BYTES.readRequest, () => {
      reply = carryOut()
      if (reply.error !== undefined) return ATT_BYTES.errorResponse
      return ATT_BYTES.readResponse + Math.min(bytesOf(reply.value), room)
    })
    if (!isAnswered) return { linkError: "not connected" }
    for (let left = bytesOf(reply.value) - room; left >= 0; left -= room) {
      const part = ATT_BYTES.readResponse + Math.min(left, room)
      if (!this.#roundTrip(ATT_BYTES.readBlobRequest, () => part)) return { linkError: "not connected" }
    }
    return reply
  }

  #write(bytes: number, carryOut: () => GattReply): GattReply {
    return this.#carriedOut(ATT_BYTES.writeRequest + bytes, carryOut)
  }

  /** By Prepare Write, each part of which comes back, and Execute Write. */
  #writeLong(bytes: number, carryOut: () => GattReply): GattReply {
    const room = this.#mtu - ATT_BYTES.prepareWrite
    for (let left = bytes; left > 0; left -= room) {
      const part = ATT_BYTES.prepareWrite + Math.min(left, room)
      if (!this.#roundTrip(part, () => part)) return { linkError: "not connected" }
    }
    return this.#carriedOut(ATT_BYTES.executeRequest, carryOut)
  }

  /** The response goes off before what the server notifies about it, as from the SDK's stack. */
  #carriedOut(requestBytes: number, carryOut: () => GattReply): GattReply {
    let reply: GattReply = {}
    let isAnswered = false
    this.#radio.toDevice(requestBytes, () => {
      this.#radio.toPhone(ATT_BYTES.writeResponse, () => {
        isAnswered = true
      })
      reply = carryOut()
    })
    return this.#waitFor(() => isAnswered) ? reply : { linkError: "not connected" }
  }

  #roundTrip(requestBytes: number, answer: () => number): boolean {
    let isAnswered = false
    this.#radio.toDevice(requestBytes, () => {
      this.#radio.toPhone(answer(), () => {
        isAnswered = true
      })
    })
    return this.#waitFor(() => isAnswered)
  }

  /** @returns false when the link is lost meanwhile, or power */
  #waitFor(isAnswered: () => boolean): boolean {
    while (!isAnswered()) {
      const beforeUs = this.#clock.nowUs
      if (this.#isOpen) this.#clock.runUntil(beforeUs + LOOK_EVERY_US)
      if (!this.#isOpen || this.#clock.nowUs === beforeUs) return isAnswered()
    }
    return true
  }
}

function bytesOf(hex = ""): number {
  return hex.length / HEX_DIGITS_A_BYTE
}
