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
/** A gyroscope count in 1/100 °/s. */
const COUNT_CDEG_S = 7
const TURN_MAX_CDEG = 9000
/** Angles end here: after noise the stride before and what it is off by could add up to more, past what is kept in int16. */
const THIGH_MAX_CDEG = 18000

export interface StandIn {
  /** Samples that are still to be stood in for. */
  left: number
  begin(samples: number, periodSamples: number): void
  /** The next one, in place of orientation and sagittal. */
  step(): void
}

/** @param periodUs sample period in µs */
export function createStandIn(
  periodUs: number,
  orientation: Orientation,
  sagittal: Sagittal,
  shape: StrideShape,
): StandIn {
  const countsPerCdegQ8 = Math.round((256 * 1_000_000) / (periodUs * COUNT_CDEG_S))
  let ago = 0
  let offset = 0
  let fromCdeg = 0

  const standIn: StandIn = {
    left: 0,

    begin(samples, periodSamples) {
      standIn.left = samples
      // One less: the sample that is stood in for is one newer than the newest.
      ago = periodSamples - 1
      fromCdeg = sagittal.thighCdeg
      offset = fromCdeg - shape.thighAgo(periodSamples)
    },

    step() {
      offset -= offset >> OFFSET_SHIFT
      let thigh = shape.thighAgo(ago) + offset
      if (thigh > THIGH_MAX_CDEG) thigh = THIGH_MAX_CDEG
      else if (thigh < -THIGH_MAX_CDEG) thigh = -THIGH_MAX_CDEG
      sagittal.rateCounts = ((thigh - sagittal.thighCdeg) * countsPerCdegQ8) >> 8
      sagittal.thighCdeg = thigh
      sagittal.forwardCounts = shape.forwardAgo(ago)
      sagittal.upCounts = shape.upAgo(ago)
      if (--standIn.left > 0) return
      const turn = thigh - fromCdeg
      const bounded = turn > TURN_MAX_CDEG ? TURN_MAX_CDEG : turn < -TURN_MAX_CDEG ? -TURN_MAX_CDEG : turn
      orientation.turned(sagittal.axisX, sagittal.axisY, sagittal.axisZ, bounded)
    },
  }
  return standIn
}
