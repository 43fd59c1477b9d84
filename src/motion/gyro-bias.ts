/**
 * The gyroscope's bias, learnt once in a block of samples: at rest from the mean rate, and always from how up drifts. A
 * rate that is not there turns the frame in which the specific force is averaged, so that the average wanders at that
 * rate; what it wanders by is fed back (the idea of VQF's estimation in motion: Laidig & Seel 2023, Information Fusion
 * 91). Only the horizontal part shows so; a turn about up stays until the next rest. In and out: 1/16 gyroscope count.
 */

/** Gyroscope count in rad/s: 70 mdps (LSM6DSO data sheet, "Mechanical characteristics", ±2000 °/s). */
export const GYRO_RAD_S = (0.07 * Math.PI) / 180
/** Zero-rate level and its drift together stay below 4 °/s. */
export const BIAS_MAX_COUNTS = 57

/** Kept at 2^12 a count, told at 2^4. */
const FRACTION_BITS = 12
const TOLD_BITS = 4
const TOLD_SHIFT = FRACTION_BITS - TOLD_BITS
const BIAS_LIMIT = BIAS_MAX_COUNTS << FRACTION_BITS
/**
 * A standing body sways (in the recordings by half a degree a second), so a mean rate of rest is not the bias: the first weigh 1/2^n, as if
 * as many had said zero before, later ones less the more there were, down to 1/2^m (an average of 5 s).
 */
const REST_FIRST_SHIFT = 2
const REST_LAST_SHIFT = 5
/** Share of the wandering fed back, 1/s: a bias that was never seen at rest goes in 50 s. The loop is stable below √2 ω. */
const MOTION_GAIN_PER_S = 0.02
/** At rest the force is plain gravity: 2^3 of that share, and the corner is 2^1 higher. */
const REST_GAIN_SHIFT = 4
/** Products of states in Q14 are used in Q14. */
const DRIFT_SHIFT = 14
const ROUND = 1 << (DRIFT_SHIFT - 1)

export interface GyroBias {
  /** 1/16 count. */
  x: number
  y: number
  z: number
  /** Takes a block's mean rates at rest, 1/16 count. */
  restedAt(meanX: number, meanY: number, meanZ: number): void
  /**
   * Takes the low-pass' two states in the sensor's frame, Q14 (1 g = 2^14, each part within ±2 g).
   * @param resting the corner is doubled, and the force plain
   */
  drifted(
    lowX: number,
    lowY: number,
    lowZ: number,
    bandX: number,
    bandY: number,
    bandZ: number,
    resting: boolean,
  ): void
}

/**
 * @param blockS time between two calls of `drifted`, s
 * @param cornerRadS the low-pass' corner ω: its low state moves by ω × its band state
 */
export function createGyroBias(blockS: number, cornerRadS: number): GyroBias {
  const gain = Math.round(((MOTION_GAIN_PER_S * blockS * cornerRadS) / GYRO_RAD_S) * 2 ** FRACTION_BITS)
  // What up may be seen to turn by: more is no bias.
  const driftLimit = Math.round(((BIAS_MAX_COUNTS * GYRO_RAD_S) / cornerRadS) * 2 ** DRIFT_SHIFT)
  let fineX = 0
  let fineY = 0
  let fineZ = 0
  let restShift = REST_FIRST_SHIFT
  // The next weight is reached with as many means as this one has divided by.
  let restMeans = 0

  /** @returns what is taken off the bias for a turn seen, ω = 1, as a product of Q14 states */
  function correction(product: number, resting: boolean): number {
    const drift = (product + ROUND) >> DRIFT_SHIFT
    const bounded = drift > driftLimit ? driftLimit : drift < -driftLimit ? -driftLimit : drift
    return resting
      ? (bounded * gain + (ROUND >> REST_GAIN_SHIFT)) >> (DRIFT_SHIFT - REST_GAIN_SHIFT)
      : (bounded * gain + ROUND) >> DRIFT_SHIFT
  }

  function bounded(fine: number): number {
    return fine > BIAS_LIMIT ? BIAS_LIMIT : fine < -BIAS_LIMIT ? -BIAS_LIMIT : fine
  }

  function tell(): void {
    const half = 1 << (TOLD_SHIFT - 1)
    bias.x = (fineX + half) >> TOLD_SHIFT
    bias.y = (fineY + half) >> TOLD_SHIFT
    bias.z = (fineZ + half) >> TOLD_SHIFT
  }

  const bias: GyroBias = {
    x: 0,
    y: 0,
    z: 0,

    restedAt(meanX, meanY, meanZ) {
      fineX += ((meanX << TOLD_SHIFT) - fineX) >> restShift
      fineY += ((meanY << TOLD_SHIFT) - fineY) >> restShift
      fineZ += ((meanZ << TOLD_SHIFT) - fineZ) >> restShift
      if (restShift < REST_LAST_SHIFT && ++restMeans === 1 << restShift) {
        restMeans = 0
        restShift++
      }
      tell()
    },

    drifted(lowX, lowY, lowZ, bandX, bandY, bandZ, resting) {
      fineX = bounded(fineX - correction(bandY * lowZ - bandZ * lowY, resting))
      fineY = bounded(fineY - correction(bandZ * lowX - bandX * lowZ, resting))
      fineZ = bounded(fineZ - correction(bandX * lowY - bandY * lowX, resting))
      tell()
    },
  }
  return bias
}
