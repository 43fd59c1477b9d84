/**
 * The gyroscope's bias, learnt once in a block of samples: at rest from the mean rate, and always from how up drifts. A
 * rate that is not there turns the frame in which the specific force is averaged, so that the average wanders at that
 * rate; what it wanders by is fed back (the idea of VQF's estimation in motion: Laidig & Seel 2023, Information Fusion
 * 91). Only the horizontal part shows so; a turn about up stays until the next rest. In: 1/16 gyroscope count; out: the same, finer.
 */

/** Gyroscope count in rad/s: 70 mdps (LSM6DSO data sheet, "Mechanical characteristics", ±2000 °/s). */
export const GYRO_RAD_S = (0.07 * Math.PI) / 180
/** Zero-rate level and its drift together stay below 4 °/s. */
export const BIAS_MAX_COUNTS = 57

/** Kept at 2^12 a count, by these bits finer than it is told. */
const FRACTION_BITS = 12
export const FINE_BITS = 8
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

function bounded(fine: number): number {
  return fine > BIAS_LIMIT ? BIAS_LIMIT : fine < -BIAS_LIMIT ? -BIAS_LIMIT : fine
}

/** A class: what a block takes is little beside the memory of closures. */
export class GyroBias {
  /** 1/16 count × 2^FINE_BITS. */
  fineX = 0
  fineY = 0
  fineZ = 0
  private readonly gain: number
  /** What up may be seen to turn by: more is no bias. */
  private readonly driftLimit: number
  private restShift = REST_FIRST_SHIFT
  /** The next weight is reached with as many means as this one has divided by. */
  private restMeans = 0

  /**
   * @param blockS time between two calls of `drifted`, s
   * @param cornerRadS the low-pass' corner ω: its low state moves by ω × its band state
   */
  constructor(blockS: number, cornerRadS: number) {
    this.gain = Math.round(((MOTION_GAIN_PER_S * blockS * cornerRadS) / GYRO_RAD_S) * 2 ** FRACTION_BITS)
    this.driftLimit = Math.round(((BIAS_MAX_COUNTS * GYRO_RAD_S) / cornerRadS) * 2 ** DRIFT_SHIFT)
  }

  /** Takes a block's mean rates at rest, 1/16 count. */
  restedAt(meanX: number, meanY: number, meanZ: number): void {
    const shift = this.restShift
    this.fineX += ((meanX << FINE_BITS) - this.fineX) >> shift
    this.fineY += ((meanY << FINE_BITS) - this.fineY) >> shift
    this.fineZ += ((meanZ << FINE_BITS) - this.fineZ) >> shift
    if (shift < REST_LAST_SHIFT && ++this.restMeans === 1 << shift) {
      this.restMeans = 0
      this.restShift++
    }
  }

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
  ): void {
    // Thrice the same, not called thrice: calls cost more than what is done here.
    const limit = this.driftLimit
    const gain = this.gain
    const shift = resting ? DRIFT_SHIFT - REST_GAIN_SHIFT : DRIFT_SHIFT
    const half = 1 << (shift - 1)
    let drift = (bandY * lowZ - bandZ * lowY + ROUND) >> DRIFT_SHIFT
    if (drift > limit) drift = limit
    else if (drift < 0 - limit) drift = 0 - limit
    const x = this.fineX - ((drift * gain + half) >> shift)
    drift = (bandZ * lowX - bandX * lowZ + ROUND) >> DRIFT_SHIFT
    if (drift > limit) drift = limit
    else if (drift < 0 - limit) drift = 0 - limit
    const y = this.fineY - ((drift * gain + half) >> shift)
    drift = (bandX * lowY - bandY * lowX + ROUND) >> DRIFT_SHIFT
    if (drift > limit) drift = limit
    else if (drift < 0 - limit) drift = 0 - limit
    const z = this.fineZ - ((drift * gain + half) >> shift)
    const isWithin =
      ((x + BIAS_LIMIT) |
        (y + BIAS_LIMIT) |
        (z + BIAS_LIMIT) |
        (BIAS_LIMIT - x) |
        (BIAS_LIMIT - y) |
        (BIAS_LIMIT - z)) >=
      0
    this.fineX = isWithin ? x : bounded(x)
    this.fineY = isWithin ? y : bounded(y)
    this.fineZ = isWithin ? z : bounded(z)
  }
}
