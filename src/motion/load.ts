/**
 * Load of one load cycle: stance peak, contact time, stride time and the thigh's forward-most angle in stance in; time
 * and degree-seconds past the threshold and relative patellofemoral load out. Relative: it ranks runs and wearers, it is
 * no force. Blind to the foot strike: a forefoot strike loads the kneecap less at the same angles.
 */

import { divide } from "./fixed-point"
import type { FlexionModel } from "./flexion-model"

/**
 * Peak patellofemoral force of a step, in body weights, from the thigh alone (regression on 26 treadmill runners of
 * Fukuchi et al. 2017, R² 0.67 on unseen runners): -4.91 + 0.218·thighMaxInStance(°) - 19.7·contact(s) + 14.2·stride(s).
 */
const FORCE_MILLI_CONSTANT = -4910
const FORCE_PER_DEG_MILLI = 218
const FORCE_PER_CONTACT_MS_MILLI_Q4 = 315
const FORCE_PER_STRIDE_MS_MILLI_Q4 = 227
/**
 * The reference cycle, load 1.0: the same model for that study's mean runner at 2.5 m/s: contact 273 ms, stride 742 ms,
 * thigh up to 25.8° in stance (the largest value of the mean thigh curve there).
 */
const REFERENCE_FORCE_MILLI = 5873
const PER_REFERENCE_FORCE_Q13 = Math.round((1000 * 8192) / REFERENCE_FORCE_MILLI)
/** A step of running loads the kneecap between these, whatever the model says of an odd stride. */
const FORCE_MIN_MILLI = 1000
const FORCE_MAX_MILLI = 15000

/** x / 1000 within 0.01 % and one, for 0 ≤ x ≤ 65,000,000: the fourth power of the most that a step can weigh. */
function thousandth(x: number): number {
  return ((x >> 6) * 2097) >> 15
}

export class Load {
  msPastThreshold = 0
  cdegMsPastThreshold = 0
  milliLoad = 0
  milliLoadPeakWeighted = 0
  private readonly model: Pick<FlexionModel, "timeAboveQ14" | "areaAboveQ14">

  constructor(model: Pick<FlexionModel, "timeAboveQ14" | "areaAboveQ14">) {
    this.model = model
  }

  /** Weighs one load cycle. Angles in 1/100°, times in ms. */
  weigh(
    peakCdeg: number,
    thresholdCdeg: number,
    contactMs: number,
    strideMs: number,
    thighMaxCdeg: number,
  ): void {
    if (peakCdeg <= thresholdCdeg) {
      this.msPastThreshold = 0
      this.cdegMsPastThreshold = 0
    } else {
      const { timeAboveQ14, areaAboveQ14 } = this.model
      // Where the threshold cuts the curve of stance, as a share of the peak.
      const cutQ14 = divide(thresholdCdeg << 14, peakCdeg)
      const cell = cutQ14 >> 10
      const share = cutQ14 & 1023
      const timeA = timeAboveQ14[cell] as number
      const timeB = timeAboveQ14[cell + 1] as number
      const areaA = areaAboveQ14[cell] as number
      const areaB = areaAboveQ14[cell + 1] as number
      const timeQ14 = timeA + (((timeB - timeA) * share) >> 10)
      const areaQ14 = areaA + (((areaB - areaA) * share) >> 10)
      this.msPastThreshold = (timeQ14 * contactMs) >> 14
      this.cdegMsPastThreshold = (((areaQ14 * contactMs) >> 8) * peakCdeg) >> 6
    }

    let force =
      FORCE_MILLI_CONSTANT +
      ((FORCE_PER_DEG_MILLI * thighMaxCdeg * 41) >> 12) -
      ((FORCE_PER_CONTACT_MS_MILLI_Q4 * contactMs) >> 4) +
      ((FORCE_PER_STRIDE_MS_MILLI_Q4 * strideMs) >> 4)
    if (force < FORCE_MIN_MILLI) force = FORCE_MIN_MILLI
    if (force > FORCE_MAX_MILLI) force = FORCE_MAX_MILLI
    const milli = (force * PER_REFERENCE_FORCE_Q13) >> 13
    this.milliLoad = milli
    // The fourth power: what a fatigue law makes of the same steps.
    const square = thousandth(milli * milli)
    this.milliLoadPeakWeighted = thousandth(square * square)
  }
}
