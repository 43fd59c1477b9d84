/**
 * A value that tells damage from content: format version (u8), payload length (u16), payload, CRC-32 (u32) over all
 * before it; little-endian. For key-value storage, whose content another firmware or a power cut may have left behind.
 */
import { crc32 } from "./crc32"

const HEAD_BYTES = 3
const LENGTH_AT = 1
const CRC_BYTES = 4
const PAYLOAD_LIMIT_BYTES = 0xffff

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

/** The payload; or what is wrong with it, in words. */
export function unseal(format: number, sealed: ArrayBuffer): Uint8Array | string {
  const bytes = new Uint8Array(sealed)
  if (bytes.length < HEAD_BYTES + CRC_BYTES) return `truncated: ${bytes.length} bytes`
  const view = new DataView(sealed)
  const end = HEAD_BYTES + view.getUint16(LENGTH_AT, true)
  if (end + CRC_BYTES !== bytes.length) return `${bytes.length} bytes, but its length says ${end + CRC_BYTES}`
  if (view.getUint32(end, true) !== crc32(bytes, 0, end)) return `CRC at offset ${end} does not match`
  if (view.getUint8(0) !== format) return `format ${view.getUint8(0)}, this firmware knows ${format}`
  return bytes.slice(HEAD_BYTES, end)
}
