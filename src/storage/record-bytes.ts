/** A record that is read by parts, so that it need not be in memory whole. */
export interface RecordBytes {
  readonly length: number
  /** CRC-32 of a run's record. Of others a number that differs when they do, or 0. */
  readonly crc: number
  /** Fills `into` with the bytes from `offset` on. @returns false when the record is gone, another, or cannot be read */
  copy(offset: number, into: Uint8Array): boolean
}

/** One that is in memory. */
export class HeldBytes implements RecordBytes {
  readonly crc: number
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array, crc: number) {
    this.bytes = bytes
    this.crc = crc
  }

  get length(): number {
    return this.bytes.length
  }

  copy(offset: number, into: Uint8Array): boolean {
    if (offset + into.length > this.length) return false
    for (let at = 0; at < into.length; at++) into[at] = this.bytes[offset + at] as number
    return true
  }
}
