/** CRC-32 of IEEE 802.3 (reflected, as in zlib and PNG), bit by bit: no table, since it runs a few times an hour. */

const POLYNOMIAL = 0xedb88320

/** Over `bytes` from `start` up to (not including) `end`; unsigned. */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = ~0
  for (let at = start; at < end; at++) {
    crc ^= bytes[at] as number
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0)
  }
  return ~crc >>> 0
}
