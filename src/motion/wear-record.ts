/**
 * What is stored of a wear: how the thigh's strap sits, what the wearer was taught, and how the wearer's knee follows the thigh in bends;
 * little-endian. The shank's mount is not kept: standing and running tell it anew in
 * seconds, and a strap that was taken off meanwhile would be measured wrongly.
 */

import { decodeMount, encodeMount, MOUNT_BYTES, type MountRecord } from "./mount-record"
import { SLOPE_MAX_Q10, SLOPE_MIN_Q10 } from "./wearer"

const VERSION = 1
const THIGH_AT = 2
const TAUGHT_AT = THIGH_AT + MOUNT_BYTES
const TAUGHT_STRIDES_AT = TAUGHT_AT + 2
const SLOPE_AT = TAUGHT_STRIDES_AT + 2
const BYTES = SLOPE_AT + 2
/** No runner's estimate is off by more. */
const OFFSET_LIMIT_CDEG = 3000

export interface WearRecord {
  /** Undefined before the first calibration. */
  thigh: Readonly<MountRecord> | undefined
  taught: { peakOffsetCdeg: number; strides: number }
  bendSlopeQ10: number
}

export function encodeWear({ thigh, taught, bendSlopeQ10 }: Readonly<WearRecord>): ArrayBuffer {
  const bytes = new Uint8Array(BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, VERSION, true)
  if (thigh) bytes.set(new Uint8Array(encodeMount(thigh)), THIGH_AT)
  view.setInt16(TAUGHT_AT, taught.peakOffsetCdeg, true)
  view.setUint16(TAUGHT_STRIDES_AT, taught.strides, true)
  view.setUint16(SLOPE_AT, bendSlopeQ10, true)
  return bytes.buffer
}

/**
 * What stands after the bytes that this firmware knows was added by a later one.
 * @returns undefined when the bytes are no such record; a mount that is none is left out
 */
export function decodeWear(bytes: ArrayBuffer): WearRecord | undefined {
  if (bytes.byteLength < BYTES) return undefined
  const view = new DataView(bytes)
  const peakOffsetCdeg = view.getInt16(TAUGHT_AT, true)
  const bendSlopeQ10 = view.getUint16(SLOPE_AT, true)
  if (view.getUint16(0, true) !== VERSION || Math.abs(peakOffsetCdeg) > OFFSET_LIMIT_CDEG) return undefined
  if (bendSlopeQ10 < SLOPE_MIN_Q10 || bendSlopeQ10 > SLOPE_MAX_Q10) return undefined
  return {
    thigh: decodeMount(bytes.slice(THIGH_AT, TAUGHT_AT)),
    taught: { peakOffsetCdeg, strides: view.getUint16(TAUGHT_STRIDES_AT, true) },
    bendSlopeQ10,
  }
}
