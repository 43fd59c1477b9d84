/** CRC-32 of IEEE 802.3 (reflected, as in zlib and PNG), four bits at a time: a table of 16 words costs 64 bytes of flash. */
import { constant } from "../constant"

const POLYNOMIAL = 0xedb88320 | 0
const BITS = 4
/** Signed: an unsigned word past 2^31 would be a double in XS. */
const TABLE: readonly number[] = constant(
  Array.from({ length: 1 << BITS }, (_, nibble) => {
    let crc = nibble
    for (let bit = 0; bit < BITS; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0)
    return crc | 0
  }),
)

/** What crcOf() begins with, and of nothing. */
export const CRC_BEGIN = -1

/** Goes on over `bytes` from `start` up to (not including) `end`; the complement of the last is the CRC. Signed. */
export function crcOf(crc: number, bytes: Uint8Array, start: number, end: number): number {
  const table = TABLE
  let sum = crc
  for (let at = start; at < end; at++) {
    sum ^= bytes[at] as number
    sum = (sum >>> 4) ^ (table[sum & 15] as number)
    sum = (sum >>> 4) ^ (table[sum & 15] as number)
  }
  return sum
}

/** Over `bytes` from `start` up to (not including) `end`; unsigned. */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return ~crcOf(CRC_BEGIN, bytes, start, end) >>> 0
}
