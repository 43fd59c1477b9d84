/**
 * The bytes of an image of the runs' partition, by offset, little-endian, with the checks of docs/flash-format.md. What
 * a cut image lacks of its last segment reads as erased; `size` says where it ends.
 */
import { crc32 } from "node:zlib"

export const BLOCK_BYTES = 4096
export const SEGMENT_BYTES = 4 * BLOCK_BYTES
const ERASED = Buffer.alloc(SEGMENT_BYTES, 0xff)
const U16 = 0xffff

/** Something to tell about bytes of the image: where they begin, how many they are, what is with them. */
export interface Finding {
  byte: number
  bytes: number
  what: string
}

/** What is wrong, and what is no damage: traces of power cuts, worn bits that mean nothing, other versions. */
export interface Findings {
  damages: Finding[]
  notes: Finding[]
}

export class FlashImage {
  /** Of the file. */
  readonly size: number
  readonly #bytes: Buffer

  constructor(bytes: Uint8Array) {
    this.size = bytes.length
    const missing = -bytes.length & (SEGMENT_BYTES - 1)
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#bytes = missing === 0 ? buffer : Buffer.concat([buffer, ERASED.subarray(0, missing)])
  }

  u8(at: number): number {
    return this.#bytes.readUInt8(at)
  }
  i8(at: number): number {
    return this.#bytes.readInt8(at)
  }
  u16(at: number): number {
    return this.#bytes.readUInt16LE(at)
  }
  u32(at: number): number {
    return this.#bytes.readUInt32LE(at)
  }

  slice(start: number, end: number): Buffer {
    return this.#bytes.subarray(start, end)
  }

  /** CRC-32 of IEEE 802.3; `before` is that of what comes before. */
  crc(start: number, end: number, before = 0): number {
    return crc32(this.#bytes.subarray(start, end), before)
  }

  /** Does the u16 behind these bytes hold the lower half of their CRC? */
  isChecked(start: number, end: number): boolean {
    return this.u16(end) === (this.crc(start, end) & U16)
  }

  /** Of a segment at most. */
  isErased(start: number, end: number): boolean {
    return ERASED.compare(this.#bytes, start, end, 0, end - start) === 0
  }

  isZero(start: number, end: number): boolean {
    return this.slice(start, end).every((byte) => byte === 0)
  }
}

/** As in "byte 0x18440". */
export function hex(byte: number): string {
  return `0x${byte.toString(16)}`
}
