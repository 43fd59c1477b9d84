/**
 * Orientation: raw counts in, the direction of "up" in the sensor's frame out (Q14, 1 g ≈ 2^14; not normalised).
 *
 * Running never shows plain gravity, but over a stride the body's own acceleration averages out, provided that it is
 * averaged in a frame that does not turn with the thigh. So the specific force is low-passed (2nd-order Butterworth,
 * τ = 3 s) in the frame that the gyroscope carries along: the inclination of VQF (Laidig & Seel 2023, Information
 * Fusion 91). Here both states of the low-pass live in the sensor's frame and are turned back against each sample's
 * rotation: the same filter without a quaternion.
 *
 * The angle belongs to the newest sample's instant: its rotation is the mean of the last two rates × period.
 */

/** Gyroscope count in rad/s: 70 mdps (LSM6DSO data sheet, "Mechanical characteristics", ±2000 °/s). */
const GYRO_RAD_S = (0.07 * Math.PI) / 180
/** Time constant of the low-pass (VQF's default) and the corner of its Butterworth form, ω = √2 / τ. */
const TAU_S = 3
const CORNER_RAD_S = Math.SQRT2 / TAU_S

/** Rest is judged, and bias learnt, in blocks of this many samples (a power of two: means are shifts). */
const BLOCK_SAMPLES = 16
const BLOCK_SHIFT = 4
/** Still for this long before bias is learnt (VQF's rest time). */
const REST_US = 1_500_000
/** Quiet: each gyro axis within 2 °/s (VQF's rest threshold) of the last block's mean, and that mean below 4 °/s. */
const QUIET_BAND_COUNTS = 29
const QUIET_MEAN_COUNTS = 57
/** Quiet: each accelerometer axis within 0.15 g of the last block's mean. */
const QUIET_FORCE_COUNTS = 307
/** The corner is raised by 2^n until so many blocks have passed, so that the first seconds settle. */
const SETTLE_BLOCKS = [2, 4, 8, 16] as const

/** Rounds what is shifted by so many bits: cut off instead, it adds up to 0.3° in a slow turn. */
const HALF_12 = 1 << 11
const HALF_14 = 1 << 13

/** States are kept at 2^15 a count (1 g ≈ 2^26) and held within ±1.9 g, so that no product leaves int32. */
const STATE_LIMIT = 127_000_000

export interface Orientation {
  /** Up in the sensor's frame, Q14. */
  upX: number
  upY: number
  upZ: number
  /** Gyroscope bias, 1/16 count. */
  biasX: number
  biasY: number
  biasZ: number
  /** Still for REST_US or longer at this sample. */
  resting: boolean
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void
  /** The sensor's clock as it is known now, µs. */
  setPeriod(periodUs: number): void
  /** Goes on from this up (Q14), as after a long time: samples from before are stepped again. */
  restart(upX: number, upY: number, upZ: number): void
  /** Samples were lost, and with them what was turned meanwhile: the filter settles anew. */
  gap(): void
}

function clampState(state: number): number {
  return state > STATE_LIMIT ? STATE_LIMIT : state < -STATE_LIMIT ? -STATE_LIMIT : state
}

/** (rate + last rate) in 1/16 count × this = mean rate × period as an angle in Q17 rad, times 2^14. */
function angleGainOf(periodUs: number): number {
  return Math.round((GYRO_RAD_S / 2) * (periodUs / 1_000_000) * 2 ** (17 + 14 - 4))
}

/** @param periodUs sample period in µs, 4,000 to 20,000 */
export function createOrientation(periodUs: number): Orientation {
  let angleGain = angleGainOf(periodUs)
  const cornerQ20 = Math.round(CORNER_RAD_S * (periodUs / 1_000_000) * 2 ** 20)
  const restBlocks = Math.ceil(REST_US / (periodUs * BLOCK_SAMPLES))

  let lowX = 0
  let lowY = 0
  let lowZ = 0
  let bandX = 0
  let bandY = 0
  let bandZ = 0
  let lastGx = 0
  let lastGy = 0
  let lastGz = 0
  // What the angles' shift cut off, carried to the next sample so that a slow turn is not lost.
  let carryX = 0
  let carryY = 0
  let carryZ = 0
  let raise: number = SETTLE_BLOCKS.length
  let blocks = 0
  let started = false

  let inBlock = 0
  let quiet = false
  let quietBlocks = 0
  let sumGx = 0
  let sumGy = 0
  let sumGz = 0
  let sumAx = 0
  let sumAy = 0
  let sumAz = 0
  let meanGx = 0
  let meanGy = 0
  let meanGz = 0
  let meanAx = 0
  let meanAy = 0
  let meanAz = 0

  function endBlock(): void {
    const half = BLOCK_SAMPLES >> 1
    meanGx = (sumGx + half) >> BLOCK_SHIFT
    meanGy = (sumGy + half) >> BLOCK_SHIFT
    meanGz = (sumGz + half) >> BLOCK_SHIFT
    meanAx = (sumAx + half) >> BLOCK_SHIFT
    meanAy = (sumAy + half) >> BLOCK_SHIFT
    meanAz = (sumAz + half) >> BLOCK_SHIFT
    const slow =
      meanGx < QUIET_MEAN_COUNTS &&
      meanGx > -QUIET_MEAN_COUNTS &&
      meanGy < QUIET_MEAN_COUNTS &&
      meanGy > -QUIET_MEAN_COUNTS &&
      meanGz < QUIET_MEAN_COUNTS &&
      meanGz > -QUIET_MEAN_COUNTS
    quietBlocks = quiet && slow ? quietBlocks + 1 : 0
    orientation.resting = quietBlocks >= restBlocks
    if (orientation.resting) {
      // A sum of 16 is a mean in 1/16 count. A quarter of the way each block: 0.6 s.
      orientation.biasX += (sumGx - orientation.biasX) >> 2
      orientation.biasY += (sumGy - orientation.biasY) >> 2
      orientation.biasZ += (sumGz - orientation.biasZ) >> 2
    }
    if (raise > 0) {
      blocks++
      raise = 0
      for (const limit of SETTLE_BLOCKS) if (blocks < limit) raise++
    }
    inBlock = 0
    quiet = true
    sumGx = sumGy = sumGz = sumAx = sumAy = sumAz = 0
  }

  const orientation: Orientation = {
    upX: 0,
    upY: 0,
    upZ: 0,
    biasX: 0,
    biasY: 0,
    biasZ: 0,
    resting: false,

    step(gx, gy, gz, ax, ay, az) {
      if (!started) {
        started = true
        lastGx = gx
        lastGy = gy
        lastGz = gz
        lowX = clampState(ax << 15)
        lowY = clampState(ay << 15)
        lowZ = clampState(az << 15)
      }
      // Rotation since the last sample, Q17 rad.
      let product = (((gx + lastGx) << 4) - (orientation.biasX << 1)) * angleGain + carryX
      const tx = product >> 14
      carryX = product & 16383
      product = (((gy + lastGy) << 4) - (orientation.biasY << 1)) * angleGain + carryY
      const ty = product >> 14
      carryY = product & 16383
      product = (((gz + lastGz) << 4) - (orientation.biasZ << 1)) * angleGain + carryZ
      const tz = product >> 14
      carryZ = product & 16383
      lastGx = gx
      lastGy = gy
      lastGz = gz

      // What turning adds to a vector v: s·(v × t) + ½·(v × t) × t with s = sin|t|/|t| ≈ 1 - |t|²/6; rows in Q17.
      const hx = tx >> 3
      const hy = ty >> 3
      const hz = tz >> 3
      const xx = (hx * hx + HALF_12) >> 12
      const yy = (hy * hy + HALF_12) >> 12
      const zz = (hz * hz + HALF_12) >> 12
      const xy = (hx * hy + HALF_12) >> 12
      const xz = (hx * hz + HALF_12) >> 12
      const yz = (hy * hz + HALF_12) >> 12
      const sine = 16384 - (((xx + yy + zz) * 1365) >> 15)
      const sx = (tx * sine + HALF_14) >> 14
      const sy = (ty * sine + HALF_14) >> 14
      const sz = (tz * sine + HALF_14) >> 14
      const m01 = xy + sz
      const m02 = xz - sy
      const m10 = xy - sz
      const m12 = yz + sx
      const m20 = xz + sy
      const m21 = yz - sx

      let vx = lowX >> 12
      let vy = lowY >> 12
      let vz = lowZ >> 12
      lowX += (m01 * vy + m02 * vz - (yy + zz) * vx) >> 5
      lowY += (m10 * vx + m12 * vz - (xx + zz) * vy) >> 5
      lowZ += (m20 * vx + m21 * vy - (xx + yy) * vz) >> 5
      vx = bandX >> 12
      vy = bandY >> 12
      vz = bandZ >> 12
      bandX += (m01 * vy + m02 * vz - (yy + zz) * vx) >> 5
      bandY += (m10 * vx + m12 * vz - (xx + zz) * vy) >> 5
      bandZ += (m20 * vx + m21 * vy - (xx + yy) * vz) >> 5

      // State-variable low-pass: band += ω·(a - low - √2·band), low += ω·band; √2 ≈ 1 + 1/4 + 1/8 + 1/32 + 1/128.
      const shift = 7 - raise
      let step = (ax << 15) - lowX - bandX - (bandX >> 2) - (bandX >> 3) - (bandX >> 5) - (bandX >> 7)
      bandX = clampState(bandX + (((step >> 13) * cornerQ20) >> shift))
      lowX = clampState(lowX + (((bandX >> 13) * cornerQ20) >> shift))
      step = (ay << 15) - lowY - bandY - (bandY >> 2) - (bandY >> 3) - (bandY >> 5) - (bandY >> 7)
      bandY = clampState(bandY + (((step >> 13) * cornerQ20) >> shift))
      lowY = clampState(lowY + (((bandY >> 13) * cornerQ20) >> shift))
      step = (az << 15) - lowZ - bandZ - (bandZ >> 2) - (bandZ >> 3) - (bandZ >> 5) - (bandZ >> 7)
      bandZ = clampState(bandZ + (((step >> 13) * cornerQ20) >> shift))
      lowZ = clampState(lowZ + (((bandZ >> 13) * cornerQ20) >> shift))

      orientation.upX = lowX >> 12
      orientation.upY = lowY >> 12
      orientation.upZ = lowZ >> 12

      // Rest
      sumGx += gx
      sumGy += gy
      sumGz += gz
      sumAx += ax
      sumAy += ay
      sumAz += az
      if (
        quiet &&
        (gx - meanGx > QUIET_BAND_COUNTS ||
          meanGx - gx > QUIET_BAND_COUNTS ||
          gy - meanGy > QUIET_BAND_COUNTS ||
          meanGy - gy > QUIET_BAND_COUNTS ||
          gz - meanGz > QUIET_BAND_COUNTS ||
          meanGz - gz > QUIET_BAND_COUNTS ||
          ax - meanAx > QUIET_FORCE_COUNTS ||
          meanAx - ax > QUIET_FORCE_COUNTS ||
          ay - meanAy > QUIET_FORCE_COUNTS ||
          meanAy - ay > QUIET_FORCE_COUNTS ||
          az - meanAz > QUIET_FORCE_COUNTS ||
          meanAz - az > QUIET_FORCE_COUNTS)
      )
        quiet = false
      if (++inBlock === BLOCK_SAMPLES) endBlock()
    },

    setPeriod(trackedUs) {
      angleGain = angleGainOf(trackedUs)
    },

    restart(upX, upY, upZ) {
      lowX = upX << 12
      lowY = upY << 12
      lowZ = upZ << 12
      bandX = bandY = bandZ = 0
    },

    gap() {
      // From where two of the raises are over.
      blocks = SETTLE_BLOCKS[1]
      raise = SETTLE_BLOCKS.length - 2
      bandX = bandY = bandZ = 0
      inBlock = 0
      sumGx = sumGy = sumGz = sumAx = sumAy = sumAz = 0
      quiet = false
    },
  }
  return orientation
}
