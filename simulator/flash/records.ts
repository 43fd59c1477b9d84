/** Records as they lie in a segment: header, payload, and what lies between that is neither a record nor erased. */
import type { FlashImage } from "./image"

export const RECORD_HEAD_BYTES = 16
/** Records are written in such pieces. */
export const CHUNK_BYTES = 64
/** Records begin at multiples of this. */
export const PLACE_BYTES = 16
const RECORD_VERSION = 1
const CRC_AT = 8
const CHECK_AT = 12

export const RecordType = { state: 1, lists: 2, run: 3 } as const

export interface FoundRecord {
  at: number
  /** Behind what its last write was filled up with. */
  end: number
  type: number
  version: number
  length: number
  sequence: number
  /** Its CRC matches. */
  isWhole: boolean
}

/** Bytes that are neither a record nor erased. */
export interface Remains {
  at: number
  end: number
}

/** Bytes of flash that a record with such a payload takes. */
export function recordBytes(length: number): number {
  return RECORD_HEAD_BYTES + Math.ceil(length / CHUNK_BYTES) * CHUNK_BYTES
}

export function isKnown({ version }: FoundRecord): boolean {
  return version === RECORD_VERSION
}

/** Undefined where no valid header is, or its record would not fit. */
export function recordAt(image: FlashImage, at: number, end: number): FoundRecord | undefined {
  if (at + RECORD_HEAD_BYTES > end || !image.isChecked(at, at + CHECK_AT)) return undefined
  const length = image.u16(at + 2)
  if (at + recordBytes(length) > end) return undefined
  const payloadAt = at + RECORD_HEAD_BYTES
  const crc = image.crc(at, at + CRC_AT, image.crc(payloadAt, payloadAt + length))
  return {
    at,
    end: at + recordBytes(length),
    type: image.u8(at),
    version: image.u8(at + 1),
    length,
    sequence: image.u32(at + 4),
    isWhole: crc === image.u32(at + CRC_AT),
  }
}

/** All that can be found from `start` on, also behind what is no record; in their order. */
export function findRecords(
  image: FlashImage,
  start: number,
  end: number,
): { records: FoundRecord[]; remains: Remains[] } {
  const records: FoundRecord[] = []
  const remains: Remains[] = []
  // Up to the next record they are of one write.
  let last: Remains | undefined
  let at = start
  while (at < end && !image.isErased(at, end)) {
    const record = recordAt(image, at, end)
    if (record) {
      records.push(record)
      last = undefined
      at = record.end
      continue
    }
    const next = at + PLACE_BYTES
    if (!image.isErased(at, next)) {
      if (last) last.end = next
      else {
        last = { at, end: next }
        remains.push(last)
      }
    }
    at = next
  }
  return { records, remains }
}
