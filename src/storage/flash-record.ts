/**
 * Records in flash (docs/flash-format.md): a payload written as it comes, in chunks, and then the header with its CRC, which makes it a
 * record. So a power cut leaves a record or none; and what was written is read back before it counts.
 */
import { constant } from "../constant"
import type { Flash } from "../io"
import type { StateReader, StateWriter } from "../state-bytes"
import { CRC_BEGIN, crcOf } from "./crc32"

export const RECORD_HEAD_BYTES = 16
/** A write; the end of the last is filled with 0xff. */
export const CHUNK_BYTES = 64
/** Largest unit that the flash may write in: a cell of an entry has four bytes (run-directory.ts). */
export const LARGEST_ALIGN = 4
const ERASED = 0xff
const ERASED_WORD = -1
const LENGTH_AT = 2
const SEQUENCE_AT = 4
const CRC_AT = 8
const CHECK_AT = 12
const U16 = 0xffff

export const RecordType = constant({ state: 1, lists: 2, run: 3 } as const)
export type RecordType = (typeof RecordType)[keyof typeof RecordType]
/** Of every type; a record of another is none to this firmware. */
export const RECORD_VERSION = 1

/** Bytes of flash that a record of so many bytes takes. */
export function recordBytes(length: number): number {
  return RECORD_HEAD_BYTES + Math.ceil(length / CHUNK_BYTES) * CHUNK_BYTES
}

/** The lower half of a CRC: for what is no longer than some bytes. */
export function check16(bytes: Uint8Array, start: number, end: number): number {
  return ~crcOf(CRC_BEGIN, bytes, start, end) & U16
}

/** One for all that is written: its buffers are RAM. */
export class RecordWriter implements StateWriter {
  readonly flash: Flash
  // For others too, between records.
  readonly chunk = new Uint8Array(CHUNK_BYTES)
  readonly chunkWords = new Int32Array(this.chunk.buffer)
  readonly head = new Uint8Array(RECORD_HEAD_BYTES)
  readonly headView = new DataView(this.head.buffer)
  private readonly view = new DataView(this.chunk.buffer)
  private start = 0
  private limit = 0
  /** Where the chunk goes. */
  private at = 0
  private fill = 0
  private length = 0
  private crc = CRC_BEGIN
  private hasFailed = false

  /** @throws RangeError when the flash writes in larger units than its cells are */
  constructor(flash: Flash) {
    const { writeAlign } = flash.status()
    if (writeAlign > LARGEST_ALIGN)
      throw new RangeError(
        `flash: it is written in units of ${writeAlign} bytes, and the log needs ${LARGEST_ALIGN} or less`,
      )
    this.flash = flash
  }

  /** @returns false when the flash cannot read there */
  read(into: Uint8Array, at: number): boolean {
    try {
      this.flash.read(into, at)
      return true
    } catch {
      return false
    }
  }

  /** @returns false when the flash says that it failed */
  write(bytes: Uint8Array, at: number): boolean {
    try {
      this.flash.write(bytes, at)
      return true
    } catch {
      return false
    }
  }

  /** Is all of it erased? */
  isBlank(start: number, end: number): boolean {
    const { chunk, chunkWords } = this
    for (let at = start; at < end; at += CHUNK_BYTES) {
      if (!this.read(chunk, at)) return false
      for (let word = 0; word < chunkWords.length; word++) if (chunkWords[word] !== ERASED_WORD) return false
    }
    return true
  }

  /** A record from here on, up to `end` at most. */
  begin(start: number, end: number): void {
    this.start = start
    this.limit = end
    this.at = start + RECORD_HEAD_BYTES
    this.fill = 0
    this.length = 0
    this.crc = CRC_BEGIN
    this.hasFailed = false
  }

  u8(value: number): void {
    if (this.fill === CHUNK_BYTES) this.flush()
    this.chunk[this.fill++] = value
  }

  u16(value: number): void {
    if (this.fill <= CHUNK_BYTES - 2) {
      this.view.setUint16(this.fill, value, true)
      this.fill += 2
    } else {
      this.u8(value & 0xff)
      this.u8((value >> 8) & 0xff)
    }
  }

  u32(value: number): void {
    this.i32(value | 0)
  }

  i32(value: number): void {
    if (this.fill <= CHUNK_BYTES - 4) {
      this.view.setInt32(this.fill, value, true)
      this.fill += 4
    } else {
      this.u16(value & U16)
      this.u16((value >> 16) & U16)
    }
  }

  /**
   * The payload is complete: makes it a record, and reads it back.
   * @returns bytes of flash that it takes; 0 when it did not fit, or is not there as it was written
   */
  end(type: RecordType, sequence: number): number {
    const length = this.length + this.fill
    if (this.fill > 0) this.flush()
    if (this.hasFailed || this.at > this.limit) return 0
    const { head, headView } = this
    head[0] = type
    head[1] = RECORD_VERSION
    headView.setUint16(LENGTH_AT, length, true)
    headView.setInt32(SEQUENCE_AT, sequence, true)
    headView.setInt32(CRC_AT, ~crcOf(this.crc, head, 0, CRC_AT), true)
    headView.setUint16(CHECK_AT, check16(head, 0, CHECK_AT), true)
    headView.setUint16(CHECK_AT + 2, U16, true)
    return this.write(head, this.start) && this.isWhole(this.start) ? this.at - this.start : 0
  }

  /** Copies a record, which lies whole there. @returns as end() */
  copy(from: number, to: number, end: number): number {
    const { chunk, head } = this
    if (!this.read(head, from)) return 0
    const bytes = recordBytes(this.headView.getUint16(LENGTH_AT, true))
    if (to + bytes > end) return 0
    for (let at = RECORD_HEAD_BYTES; at < bytes; at += CHUNK_BYTES)
      if (!this.read(chunk, from + at) || !this.write(chunk, to + at)) return 0
    return this.write(head, to) && this.isWhole(to) ? bytes : 0
  }

  /** Is there a whole record? Reads all of it. */
  isWhole(start: number): boolean {
    const { head, headView, chunk } = this
    if (!this.read(head, start) || !isHead(head, headView)) return false
    const length = headView.getUint16(LENGTH_AT, true)
    let crc = CRC_BEGIN
    let at = start + RECORD_HEAD_BYTES
    for (let left = length; left > 0; left -= CHUNK_BYTES) {
      if (!this.read(chunk, at)) return false
      crc = crcOf(crc, chunk, 0, Math.min(left, CHUNK_BYTES))
      at += CHUNK_BYTES
    }
    this.crc = crc
    return ~crcOf(crc, head, 0, CRC_AT) === headView.getInt32(CRC_AT, true)
  }

  // Of what isWhole() passed over last.

  isOf(type: RecordType, sequence: number): boolean {
    return this.head[0] === type && this.headView.getUint32(SEQUENCE_AT, true) === sequence
  }
  /** CRC-32 of the payload alone. */
  get payloadCrc(): number {
    return ~this.crc >>> 0
  }

  private flush(): void {
    const { chunk } = this
    const fill = this.fill
    this.crc = crcOf(this.crc, chunk, 0, fill)
    this.length += fill
    // Not fill(): it reckons its bounds in doubles.
    for (let at = fill; at < CHUNK_BYTES; at++) chunk[at] = ERASED
    if (this.at + CHUNK_BYTES <= this.limit && !this.write(chunk, this.at)) this.hasFailed = true
    this.at += CHUNK_BYTES
    this.fill = 0
  }
}

/** A header that is one: of a known version, and undamaged. */
function isHead(head: Uint8Array, view: DataView): boolean {
  return head[1] === RECORD_VERSION && view.getUint16(CHECK_AT, true) === check16(head, 0, CHECK_AT)
}

/** Reads a record: header, check, then its payload from the first byte on. */
export class RecordReader implements StateReader {
  private readonly flash: Flash
  private readonly head = new Uint8Array(RECORD_HEAD_BYTES)
  private readonly headView = new DataView(this.head.buffer)
  private readonly chunk = new Uint8Array(CHUNK_BYTES)
  private next = 0
  private read = CHUNK_BYTES
  private left = 0

  constructor(flash: Flash) {
    this.flash = flash
  }

  /** @returns whether a record's header is there; its payload may still be damaged */
  open(start: number): boolean {
    this.flash.read(this.head, start)
    this.next = start + RECORD_HEAD_BYTES
    this.read = CHUNK_BYTES
    this.left = 0
    if (!isHead(this.head, this.headView)) return false
    this.left = this.length
    return true
  }

  get type(): number {
    return this.head[0] as number
  }
  get length(): number {
    return this.headView.getUint16(LENGTH_AT, true)
  }
  get sequence(): number {
    return this.headView.getUint32(SEQUENCE_AT, true)
  }

  /** Reads the payload into `into`, as far as both go. */
  readInto(into: Uint8Array): void {
    for (let at = 0; at < into.length; at++) into[at] = this.u8()
  }

  /** @throws RangeError past the payload's end */
  u8(): number {
    if (this.left === 0) throw new RangeError(`flash record: it ends after ${this.length} bytes`)
    if (this.read === CHUNK_BYTES) {
      this.flash.read(this.chunk, this.next)
      this.next += CHUNK_BYTES
      this.read = 0
    }
    this.left--
    return this.chunk[this.read++] as number
  }

  u16(): number {
    const low = this.u8()
    return low | (this.u8() << 8)
  }
  i32(): number {
    const low = this.u16()
    return low | (this.u16() << 16)
  }
  u32(): number {
    return this.i32() >>> 0
  }
}
