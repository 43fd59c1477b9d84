/**
 * Rest: is the sensor still? Raw counts of a block of samples in, and whether each lay near the last block's mean. Still
 * means that for REST_US every sample did and that the mean rate could be a bias.
 */
import { BIAS_MAX_COUNTS } from "./gyro-bias"

/** A block has so many samples, 2^n (means are shifts); of samples that are further apart than this, half as many. */
const BLOCK_SHIFT = 4
const SPARSE_US = 15_000
/** VQF's rest time. */
const REST_US = 1_500_000
/** Near: each gyro axis within 2 °/s (VQF's rest threshold), each accelerometer axis within 0.15 g. */
const NEAR_RATE_COUNTS = 29
const NEAR_FORCE_COUNTS = 307

/** A block has 2^this samples. @param periodUs sample period in µs */
export function blockShiftOf(periodUs: number): number {
  return periodUs > SPARSE_US ? BLOCK_SHIFT - 1 : BLOCK_SHIFT
}

export class Rest {
  /** Still for REST_US or longer at the last block's end. */
  resting = false
  readonly #blockShift: number
  readonly #restBlocks: number
  #nearBlocks = 0
  #meanGx = 0
  #meanGy = 0
  #meanGz = 0
  #meanAx = 0
  #meanAy = 0
  #meanAz = 0

  /** @param periodUs sample period in µs */
  constructor(periodUs: number) {
    this.#blockShift = blockShiftOf(periodUs)
    this.#restBlocks = Math.ceil(REST_US / (periodUs * (1 << this.#blockShift)))
  }

  /** Does the sample lie near the last block's mean? */
  isNear(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): boolean {
    const offGx = gx - this.#meanGx
    if (offGx > NEAR_RATE_COUNTS || offGx < -NEAR_RATE_COUNTS) return false
    const offGy = gy - this.#meanGy
    if (offGy > NEAR_RATE_COUNTS || offGy < -NEAR_RATE_COUNTS) return false
    const offGz = gz - this.#meanGz
    if (offGz > NEAR_RATE_COUNTS || offGz < -NEAR_RATE_COUNTS) return false
    const offAx = ax - this.#meanAx
    if (offAx > NEAR_FORCE_COUNTS || offAx < -NEAR_FORCE_COUNTS) return false
    const offAy = ay - this.#meanAy
    if (offAy > NEAR_FORCE_COUNTS || offAy < -NEAR_FORCE_COUNTS) return false
    const offAz = az - this.#meanAz
    return offAz <= NEAR_FORCE_COUNTS && offAz >= -NEAR_FORCE_COUNTS
  }

  /** Takes the sums over a block, and whether all its samples were near. */
  endBlock(
    near: boolean,
    sumGx: number,
    sumGy: number,
    sumGz: number,
    sumAx: number,
    sumAy: number,
    sumAz: number,
  ): void {
    const shift = this.#blockShift
    const half = 1 << (shift - 1)
    const gx = (sumGx + half) >> shift
    const gy = (sumGy + half) >> shift
    const gz = (sumGz + half) >> shift
    this.#meanGx = gx
    this.#meanGy = gy
    this.#meanGz = gz
    this.#meanAx = (sumAx + half) >> shift
    this.#meanAy = (sumAy + half) >> shift
    this.#meanAz = (sumAz + half) >> shift
    const slow =
      gx < BIAS_MAX_COUNTS &&
      gx > -BIAS_MAX_COUNTS &&
      gy < BIAS_MAX_COUNTS &&
      gy > -BIAS_MAX_COUNTS &&
      gz < BIAS_MAX_COUNTS &&
      gz > -BIAS_MAX_COUNTS
    if (!near || !slow) this.#nearBlocks = 0
    // Counted no further: hours of rest do not leave int32.
    else if (this.#nearBlocks < this.#restBlocks) this.#nearBlocks++
    this.resting = this.#nearBlocks === this.#restBlocks
  }
}
