/**
 * The maker's console as a serial line: what the host sends comes in packets of the line's speed, what the firmware writes goes into a buffer that empties at that
 * speed while the host listens. A full buffer takes no more, as the drivers of ESP-IDF do (usb_serial_jtag_write_bytes without waiting).
 */
import type { ConsoleLink, ConsolePort, ConsoleReader } from "../../src/console/port"
import type { EventClock } from "./clock"
import type { ConsoleOptions } from "./protocol"

/** 115,200 baud with a start and a stop bit: what every terminal program begins with. */
const DEFAULT_BYTES_PER_S = 11_520
/** What the board's host gives the driver (hosts/esp32/console.ts). */
const DEFAULT_BUFFER_BYTES = 1024
/** Of the ESP32-C3's USB Serial/JTAG (technical reference manual, 30.3.2): what comes is told at once up to so much. */
const PACKET_BYTES = 64
const US_PER_S = 1_000_000

export class VirtualConsole implements ConsolePort {
  readonly #clock: EventClock
  readonly #bytesPerS: number
  #listens: boolean
  #reader: ConsoleReader | undefined
  /** The buffer: `#waiting` bytes are in it, oldest first. */
  readonly #buffer: Uint8Array
  #waiting = 0
  /** Up to then the buffer has emptied. */
  #emptiedUs = 0
  /** In a string, a character a byte: cheap in an engine that is slow at single bytes. */
  #heard = ""
  /** The line is taken by what the host sends until then. */
  #sentUs = 0

  constructor(clock: EventClock, { listens = true, bytesPerS, bufferBytes }: ConsoleOptions = {}) {
    this.#clock = clock
    this.#listens = listens
    this.#bytesPerS = bytesPerS ?? DEFAULT_BYTES_PER_S
    this.#buffer = new Uint8Array(bufferBytes ?? DEFAULT_BUFFER_BYTES)
  }

  open(reader: ConsoleReader): ConsoleLink {
    if (this.#reader) throw new Error("console: port in use")
    this.#reader = reader
    return {
      write: (bytes, from, to) => (this.#reader === reader ? this.#write(bytes, from, to) : 0),
      close: () => {
        if (this.#reader === reader) this.#reader = undefined
      },
    }
  }

  /** The processor starts anew: whoever had it is no more. */
  release(): void {
    this.#reader = undefined
  }

  /** The host opens or closes its end. */
  listen(listens: boolean): void {
    this.#empty()
    this.#listens = listens
  }

  /** The host sends; it arrives as the clock runs. */
  send(bytes: Uint8Array): void {
    const clock = this.#clock
    this.#sentUs = Math.max(this.#sentUs, clock.nowUs)
    for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
      const packet = bytes.slice(at, at + PACKET_BYTES)
      this.#sentUs += (packet.length * US_PER_S) / this.#bytesPerS
      clock.at(this.#sentUs, () => this.#reader?.onReadable(packet))
    }
  }

  /** What has reached the host since the last call, a character a byte. */
  take(): string {
    this.#empty()
    const heard = this.#heard
    this.#heard = ""
    return heard
  }

  #write(bytes: Uint8Array, from: number, to: number): number {
    this.#empty()
    const count = Math.min(to - from, this.#buffer.length - this.#waiting)
    this.#buffer.set(bytes.subarray(from, from + count), this.#waiting)
    this.#waiting += count
    return count
  }

  /** Moves on what the line has carried by now. */
  #empty(): void {
    const { nowUs } = this.#clock
    const byteUs = US_PER_S / this.#bytesPerS
    const carried = this.#listens ? Math.floor((nowUs - this.#emptiedUs) / byteUs) : 0
    this.#emptiedUs = this.#listens ? this.#emptiedUs + carried * byteUs : nowUs
    const count = Math.min(carried, this.#waiting)
    if (count === 0) return
    this.#heard += String.fromCharCode(...this.#buffer.subarray(0, count))
    this.#buffer.copyWithin(0, count, this.#waiting)
    this.#waiting -= count
  }
}
