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

export interface Rest {
  /** Still for REST_US or longer at the last block's end. */
  resting: boolean
  /** Does the sample lie near the last block's mean? */
  isNear(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): boolean
  /** Takes the sums over a block, and whether all its samples were near. */
  endBlock(
    near: boolean,
    sumGx: number,
    sumGy: number,
    sumGz: number,
    sumAx: number,
    sumAy: number,
    sumAz: number,
  ): void
}

/** A block has 2^this samples. @param periodUs sample period in µs */
export function blockShiftOf(periodUs: number): number {
  return periodUs > SPARSE_US ? BLOCK_SHIFT - 1 : BLOCK_SHIFT
}

/** @param periodUs sample period in µs */
export function createRest(periodUs: number): Rest {
  const blockShift = blockShiftOf(periodUs)
  const halfBlock = 1 << (blockShift - 1)
  const restBlocks = Math.ceil(REST_US / (periodUs * (1 << blockShift)))
  let nearBlocks = 0
  let meanGx = 0
  let meanGy = 0
  let meanGz = 0
  let meanAx = 0
  let meanAy = 0
  let meanAz = 0

  const rest: Rest = {
    resting: false,

    isNear(gx, gy, gz, ax, ay, az) {
      return (
        gx - meanGx <= NEAR_RATE_COUNTS &&
        meanGx - gx <= NEAR_RATE_COUNTS &&
        gy - meanGy <= NEAR_RATE_COUNTS &&
        meanGy - gy <= NEAR_RATE_COUNTS &&
        gz - meanGz <= NEAR_RATE_COUNTS &&
        meanGz - gz <= NEAR_RATE_COUNTS &&
        ax - meanAx <= NEAR_FORCE_COUNTS &&
        meanAx - ax <= NEAR_FORCE_COUNTS &&
        ay - meanAy <= NEAR_FORCE_COUNTS &&
        meanAy - ay <= NEAR_FORCE_COUNTS &&
        az - meanAz <= NEAR_FORCE_COUNTS &&
        meanAz - az <= NEAR_FORCE_COUNTS
      )
    },

    endBlock(near, sumGx, sumGy, sumGz, sumAx, sumAy, sumAz) {
      meanGx = (sumGx + halfBlock) >> blockShift
      meanGy = (sumGy + halfBlock) >> blockShift
      meanGz = (sumGz + halfBlock) >> blockShift
      meanAx = (sumAx + halfBlock) >> blockShift
      meanAy = (sumAy + halfBlock) >> blockShift
      meanAz = (sumAz + halfBlock) >> blockShift
      const slow =
        meanGx < BIAS_MAX_COUNTS &&
        meanGx > -BIAS_MAX_COUNTS &&
        meanGy < BIAS_MAX_COUNTS &&
        meanGy > -BIAS_MAX_COUNTS &&
        meanGz < BIAS_MAX_COUNTS &&
        meanGz > -BIAS_MAX_COUNTS
      if (!near || !slow) nearBlocks = 0
      // Counted no further: hours of rest do not leave int32.
      else if (nearBlocks < restBlocks) nearBlocks++
      rest.resting = nearBlocks === restBlocks
    },
  }
  return rest
}
