/**
 * Rest: is the sensor still? Turns (two rates each) and forces of a block of samples, counts, in, and whether each lay near the last block's mean turn and its last force. Still
 * means that for REST_US every sample did and that the mean rate could be a bias.
 */
import { BIAS_MAX_COUNTS } from "./gyro-bias"

/** A block has so many samples, 2^n (means are shifts); of samples that are further apart than this, half as many. */
const BLOCK_SHIFT = 4
const SPARSE_US = 15_000
/** VQF's rest time. */
const REST_US = 1_500_000
/** Near: each gyro axis within 2 °/s (VQF's rest threshold; a turn is two rates), each accelerometer axis within 0.15 g. */
const NEAR_TURN_COUNTS = 58
const NEAR_FORCE_COUNTS = 307
/** At rest the force is gravity, and an axis of up that is off it by more (6°, 0.1 g) is not. */
const FAR_COUNTS = 205
/** A mean turn up to this could be a bias. */
const TURN_MAX_COUNTS = BIAS_MAX_COUNTS * 2

/** A block has 2^this samples. @param periodUs sample period in µs */
export function blockShiftOf(periodUs: number): number {
  return periodUs > SPARSE_US ? BLOCK_SHIFT - 1 : BLOCK_SHIFT
}

export class Rest {
  /** Still for REST_US or longer at the last block's end. */
  resting = false
  private readonly blockShift: number
  private readonly restBlocks: number
  private nearBlocks = 0
  private meanTurnX = 0
  private meanTurnY = 0
  private meanTurnZ = 0
  private lastAx = 0
  private lastAy = 0
  private lastAz = 0

  /** @param periodUs sample period in µs */
  constructor(periodUs: number) {
    this.blockShift = blockShiftOf(periodUs)
    this.restBlocks = Math.ceil(REST_US / (periodUs * (1 << this.blockShift)))
  }

  /** Does the sample lie near the last block's mean turn and last force? */
  isNear(turnX: number, turnY: number, turnZ: number, ax: number, ay: number, az: number): boolean {
    const offTurnX = turnX - this.meanTurnX
    if (offTurnX > NEAR_TURN_COUNTS || offTurnX < -NEAR_TURN_COUNTS) return false
    const offTurnY = turnY - this.meanTurnY
    if (offTurnY > NEAR_TURN_COUNTS || offTurnY < -NEAR_TURN_COUNTS) return false
    const offTurnZ = turnZ - this.meanTurnZ
    if (offTurnZ > NEAR_TURN_COUNTS || offTurnZ < -NEAR_TURN_COUNTS) return false
    const offAx = ax - this.lastAx
    if (offAx > NEAR_FORCE_COUNTS || offAx < -NEAR_FORCE_COUNTS) return false
    const offAy = ay - this.lastAy
    if (offAy > NEAR_FORCE_COUNTS || offAy < -NEAR_FORCE_COUNTS) return false
    const offAz = az - this.lastAz
    return offAz <= NEAR_FORCE_COUNTS && offAz >= -NEAR_FORCE_COUNTS
  }

  /** Is a force at rest, counts, so far from up? */
  isFar(offX: number, offY: number, offZ: number): boolean {
    return (
      offX > FAR_COUNTS ||
      offX < -FAR_COUNTS ||
      offY > FAR_COUNTS ||
      offY < -FAR_COUNTS ||
      offZ > FAR_COUNTS ||
      offZ < -FAR_COUNTS
    )
  }

  /** Takes the sums over a block, its last force, and whether all its samples were near. */
  endBlock(
    near: boolean,
    sumTurnX: number,
    sumTurnY: number,
    sumTurnZ: number,
    ax: number,
    ay: number,
    az: number,
  ): void {
    const shift = this.blockShift
    const half = 1 << (shift - 1)
    const turnX = (sumTurnX + half) >> shift
    const turnY = (sumTurnY + half) >> shift
    const turnZ = (sumTurnZ + half) >> shift
    this.meanTurnX = turnX
    this.meanTurnY = turnY
    this.meanTurnZ = turnZ
    this.lastAx = ax
    this.lastAy = ay
    this.lastAz = az
    const slow =
      turnX < TURN_MAX_COUNTS &&
      turnX > -TURN_MAX_COUNTS &&
      turnY < TURN_MAX_COUNTS &&
      turnY > -TURN_MAX_COUNTS &&
      turnZ < TURN_MAX_COUNTS &&
      turnZ > -TURN_MAX_COUNTS
    if (!near || !slow) this.nearBlocks = 0
    // Counted no further: hours of rest do not leave int32.
    else if (this.nearBlocks < this.restBlocks) this.nearBlocks++
    this.resting = this.nearBlocks === this.restBlocks
  }
}
