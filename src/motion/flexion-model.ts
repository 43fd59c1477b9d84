/**
 * What is fitted to data, and nothing else: the coefficients that bring one thigh sensor to knee flexion and to the
 * instants of foot contact. `npm run fit` makes them; src/motion/flexion-model-data.ts holds the shipped set; every run
 * record carries the version. All integers; Qn = value × 2^n.
 */

/** A linear read-out of a stride's features (stride-shape.ts): constant + Σ weightQ12 × feature / 2^12. */
export interface LinearReadout {
  constant: number
  weightsQ12: number[]
}

/** Knots of the live model: KNOTS of them over each part of a stride, evenly in time; KNOTS × 3 values a table. */
export const KNOTS = 5

export interface FlexionModel {
  version: number
  /**
   * The error band that every run states: mean absolute error of the stance peak, 1/100°, on runners that the
   * coefficients were not fitted to (each left out in turn, mean over runners).
   */
  peakErrorCdeg: number
  /** Foot flat on the ground, outside gait: knee = slope × thigh inclination + offset (1/100°). */
  bendSlopeQ10: number
  bendOffsetCdeg: number
  /**
   * Live flexion during gait, at knots in time since the stride part (stride-cycle.ts) began:
   * knee = constant + thigh·thighQ12 + rate·rateQ12 + range·rangeQ12 + period·periodQ8, with the inclination and its
   * rate (gyro counts) of this sample, range (1/100°) and period (ms) of the stride before.
   */
  live: {
    /** Length of each part's table, ms. */
    partMs: number[]
    constantCdeg: number[]
    thighQ12: number[]
    rateQ12: number[]
    rangeQ12: number[]
    periodQ8: number[]
  }
  /** Peak flexion in stance, 1/100°. */
  stancePeak: LinearReadout
  /** Initial contact and toe-off before the stride's last trough, 1/10 ms. */
  contact: LinearReadout
  toeOff: LinearReadout
  /**
   * Shape of flexion in stance: for a threshold at k/16 of the stance peak (k = 0…16), the share of the contact time
   * that lies above it, and the area above it as a share of contact time × peak; Q14.
   */
  timeAboveQ14: number[]
  areaAboveQ14: number[]
}
