/**
 * The principal axis of the angular rate (Seel, Raisch & Schauer 2014, Sensors 14, use it for joints): sums over windows of ticks in; the
 * axis (Q14, in the sensor's frame) about which the rate varies most out, and whether it is the only one. Rates in any unit that keeps a
 * window's sums of products in int32.
 */
import { divide, ONE_Q14, squareRoot } from "./fixed-point"

/** The rest of the rates' variance as a share of the main axis's, Q4: at most 0.55 in the 18 runners. */
const REST_MAX_Q4 = 11
/** Less is no swing, and too little for the integers below. */
const VARIANCE_MIN = 16384
/** Iterations for the main axis, which has twice the next one's variance at least: 1/256 is left. */
const ITERATIONS = 8

export interface PrincipalAxis {
  /** As last found; no axis yet: 0. */
  x: number
  y: number
  z: number
  /** The window's rates and their products, summed. Windows before count half as much as the next. */
  addWindow(
    sx: number,
    sy: number,
    sz: number,
    xx: number,
    yy: number,
    zz: number,
    xy: number,
    xz: number,
    yz: number,
  ): void
  /** Finds the axis, on the side of the one before. @returns whether it is one main axis */
  find(): boolean
  /** Forgets the windows, not the axis. */
  reset(): void
}

/** @param windowShift a window has 2^windowShift ticks */
export function createPrincipalAxis(windowShift: number): PrincipalAxis {
  const half = 1 << (windowShift - 1)
  let vxx = 0
  let vyy = 0
  let vzz = 0
  let vxy = 0
  let vxz = 0
  let vyz = 0

  const axis: PrincipalAxis = {
    x: 0,
    y: 0,
    z: 0,

    addWindow(sx, sy, sz, xx, yy, zz, xy, xz, yz) {
      const mx = (sx + half) >> windowShift
      const my = (sy + half) >> windowShift
      const mz = (sz + half) >> windowShift
      vxx = (vxx >> 1) + ((xx - mx * sx) >> 1)
      vyy = (vyy >> 1) + ((yy - my * sy) >> 1)
      vzz = (vzz >> 1) + ((zz - mz * sz) >> 1)
      vxy = (vxy >> 1) + ((xy - mx * sy) >> 1)
      vxz = (vxz >> 1) + ((xz - mx * sz) >> 1)
      vyz = (vyz >> 1) + ((yz - my * sz) >> 1)
    },

    find() {
      const sum = vxx + vyy + vzz
      if (sum < VARIANCE_MIN) return false
      let shift = 0
      while (sum >> shift >= 32768) shift++
      const a = vxx >> shift
      const b = vyy >> shift
      const c = vzz >> shift
      const d = vxy >> shift
      const e = vxz >> shift
      const f = vyz >> shift
      // From the column of the largest variance.
      let x = a >= b && a >= c ? a : b >= c ? d : e
      let y = a >= b && a >= c ? d : b >= c ? b : f
      let z = a >= b && a >= c ? e : b >= c ? f : c
      let length = 0
      for (let i = 0; i <= ITERATIONS; i++) {
        if (i > 0) {
          const px = a * x + d * y + e * z
          const py = d * x + b * y + f * z
          const pz = e * x + f * y + c * z
          x = px >> 15
          y = py >> 15
          z = pz >> 15
        }
        length = squareRoot(x * x + y * y + z * z)
        if (length === 0) return false
        x = divide(x * ONE_Q14, length)
        y = divide(y * ONE_Q14, length)
        z = divide(z * ONE_Q14, length)
      }
      const isTurned = x * axis.x + y * axis.y + z * axis.z < 0
      axis.x = isTurned ? 0 - x : x
      axis.y = isTurned ? 0 - y : y
      axis.z = isTurned ? 0 - z : z
      // The last product's length is the variance about the axis, Q14 >> 15.
      const main = length << 1
      return (a + b + c - main) << 4 <= main * REST_MAX_Q4
    },

    reset() {
      vxx = vyy = vzz = vxy = vxz = vyz = 0
    },
  }
  return axis
}
