/**
 * The plane that a leg swings in, found without knowing how the sensor is strapped on: gyroscope, accelerometer and up in the sensor's
 * frame in; every 32 ticks (2.5 s) the axis of the swing (principal-axis.ts), which way is forward (swing-sense.ts), mean up and whether it
 * was gait out.
 */
import { squareRoot } from "./fixed-point"
import { createPrincipalAxis } from "./principal-axis"
import { createSwingSense } from "./swing-sense"

/** The caller ticks once in so long, µs: a stride has hardly anything above 6 Hz, and a variance does not mind aliases. */
export const TICK_US = 76_800
const WINDOW_SHIFT = 5
const WINDOW_TICKS = 1 << WINDOW_SHIFT
/** The weights of mean up go from 0 to half the window and back: they add up to its square, a quarter of it. */
const WEIGHT_SHIFT = 2 * WINDOW_SHIFT - 2

/** Rates in 16 gyroscope counts (1.12 °/s), so that a window's sums of products stay in int32. */
const RATE_SHIFT = 4
const RATE_UNIT_DPS = 0.07 * 16
/** Swing that is no gait: the thigh turns by less than 45 °/s (root mean square); slow walking has 80. */
const SWING_MIN_SQUARE = Math.round((45 / RATE_UNIT_DPS) ** 2) * WINDOW_TICKS

/** So often the angle crosses its middle in two windows: 7 in a walk of 1.4 s a stride, where squats make 5. */
const CROSSINGS_MIN = 6
/** Mean deviation of the specific force from gravity, the axes' amounts added, in counts: walking makes more than 0.2 g, cycling less. */
const FORCE_MIN_COUNTS = 410

export interface SwingPlane {
  /** Axis about which the thigh goes forward, Q14, in the sensor's frame. */
  axisX: number
  axisY: number
  axisZ: number
  /** Evidence for the axis's sense, Q8 of the third moment over the cubed spread; negated, so that positive speaks for it. */
  senseQ8: number
  /** Up over the window, Q14, not normalised. */
  upX: number
  upY: number
  upZ: number
  /** Mean turn about up, 16 gyroscope counts: a corner. */
  yaw: number
  /** Root mean square of the rate about the axis, 16 gyroscope counts. */
  rate: number
  /** The window, and the axis that it was judged by, was of one swinging leg that carries load. */
  isGait: boolean
  /** Once in TICK_US; rates in counts with the bias off. @returns true when a window is full */
  tick(
    gx: number,
    gy: number,
    gz: number,
    ax: number,
    ay: number,
    az: number,
    upX: number,
    upY: number,
    upZ: number,
  ): boolean
  /** Begins anew: samples were lost, or the sensor was moved. */
  reset(): void
}

export function createSwingPlane(): SwingPlane {
  const axis = createPrincipalAxis(WINDOW_SHIFT)
  const sense = createSwingSense(WINDOW_TICKS)
  let ticks = 0
  // Sums of the window.
  let sx = 0
  let sy = 0
  let sz = 0
  let xx = 0
  let yy = 0
  let zz = 0
  let xy = 0
  let xz = 0
  let yz = 0
  let sumUpX = 0
  let sumUpY = 0
  let sumUpZ = 0
  let sumYaw = 0
  let sumForce = 0
  let sumSquare = 0
  // The axis by which the window is judged, found by those before, Q14; no axis yet: 0.
  let kx = 0
  let ky = 0
  let kz = 0
  let crossingsBefore = 0
  let wasPlane = false

  function clear(): void {
    ticks = 0
    sx = sy = sz = xx = yy = zz = xy = xz = yz = 0
    sumUpX = sumUpY = sumUpZ = sumYaw = sumForce = sumSquare = 0
  }

  function endWindow(): void {
    const half = WINDOW_TICKS >> 1
    sense.endWindow()
    plane.upX = sumUpX >> WEIGHT_SHIFT
    plane.upY = sumUpY >> WEIGHT_SHIFT
    plane.upZ = sumUpZ >> WEIGHT_SHIFT
    plane.yaw = (sumYaw + half) >> WINDOW_SHIFT
    plane.rate = squareRoot((sumSquare + half) >> WINDOW_SHIFT)
    plane.axisX = kx
    plane.axisY = ky
    plane.axisZ = kz
    axis.addWindow(sx, sy, sz, xx, yy, zz, xy, xz, yz)
    const isPlane = axis.find()
    kx = axis.x
    ky = axis.y
    kz = axis.z
    plane.isGait =
      wasPlane &&
      isPlane &&
      sumSquare >= SWING_MIN_SQUARE &&
      sense.crossings + crossingsBefore >= CROSSINGS_MIN &&
      sumForce >> WINDOW_SHIFT >= FORCE_MIN_COUNTS
    plane.senseQ8 = plane.isGait ? (plane.senseQ8 >> 1) - sense.skewQ8 : 0
    wasPlane = isPlane
    crossingsBefore = sense.crossings
    clear()
  }

  const plane: SwingPlane = {
    axisX: 0,
    axisY: 0,
    axisZ: 0,
    senseQ8: 0,
    upX: 0,
    upY: 0,
    upZ: 0,
    yaw: 0,
    rate: 0,
    isGait: false,

    tick(gx, gy, gz, ax, ay, az, upX, upY, upZ) {
      const x = gx >> RATE_SHIFT
      const y = gy >> RATE_SHIFT
      const z = gz >> RATE_SHIFT
      sx += x
      sy += y
      sz += z
      xx += x * x
      yy += y * y
      zz += z * z
      xy += x * y
      xz += x * z
      yz += y * z
      // The middle weighs most: a part of a stride too many at an end hardly counts.
      const weight = ticks < WINDOW_TICKS >> 1 ? ticks : WINDOW_TICKS - ticks
      sumUpX += upX * weight
      sumUpY += upY * weight
      sumUpZ += upZ * weight
      sumYaw += (x * upX + y * upY + z * upZ) >> 14
      const fx = ax - (upX >> 3)
      const fy = ay - (upY >> 3)
      const fz = az - (upZ >> 3)
      sumForce += (fx < 0 ? 0 - fx : fx) + (fy < 0 ? 0 - fy : fy) + (fz < 0 ? 0 - fz : fz)
      const rate = (kx * x + ky * y + kz * z) >> 14
      sumSquare += rate * rate
      sense.step(rate)
      if (++ticks < WINDOW_TICKS) return false
      endWindow()
      return true
    },

    reset() {
      clear()
      axis.reset()
      sense.reset()
      crossingsBefore = 0
      wasPlane = false
      plane.senseQ8 = 0
    },
  }
  return plane
}
