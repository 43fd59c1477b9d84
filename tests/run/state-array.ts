/** State bytes in an array: what a recorder wrote, to be read from the beginning. */
import type { StateReader, StateWriter } from "../../src/state-bytes"

export class StateArray implements StateWriter, StateReader {
  readonly bytes: number[] = []
  #offset = 0

  /** The first `length` bytes, from the beginning. */
  cut(length: number): StateArray {
    const cut = new StateArray()
    cut.bytes.push(...this.bytes.slice(0, length))
    return cut
  }

  u8(): number
  u8(value: number): void
  u8(value?: number): number {
    return this.#number(1, value)
  }
  u16(): number
  u16(value: number): void
  u16(value?: number): number {
    return this.#number(2, value)
  }
  u32(): number
  u32(value: number): void
  u32(value?: number): number {
    return this.#number(4, value)
  }
  i32(): number
  i32(value: number): void
  i32(value?: number): number {
    return this.#number(4, value) | 0
  }

  #number(width: number, value: number | undefined): number {
    if (value !== undefined) {
      if (!Number.isInteger(value)) throw new TypeError(`state: ${value} is no integer`)
      for (let byte = 0; byte < width; byte++) this.bytes.push((value >>> (8 * byte)) & 0xff)
      return 0
    }
    if (this.#offset + width > this.bytes.length)
      throw new RangeError(`state: truncated at offset ${this.bytes.length}`)
    let read = 0
    for (let byte = 0; byte < width; byte++) read += (this.bytes[this.#offset++] as number) * 256 ** byte
    return read
  }
}
