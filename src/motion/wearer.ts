/**
 * What is personal about a wearer's knee beside the fitted model: the line of the bends and what the model's angles are
 * off by. Angles in 1/100°, Qn = value × 2^n. It begins as the model's mean runner; calibration and teaching write into it.
 */
import { divide } from "./fixed-point"
import type { FlexionModel } from "./flexion-model"

/** A knee bends at least as far as the thigh leans while the foot is flat, and at most twice as far: what says otherwise was not held so. */
export const SLOPE_MIN_Q10 = 1024
export const SLOPE_MAX_Q10 = 2048

export interface Wearer {
  /** Foot flat on the ground, outside gait: knee = slope × thigh inclination + offset. */
  bendSlopeQ10: number
  bendOffsetCdeg: number
  /** Added to each stride's peak flexion in stance. */
  peakOffsetCdeg: number
  /** Added to the live angle in gait, while the leg is loaded and while it swings. */
  liveStanceOffsetCdeg: number
  liveSwingOffsetCdeg: number
}

/** A wearer of whom nothing is known. */
export function createWearer(model: Pick<FlexionModel, "bendSlopeQ10" | "bendOffsetCdeg">): Wearer {
  return {
    bendSlopeQ10: model.bendSlopeQ10,
    bendOffsetCdeg: model.bendOffsetCdeg,
    peakOffsetCdeg: 0,
    liveStanceOffsetCdeg: 0,
    liveSwingOffsetCdeg: 0,
  }
}

/** Slope of a wearer whose knee was bent by this, less the offset, while the thigh leant by that; 1/100°. */
export function bendSlopeQ10(kneeCdeg: number, thighCdeg: number): number {
  const slope = thighCdeg > 0 ? divide(kneeCdeg << 10, thighCdeg) : SLOPE_MAX_Q10
  return slope < SLOPE_MIN_Q10 ? SLOPE_MIN_Q10 : slope > SLOPE_MAX_Q10 ? SLOPE_MAX_Q10 : slope
}
