/**
 * A number for the device, made of what its chip says of itself: spread over 64 bits, so that it tells neither maker nor address. FNV-1a
 * (IETF draft-eastlake-fnv, 32 bits), twice from different starts, each finished as MurmurHash3 is (A. Appleby, fmix32).
 */

export const DEVICE_ID_BYTES = 8
const FNV_OFFSET_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** 2^32 ÷ the golden ratio: as good as any other start that is not the first one. */
const SECOND_START = 0x9e3779b9
const HALF_BYTES = 4

export function deriveDeviceId(chipId: string): Uint8Array {
  const id = new Uint8Array(DEVICE_ID_BYTES)
  const view = new DataView(id.buffer)
  view.setUint32(0, hash(chipId, FNV_OFFSET_BASIS), true)
  view.setUint32(HALF_BYTES, hash(chipId, SECOND_START), true)
  return id
}

function hash(text: string, start: number): number {
  let mixed = start
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), FNV_PRIME)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
