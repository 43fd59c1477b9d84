/**
 * The mount as it is stored: six int16, little-endian. A stored one is taken only when it is one: two unit vectors at
 * right angles.
 */
import { ONE_Q14 } from "./fixed-point"
import type { Mount } from "./sagittal"

const BYTES = 12
/** Rounding and nothing more: 1 %. */
const TOLERANCE = (ONE_Q14 * ONE_Q14) / 100

export function encodeMount(mount: Mount): ArrayBuffer {
  const { upX, upY, upZ, forwardX, forwardY, forwardZ } = mount
  return Int16Array.of(upX, upY, upZ, forwardX, forwardY, forwardZ).buffer
}

/** @returns undefined when the bytes hold no mount */
export function decodeMount(bytes: ArrayBuffer): Mount | undefined {
  if (bytes.byteLength !== BYTES) return undefined
  const [upX = 0, upY = 0, upZ = 0, forwardX = 0, forwardY = 0, forwardZ = 0] = new Int16Array(bytes)
  const unit = (x: number, y: number, z: number) =>
    Math.abs(x * x + y * y + z * z - ONE_Q14 * ONE_Q14) < TOLERANCE
  const square = Math.abs(upX * forwardX + upY * forwardY + upZ * forwardZ) < TOLERANCE
  if (!square || !unit(upX, upY, upZ) || !unit(forwardX, forwardY, forwardZ)) return undefined
  return { upX, upY, upZ, forwardX, forwardY, forwardZ }
}
