/**
 * The plane that a leg swings in, found without knowing how the sensor is strapped on: gyroscope, accelerometer and up in the sensor's
 * frame in; every 32 ticks (2.5 s) the axis of the swing, which way is forward, mean up and whether it was gait out.
 *
 * The axis is the principal one of the angular rate (Seel, Raisch & Schauer 2014, Sensors 14, use it for joints). Its sense is told by the
 * shape of the swing: in running and walking the thigh stays longer in front than behind, so the angle's third moment is negative.
 * In the 53 bouts of 18 treadmill runners (Fukuchi et al. 2017) it is so in all but 3 of 728 such windows, and in all of two in a row but one.
 */
import { divide, ONE_Q14, squareRoot } from "./fixed-point"

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
/** The rest of the rates' variance as a share of the main axis's, Q4: at most 0.55 in those runners. */
const REST_MAX_Q4 = 11
/** Less is no swing, and too little for the integers below. */
const VARIANCE_MIN = 16384
/** Iterations for the main axis, which has twice the next one's variance at least: 1/256 is left. */
const ITERATIONS = 8

/** The angle forgets in 16 ticks (1.2 s), longer than a stride; its unit then is about 1/6°. */
const FORGET_SHIFT = 4
const ANGLE_SHIFT = 1
/** Beyond 46° the third moment would leave int32. */
const ANGLE_MAX = 270
/** Less (1°) is no swing to judge. */
const SPREAD_MIN = 6
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
  let sumAngle = 0
  let sumAngle2 = 0
  let sumAngle3 = 0
  // Variance of the windows before, each half as heavy as the next.
  let vxx = 0
  let vyy = 0
  let vzz = 0
  let vxy = 0
  let vxz = 0
  let vyz = 0
  // The axis found by them, Q14; no axis yet: 0.
  let kx = 0
  let ky = 0
  let kz = 0
  let angle = 0
  let middle = 0
  let reach = 0
  let isAbove = false
  let crossings = 0
  let crossingsBefore = 0
  let wasPlane = false

  function clear(): void {
    ticks = 0
    sx = sy = sz = xx = yy = zz = xy = xz = yz = 0
    sumUpX = sumUpY = sumUpZ = sumYaw = sumForce = sumSquare = 0
    sumAngle = sumAngle2 = sumAngle3 = crossings = 0
  }

  /** Variances of the window join those before. */
  function gatherVariance(): void {
    const half = WINDOW_TICKS >> 1
    const mx = (sx + half) >> WINDOW_SHIFT
    const my = (sy + half) >> WINDOW_SHIFT
    const mz = (sz + half) >> WINDOW_SHIFT
    vxx = (vxx >> 1) + ((xx - mx * sx) >> 1)
    vyy = (vyy >> 1) + ((yy - my * sy) >> 1)
    vzz = (vzz >> 1) + ((zz - mz * sz) >> 1)
    vxy = (vxy >> 1) + ((xy - mx * sy) >> 1)
    vxz = (vxz >> 1) + ((xz - mx * sz) >> 1)
    vyz = (vyz >> 1) + ((yz - my * sz) >> 1)
  }

  /** Main axis of the variances into kx, ky, kz, on the side of the one before. @returns whether it is one main axis */
  function findAxis(): boolean {
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
    if (x * kx + y * ky + z * kz < 0) {
      x = 0 - x
      y = 0 - y
      z = 0 - z
    }
    kx = x
    ky = y
    kz = z
    // The last product's length is the variance about the axis, Q14 >> 15.
    const main = length << 1
    return (a + b + c - main) << 4 <= main * REST_MAX_Q4
  }

  /** The swing's third moment, Q8 of its cubed spread; 0 where nothing swings. */
  function skewQ8(): number {
    const mean = divide(sumAngle, WINDOW_TICKS)
    const variance = divide(sumAngle2, WINDOW_TICKS) - mean * mean
    const spread = variance > 0 ? squareRoot(variance) : 0
    middle = mean
    reach = spread >> 1
    if (spread < SPREAD_MIN) return 0
    const third =
      divide(sumAngle3, WINDOW_TICKS) - 3 * mean * divide(sumAngle2, WINDOW_TICKS) + 2 * mean * mean * mean
    return divide(third, (spread * spread * spread) >> 8 || 1)
  }

  function endWindow(): void {
    const half = WINDOW_TICKS >> 1
    const skew = skewQ8()
    plane.upX = sumUpX >> WEIGHT_SHIFT
    plane.upY = sumUpY >> WEIGHT_SHIFT
    plane.upZ = sumUpZ >> WEIGHT_SHIFT
    plane.yaw = (sumYaw + half) >> WINDOW_SHIFT
    plane.rate = squareRoot((sumSquare + half) >> WINDOW_SHIFT)
    plane.axisX = kx
    plane.axisY = ky
    plane.axisZ = kz
    gatherVariance()
    const isPlane = findAxis()
    plane.isGait =
      wasPlane &&
      isPlane &&
      sumSquare >= SWING_MIN_SQUARE &&
      crossings + crossingsBefore >= CROSSINGS_MIN &&
      sumForce >> WINDOW_SHIFT >= FORCE_MIN_COUNTS
    plane.senseQ8 = plane.isGait ? (plane.senseQ8 >> 1) - skew : 0
    wasPlane = isPlane
    crossingsBefore = crossings
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
      angle += rate - (angle >> FORGET_SHIFT)
      let swing = angle >> ANGLE_SHIFT
      if (swing > ANGLE_MAX) swing = ANGLE_MAX
      else if (swing < -ANGLE_MAX) swing = -ANGLE_MAX
      sumAngle += swing
      sumAngle2 += swing * swing
      sumAngle3 += swing * swing * swing
      if (isAbove) {
        if (swing < middle - reach) {
          isAbove = false
          crossings++
        }
      } else if (swing > middle + reach) {
        isAbove = true
        crossings++
      }
      if (++ticks < WINDOW_TICKS) return false
      endWindow()
      return true
    },

    reset() {
      clear()
      vxx = vyy = vzz = vxy = vxz = vyz = 0
      angle = middle = reach = crossingsBefore = 0
      wasPlane = false
      plane.senseQ8 = 0
    },
  }
  return plane
}
