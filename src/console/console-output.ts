/**
 * What is on its way to the terminal. Never waits for the host: what it does not take stays here until there is no room, and then whole lines are
 * left out and counted. UTF-8, lines end with CR LF.
 */
import { encodeUtf8 } from "../utf8"
import type { ConsoleLink } from "./port"

const CR = 0x0d
const LF = 0x0a
const ZERO = 0x30
const MINUS = 0x2d
const POINT = 0x2e
const TEN = 10
/** Of a number with its sign, point and digits: 31 bits have ten of them, and a fraction may need a leading zero. */
const NUMBER_BYTES = 13

export class ConsoleOutput {
  /** Lines that found no room, since it was set to 0. */
  lostLines = 0
  private readonly link: ConsoleLink
  private bytes: Uint8Array
  /** What waits lies from `start` to `end`. */
  private start = 0
  private end = 0
  private readonly digits = new Uint8Array(NUMBER_BYTES)

  constructor(link: ConsoleLink, roomBytes: number) {
    this.link = link
    this.bytes = new Uint8Array(roomBytes)
  }

  get isEmpty(): boolean {
    return this.start === this.end
  }

  get roomBytes(): number {
    return this.bytes.length
  }

  /** Room for so many bytes from here on, at least for what waits. */
  resize(roomBytes: number): void {
    const waiting = this.bytes.subarray(this.start, this.end)
    this.bytes = new Uint8Array(Math.max(roomBytes, waiting.length))
    this.bytes.set(waiting)
    this.start = 0
    this.end = waiting.length
  }

  /** Whether so many bytes more can be written. */
  hasRoom(count: number): boolean {
    if (this.end + count <= this.bytes.length) return true
    this.bytes.copyWithin(0, this.start, this.end)
    this.end -= this.start
    this.start = 0
    return this.end + count <= this.bytes.length
  }

  /** A line, whole or not at all. @returns whether it is on its way */
  line(text: string): boolean {
    return this.put(encodeUtf8(text), true)
  }

  /** As line(), without its end. */
  text(text: string): boolean {
    return this.put(encodeUtf8(text), false)
  }

  byte(byte: number): void {
    if (this.hasRoom(1)) this.bytes[this.end++] = byte
  }

  newLine(): void {
    if (!this.hasRoom(2)) return
    this.bytes[this.end++] = CR
    this.bytes[this.end++] = LF
  }

  /** Writes `value`, a whole number of units of 10 to the power of -`decimals`, as a decimal. Allocates nothing; who calls it asks for room before. */
  decimal(value: number, decimals: number): void {
    const { digits, bytes } = this
    let rest = value < 0 ? -value : value
    if (value < 0) bytes[this.end++] = MINUS
    let count = 0
    while (rest > 0 || count <= decimals) {
      const quotient = Math.floor(rest / TEN)
      digits[count++] = ZERO + rest - quotient * TEN
      rest = quotient
    }
    while (count > 0) {
      bytes[this.end++] = digits[--count] as number
      if (count === decimals && count > 0) bytes[this.end++] = POINT
    }
  }

  /** Hands the link what it takes. @returns whether it took anything */
  flush(): boolean {
    if (this.isEmpty) return false
    const taken = this.link.write(this.bytes, this.start, this.end)
    this.start += taken
    return taken > 0
  }

  /** Gives up what waits. */
  drop(): void {
    if (!this.isEmpty) this.lostLines++
    this.start = this.end = 0
  }

  private put(bytes: Uint8Array, isLine: boolean): boolean {
    if (!this.hasRoom(bytes.length + 2)) {
      this.lostLines++
      return false
    }
    this.bytes.set(bytes, this.end)
    this.end += bytes.length
    if (isLine) this.newLine()
    return true
  }
}
