/**
 * The mount as it is stored: where it comes from and which leg (u8 each), then six int16, little-endian. A stored one is taken only when
 * it is one: two unit vectors at right angles.
 */
import { ONE_Q14 } from "./fixed-point"
import { Leg } from "./leg"
import { MountQuality } from "./mount-upkeep"
import type { Mount } from "./sagittal"

export const MOUNT_BYTES = 14
const AXES_AT = 2
/** Rounding and nothing more: 1 %. */
const TOLERANCE = (ONE_Q14 * ONE_Q14) / 100

export interface MountRecord {
  mount: Mount
  quality: MountQuality
  leg: Leg
}

export function encodeMount({ mount, quality, leg }: Readonly<MountRecord>): ArrayBuffer {
  const { upX, upY, upZ, forwardX, forwardY, forwardZ } = mount
  const view = new DataView(new ArrayBuffer(MOUNT_BYTES))
  view.setUint8(0, quality)
  view.setUint8(1, leg)
  const parts = [upX, upY, upZ, forwardX, forwardY, forwardZ]
  parts.forEach((part, axis) => {
    view.setInt16(AXES_AT + 2 * axis, part, true)
  })
  return view.buffer as ArrayBuffer
}

/** @returns undefined when the bytes hold no mount */
export function decodeMount(bytes: ArrayBuffer): MountRecord | undefined {
  if (bytes.byteLength !== MOUNT_BYTES) return undefined
  const view = new DataView(bytes)
  const quality = Object.values(MountQuality).find((known) => known !== 0 && known === view.getUint8(0))
  const leg = Object.values(Leg).find((known) => known === view.getUint8(1))
  const part = (axis: number) => view.getInt16(AXES_AT + 2 * axis, true)
  const mount: Mount = {
    upX: part(0),
    upY: part(1),
    upZ: part(2),
    forwardX: part(3),
    forwardY: part(4),
    forwardZ: part(5),
  }
  const { upX, upY, upZ, forwardX, forwardY, forwardZ } = mount
  const isUnit = (x: number, y: number, z: number) =>
    Math.abs(x * x + y * y + z * z - ONE_Q14 * ONE_Q14) < TOLERANCE
  const isSquare = Math.abs(upX * forwardX + upY * forwardY + upZ * forwardZ) < TOLERANCE
  if (quality === undefined || leg === undefined || !isSquare) return undefined
  if (!isUnit(upX, upY, upZ) || !isUnit(forwardX, forwardY, forwardZ)) return undefined
  return { mount, quality, leg }
}
