/**
 * What is fitted to data, and nothing else: the coefficients that bring one thigh sensor to knee flexion and to the
 * instants of foot contact. `npm run fit` makes them; src/motion/flexion-model-data.ts holds the shipped set; every run
 * record carries the version. All integers; Qn = value × 2^n.
 */

/**
 * A linear read-out of a stride's features (stride-shape.ts): constant + Σ weightQ12 × feature / 2^12. The peak and the live curve are read
 * from the features at eighths, which tell them of a runner left out no worse than sixteenths; contact and toe-off need all.
 */
export interface LinearReadout {
  constant: number
  weightsQ12: number[]
}

/** Knots of the live model, evenly over a stride from trough to trough: twice as many as a stride's features have; a power of 2. */
export const KNOTS = 32
/** Shapes of which a live curve is made. */
export const SCORES = 6

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
   * Live flexion during gait. The strides closed so far give the curve that the next is expected to have, as scores on a
   * few shapes: mean + Σ score·basisQ12 at each knot. A stride that differs from it is followed by its thigh:
   * knee = curve + thighQ12·(thigh - curve's thigh) + rateQ12·(rate - curve's rate), rates in gyro counts.
   */
  live: {
    scores: LinearReadout[]
    /** One shape a score. */
    basisQ12: number[][]
    meanCdeg: number[]
    thighQ12: number[]
    rateQ12: number[]
    /** Before any stride is known: the mean runner's curve less what its thigh and rate add. */
    startCdeg: number[]
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
