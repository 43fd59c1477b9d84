/**
 * A value that tells damage from content: format (u8), payload length (u16), payload, CRC-32 (u32) over all before it; little-endian.
 * For key-value storage, whose content another firmware may have left behind. The format's high four bits are its generation, its low
 * four count what was added since: a payload of the same generation is read, older or newer, another generation's is not.
 */
import { crc32 } from "./crc32"

const HEAD_BYTES = 3
const LENGTH_AT = 1
const CRC_BYTES = 4
const PAYLOAD_LIMIT_BYTES = 0xffff
const ADDITION_BITS = 4

/** @throws RangeError when the payload is longer than its length field can say. */
export function seal(format: number, payload: Uint8Array): ArrayBuffer {
  if (payload.length > PAYLOAD_LIMIT_BYTES) {
    throw new RangeError(`sealed value: ${payload.length} bytes, at most ${PAYLOAD_LIMIT_BYTES}`)
  }
  const bytes = new Uint8Array(HEAD_BYTES + payload.length + CRC_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, format)
  view.setUint16(LENGTH_AT, payload.length, true)
  bytes.set(payload, HEAD_BYTES)
  const end = HEAD_BYTES + payload.length
  view.setUint32(end, crc32(bytes, 0, end), true)
  return bytes.buffer
}

/**
 * The payload; or what is wrong with it, in words. @param format that this firmware writes: from the same generation the payload may end
 * sooner, or have more than it knows
 */
export function unseal(format: number, sealed: ArrayBuffer): Uint8Array | string {
  const bytes = new Uint8Array(sealed)
  if (bytes.length < HEAD_BYTES + CRC_BYTES) return `truncated: ${bytes.length} bytes`
  const view = new DataView(sealed)
  const end = HEAD_BYTES + view.getUint16(LENGTH_AT, true)
  if (end + CRC_BYTES !== bytes.length) return `${bytes.length} bytes, but its length says ${end + CRC_BYTES}`
  if (view.getUint32(end, true) !== crc32(bytes, 0, end)) return `CRC at offset ${end} does not match`
  const stored = view.getUint8(0)
  if (stored >> ADDITION_BITS !== format >> ADDITION_BITS)
    return `format ${stored}, which this firmware cannot read; its own is ${format}`
  return bytes.slice(HEAD_BYTES, end)
}
