/**
 * What is personal about a wearer's knee beside the fitted model: the line of the bends and what the model's angles are
 * off by. Angles in 1/100°, Qn = value × 2^n. It begins as the model's mean runner; calibration and teaching write into it.
 */
import type { FlexionModel } from "./flexion-model"

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
