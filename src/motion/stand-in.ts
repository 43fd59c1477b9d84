/**
 * Samples that were lost in gait: the stride before stands in for them. One batch is a sixth of a second, in which a thigh turns by up to
 * 80°, and no average of gravity tells that for seconds after; the stride before tells it to some degrees. The sagittal thigh as it was one
 * stride time ago in, the same written into `sagittal` out; at the end the orientation turns as the thigh did.
 */
import type { Orientation } from "./orientation"
import type { Sagittal } from "./sagittal"
import type { StrideShape } from "./stride-shape"

/** What the thigh was off the stride before when the gap began goes in eight samples. */
const OFFSET_SHIFT = 3
const TURN_MAX_CDEG = 9000
/** Angles end here: after noise the stride before and what it is off by could add up to more, past what is kept in int16. */
const THIGH_MAX_CDEG = 18000

export class StandIn {
  /** Samples that are still to be stood in for. */
  left = 0
  private readonly orientation: Orientation
  private readonly sagittal: Sagittal
  private readonly shape: StrideShape
  private ago = 0
  private offset = 0
  private fromCdeg = 0

  constructor(orientation: Orientation, sagittal: Sagittal, shape: StrideShape) {
    this.orientation = orientation
    this.sagittal = sagittal
    this.shape = shape
  }

  begin(samples: number, periodSamples: number): void {
    this.left = samples
    // One less: the sample that is stood in for is one newer than the newest.
    this.ago = periodSamples - 1
    this.fromCdeg = this.sagittal.thighCdeg
    this.offset = this.fromCdeg - this.shape.thighAgo(periodSamples)
  }

  /** The next one, in place of what the orientation tells. */
  step(): void {
    const sagittal = this.sagittal
    const shape = this.shape
    const ago = this.ago
    this.offset -= this.offset >> OFFSET_SHIFT
    let thigh = shape.thighAgo(ago) + this.offset
    if (thigh > THIGH_MAX_CDEG) thigh = THIGH_MAX_CDEG
    else if (thigh < -THIGH_MAX_CDEG) thigh = -THIGH_MAX_CDEG
    sagittal.thighCdeg = thigh
    sagittal.forwardCounts = shape.forwardAgo(ago)
    sagittal.upCounts = shape.upAgo(ago)
    if (--this.left > 0) return
    const turn = thigh - this.fromCdeg
    const bounded = turn > TURN_MAX_CDEG ? TURN_MAX_CDEG : turn < -TURN_MAX_CDEG ? -TURN_MAX_CDEG : turn
    this.orientation.turned(sagittal.axisX, sagittal.axisY, sagittal.axisZ, bounded)
  }
}
