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
import { Corner } from "./corner"
import { cosineQ14, ONE_Q14, sineQ14 } from "./fixed-point"
import { GYRO_RAD_S, GyroBias } from "./gyro-bias"
import { blockShiftOf, Rest } from "./rest"
import { Settling } from "./settling"

/** Time constant of the low-pass (VQF's default) and the corner of its Butterworth form, ω = √2 / τ. */
const TAU_S = 3
const CORNER_RAD_S = Math.SQRT2 / TAU_S

/** cornerQ20 times a state at 2^-13 is a state's step after this shift, the corner not raised. */
const CORNER_SHIFT = 7
/** Nothing is left of a step after this one: the states only turn. */
const HELD_SHIFT = 31
/** A gap this short is turned through, at the mean of the rates before and after it, as if it were no gap. */
const GAP_TURNED_US = 40_000
/** So is one this short, a third of a stride, but then it settles; past that the guess is worse than none. */
const GAP_GUESSED_US = 250_000

/** The bias is told in 1/16 count, and a turn has it twice. */
const BIAS_SHIFT = 4
const BIAS_TURN_SHIFT = 3
/** Rounds what is shifted by so many bits: cut off instead, it adds up to 0.3° in a slow turn. */
const HALF_12 = 1 << 11
const HALF_14 = 1 << 13
const HALF_15 = 1 << 14

/** √2 in Q12. */
const ROOT_2_Q12 = 5793
/**
 * States are kept at 2^15 a count (1 g ≈ 2^26) and held within ±2 g, so that no product leaves int32. Where (state + limit), of all states
 * or-ed, has none of the other's bits, all are within.
 */
const STATE_LIMIT = 1 << 27
const BEYOND_STATE_LIMIT = -1 << 28

export interface Orientation {
  /** Up in the sensor's frame, Q14. */
  upX: number
  upY: number
  upZ: number
  /** Gyroscope bias, 1/16 count. */
  biasX: number
  biasY: number
  biasZ: number
  /** Still for 1.5 s or longer, as of the last block's end. */
  resting: boolean
  /** Told from outside: the wearer runs. Then the force is not believed in corners. */
  running: boolean
  /** A sample: its rates and forces, counts. */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void
  /** The same, where what was turned since the last is known apart: the sum of two rates that each last half a period. */
  stepTurned(
    turnX: number,
    turnY: number,
    turnZ: number,
    gx: number,
    gy: number,
    gz: number,
    ax: number,
    ay: number,
    az: number,
  ): void
  /** The sensor's clock as it is known now, µs. */
  setPeriod(periodUs: number): void
  /** Goes on from this up (Q14), as after a long time: samples from before are stepped again. */
  restart(upX: number, upY: number, upZ: number): void
  /** The sensor turned by this about this axis (Q14) while samples were lost: 1/100°, -9000 to 9000. */
  turned(axisX: number, axisY: number, axisZ: number, cdeg: number): void
  /** So many samples were lost before the next, and with them what was turned meanwhile. */
  gap(lost: number): void
  /** The newest rate was past the sensor's range. (A force that was is still the best guess: its end of the range.) */
  rateClipped(): void
}

function boundedState(state: number): number {
  return state >= STATE_LIMIT ? STATE_LIMIT - 1 : state < -STATE_LIMIT ? -STATE_LIMIT : state
}

/** The sum of two rates in counts × this = mean rate × period as an angle in Q17 rad, times 2^14. */
function angleGainOf(periodUs: number): number {
  return Math.round((GYRO_RAD_S / 2) * (periodUs / 1_000_000) * 2 ** (17 + 14))
}

/** @param periodUs sample period in µs, 4,000 to 20,000 */
export function createOrientation(periodUs: number): Orientation {
  let angleGain = angleGainOf(periodUs)
  const cornerQ20 = Math.round(CORNER_RAD_S * (periodUs / 1_000_000) * 2 ** 20)
  const blockShift = blockShiftOf(periodUs)
  const blockSamples = 1 << blockShift
  const blockS = (periodUs * blockSamples) / 1_000_000
  // From a block's sum of rates: the mean in 1/16 count, and in two counts.
  const meanShift = BIAS_SHIFT - blockShift
  const yawShift = blockShift + 1
  const bias = new GyroBias(blockS, CORNER_RAD_S)
  const turnedSamples = Math.floor(GAP_TURNED_US / periodUs)
  const guessedSamples = Math.floor(GAP_GUESSED_US / periodUs)
  const rest = new Rest(periodUs)
  const settling = new Settling()
  const corner = new Corner(blockS)

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
  let lost = 0
  let cornerShift = CORNER_SHIFT - settling.raise
  let isFirst = true
  let isPlaced = false
  // What the bias turns in a sample, as the angle gain makes it.
  let biasTurnX = 0
  let biasTurnY = 0
  let biasTurnZ = 0

  let inBlock = 0
  let near = false
  let sumGx = 0
  let sumGy = 0
  let sumGz = 0
  let sumAx = 0
  let sumAy = 0
  let sumAz = 0

  /** The first force is the first guess of up. */
  function place(ax: number, ay: number, az: number): void {
    lowX = boundedState(ax << 15)
    lowY = boundedState(ay << 15)
    lowZ = boundedState(az << 15)
    isPlaced = true
  }

  function boundStates(): void {
    lowX = boundedState(lowX)
    lowY = boundedState(lowY)
    lowZ = boundedState(lowZ)
    bandX = boundedState(bandX)
    bandY = boundedState(bandY)
    bandZ = boundedState(bandZ)
  }

  function takeBias(): void {
    orientation.biasX = bias.x
    orientation.biasY = bias.y
    orientation.biasZ = bias.z
    biasTurnX = (bias.x * angleGain) >> BIAS_TURN_SHIFT
    biasTurnY = (bias.y * angleGain) >> BIAS_TURN_SHIFT
    biasTurnZ = (bias.z * angleGain) >> BIAS_TURN_SHIFT
  }

  function beginBlock(): void {
    inBlock = 0
    sumGx = sumGy = sumGz = sumAx = sumAy = sumAz = 0
  }

  function endBlock(): void {
    rest.endBlock(near, sumGx, sumGy, sumGz, sumAx, sumAy, sumAz)
    const resting = rest.resting
    orientation.resting = resting
    if (resting) bias.restedAt(sumGx << meanShift, sumGy << meanShift, sumGz << meanShift)
    // What up is seen to turn by while it settles is no drift.
    if (settling.settled)
      bias.drifted(lowX >> 12, lowY >> 12, lowZ >> 12, bandX >> 12, bandY >> 12, bandZ >> 12, resting)
    takeBias()
    settling.endBlock(resting)
    // Mean rates in two counts: the whole range about an up at its limit would leave int32 otherwise.
    const x = sumGx >> yawShift
    const y = sumGy >> yawShift
    const z = sumGz >> yawShift
    corner.endBlock((x * (lowX >> 12) + y * (lowY >> 12) + z * (lowZ >> 12)) >> 13)
    cornerShift = orientation.running && corner.isTurning ? HELD_SHIFT : CORNER_SHIFT - settling.raise
    beginBlock()
    near = true
  }

  const orientation: Orientation = {
    upX: 0,
    upY: 0,
    upZ: 0,
    biasX: 0,
    biasY: 0,
    biasZ: 0,
    resting: false,
    running: false,

    step(gx, gy, gz, ax, ay, az) {
      if (isFirst) {
        isFirst = false
        lastGx = gx
        lastGy = gy
        lastGz = gz
      }
      orientation.stepTurned(gx + lastGx, gy + lastGy, gz + lastGz, gx, gy, gz, ax, ay, az)
      lastGx = gx
      lastGy = gy
      lastGz = gz
    },

    stepTurned(turnX, turnY, turnZ, gx, gy, gz, ax, ay, az) {
      if (!isPlaced) place(ax, ay, az)
      // Rotation since the last sample, Q17 rad.
      let product = turnX * angleGain - biasTurnX + carryX
      const tx = product >> 14
      carryX = product & 16383
      product = turnY * angleGain - biasTurnY + carryY
      const ty = product >> 14
      carryY = product & 16383
      product = turnZ * angleGain - biasTurnZ + carryZ
      const tz = product >> 14
      carryZ = product & 16383

      // What turning adds to a vector v: s·(v × t) + ½·(v × t) × t with s = sin|t|/|t| ≈ 1 - |t|²/6; Q17.
      const hx = tx >> 3
      const hy = ty >> 3
      const hz = tz >> 3
      const xx = (hx * hx + HALF_12) >> 12
      const yy = (hy * hy + HALF_12) >> 12
      const zz = (hz * hz + HALF_12) >> 12
      const xy = (hx * hy + HALF_12) >> 12
      const xz = (hx * hz + HALF_12) >> 12
      const yz = (hy * hz + HALF_12) >> 12
      const sine = 16384 - (((xx + yy + zz) * 1365 + HALF_15) >> 15)
      const sx = (tx * sine + HALF_14) >> 14
      const sy = (ty * sine + HALF_14) >> 14
      const sz = (tz * sine + HALF_14) >> 14

      // Once, and once more for each sample that was lost.
      for (;;) {
        let vx = lowX >> 14
        let vy = lowY >> 14
        let vz = lowZ >> 14
        lowX += ((xy + sz) * vy + (xz - sy) * vz - (yy + zz) * vx) >> 3
        lowY += ((xy - sz) * vx + (yz + sx) * vz - (xx + zz) * vy) >> 3
        lowZ += ((xz + sy) * vx + (yz - sx) * vy - (xx + yy) * vz) >> 3
        vx = bandX >> 14
        vy = bandY >> 14
        vz = bandZ >> 14
        bandX += ((xy + sz) * vy + (xz - sy) * vz - (yy + zz) * vx) >> 3
        bandY += ((xy - sz) * vx + (yz + sx) * vz - (xx + zz) * vy) >> 3
        bandZ += ((xz + sy) * vx + (yz - sx) * vy - (xx + yy) * vz) >> 3
        if (lost === 0) break
        lost--
      }

      // State-variable low-pass: band += ω·(a - low - √2·band), low += ω·band. A count is 2^2 of a state's 2^-13.
      bandX += (((ax << 2) - (lowX >> 13) - (((bandX >> 13) * ROOT_2_Q12) >> 12)) * cornerQ20) >> cornerShift
      lowX += ((bandX >> 13) * cornerQ20) >> cornerShift
      bandY += (((ay << 2) - (lowY >> 13) - (((bandY >> 13) * ROOT_2_Q12) >> 12)) * cornerQ20) >> cornerShift
      lowY += ((bandY >> 13) * cornerQ20) >> cornerShift
      bandZ += (((az << 2) - (lowZ >> 13) - (((bandZ >> 13) * ROOT_2_Q12) >> 12)) * cornerQ20) >> cornerShift
      lowZ += ((bandZ >> 13) * cornerQ20) >> cornerShift
      if (
        ((lowX + STATE_LIMIT) |
          (lowY + STATE_LIMIT) |
          (lowZ + STATE_LIMIT) |
          (bandX + STATE_LIMIT) |
          (bandY + STATE_LIMIT) |
          (bandZ + STATE_LIMIT)) &
        BEYOND_STATE_LIMIT
      )
        boundStates()

      orientation.upX = lowX >> 12
      orientation.upY = lowY >> 12
      orientation.upZ = lowZ >> 12

      sumGx += gx
      sumGy += gy
      sumGz += gz
      sumAx += ax
      sumAy += ay
      sumAz += az
      if (near) near = rest.isNear(gx, gy, gz, ax, ay, az)
      if (++inBlock === blockSamples) endBlock()
    },

    setPeriod(trackedUs) {
      angleGain = angleGainOf(trackedUs)
    },

    restart(upX, upY, upZ) {
      lowX = upX << 12
      lowY = upY << 12
      lowZ = upZ << 12
      bandX = bandY = bandZ = 0
      isFirst = isPlaced = true
      lost = 0
      beginBlock()
      near = false
    },

    turned(axisX, axisY, axisZ, cdeg) {
      const sine = sineQ14(cdeg)
      const cosine = cosineQ14(cdeg)
      for (let state = 0; state < 2; state++) {
        const x = (state === 0 ? lowX : bandX) >> 12
        const y = (state === 0 ? lowY : bandY) >> 12
        const z = (state === 0 ? lowZ : bandZ) >> 12
        // What stands still turns against the sensor: v·cos + (v × axis)·sin + axis·(axis·v)·(1 - cos).
        const along = (((axisX * x + axisY * y + axisZ * z) >> 14) * (ONE_Q14 - cosine)) >> 14
        const sideX = (y * axisZ - z * axisY) >> 14
        const sideY = (z * axisX - x * axisZ) >> 14
        const sideZ = (x * axisY - y * axisX) >> 14
        const turnedX = boundedState(((x * cosine + sideX * sine + along * axisX) >> 14) << 12)
        const turnedY = boundedState(((y * cosine + sideY * sine + along * axisY) >> 14) << 12)
        const turnedZ = boundedState(((z * cosine + sideZ * sine + along * axisZ) >> 14) << 12)
        if (state === 0) {
          lowX = turnedX
          lowY = turnedY
          lowZ = turnedZ
        } else {
          bandX = turnedX
          bandY = turnedY
          bandZ = turnedZ
        }
      }
      isFirst = isPlaced = true
      beginBlock()
      near = false
    },

    gap(lostSamples) {
      beginBlock()
      near = false
      if (lostSamples <= guessedSamples) lost = lostSamples
      else bandX = bandY = bandZ = 0
      if (lostSamples <= turnedSamples) return
      settling.lost()
      cornerShift = CORNER_SHIFT - settling.raise
    },

    rateClipped() {
      settling.doubted()
      cornerShift = CORNER_SHIFT - settling.raise
    },
  }
  return orientation
}
