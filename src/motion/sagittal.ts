/**
 * The thigh in its sagittal plane: how the sensor sits on it; and, as orientation.ts tells them with each sample, thigh inclination (1/100°, 0 =
 * the wearer's own standing, positive = knee forward), forward and upward acceleration.
 */
import { divide, ONE_Q14, ONE_Q30, ratioQ14, squareRoot } from "./fixed-point"

/** How the sensor sits on the thigh: two unit vectors in the sensor's frame, Q14, found by calibration. */
export interface Mount {
  /** Up while standing. */
  upX: number
  upY: number
  upZ: number
  /** Forward while standing, at right angles to up. */
  forwardX: number
  forwardY: number
  forwardZ: number
}

/** A mount to be filled by calibration. */
export function createMount(): Mount {
  return { upX: 0, upY: 0, upZ: 0, forwardX: 0, forwardY: 0, forwardZ: 0 }
}

/** Parts of a vector up to this (0.9 in Q14) have squares whose sum is in int32, and are long enough for a direction. */
const PART_MAX_Q14 = 15_000
/** Nobody stands at more than 1.5 g. */
const UP_PART_MAX_Q14 = ONE_Q14 + (ONE_Q14 >> 1)

function isWithin(limit: number, x: number, y: number, z: number): boolean {
  return x <= limit && x >= 0 - limit && y <= limit && y >= 0 - limit && z <= limit && z >= 0 - limit
}

/**
 * Fills `mount` from up at standing and the sum of what up moved by in forward bends (any length, Q14).
 * @returns false when either is too short to give a direction, or up too long to be that of standing
 */
export function setMount(
  mount: Mount,
  upX: number,
  upY: number,
  upZ: number,
  movedX: number,
  movedY: number,
  movedZ: number,
): boolean {
  if (!isWithin(UP_PART_MAX_Q14, upX, upY, upZ)) return false
  const upLength = squareRoot(upX * upX + upY * upY + upZ * upZ)
  if (upLength < ONE_Q14 >> 1) return false
  const upReciprocal = divide(ONE_Q30, upLength)
  const ux = ratioQ14(upX, upLength, upReciprocal)
  const uy = ratioQ14(upY, upLength, upReciprocal)
  const uz = ratioQ14(upZ, upLength, upReciprocal)
  let shift = 0
  while (!isWithin(PART_MAX_Q14, movedX >> shift, movedY >> shift, movedZ >> shift)) shift++
  const mx = movedX >> shift
  const my = movedY >> shift
  const mz = movedZ >> shift
  // Only the part at right angles to up is forward.
  const along = (mx * ux + my * uy + mz * uz) >> 14
  const x = mx - ((along * ux) >> 14)
  const y = my - ((along * uy) >> 14)
  const z = mz - ((along * uz) >> 14)
  const length = squareRoot(x * x + y * y + z * z)
  if (length < ONE_Q14 >> 5) return false
  mount.upX = ux
  mount.upY = uy
  mount.upZ = uz
  const reciprocal = divide(ONE_Q30, length)
  mount.forwardX = ratioQ14(x, length, reciprocal)
  mount.forwardY = ratioQ14(y, length, reciprocal)
  mount.forwardZ = ratioQ14(z, length, reciprocal)
  return true
}

/** What the orientation tells of a limb with each sample. */
export class Sagittal {
  /** Thigh inclination, 1/100°. */
  thighCdeg = 0
  /** Acceleration forward, horizontal, in the sagittal plane, in accelerometer counts (0.488 mg). */
  forwardCounts = 0
  /** The same upward, whatever the mount, gravity included. */
  upCounts = 0
  /** Axis about which the thigh goes forward, in the sensor's frame, Q14. */
  axisX = 0
  axisY = 0
  axisZ = 0

  /** The orientation was told of a mount. */
  remount({ upX, upY, upZ, forwardX, forwardY, forwardZ }: Readonly<Mount>): void {
    // Forward × up.
    this.axisX = (forwardY * upZ - forwardZ * upY) >> 14
    this.axisY = (forwardZ * upX - forwardX * upZ) >> 14
    this.axisZ = (forwardX * upY - forwardY * upX) >> 14
  }
}
