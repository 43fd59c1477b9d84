/**
 * What the motion pipeline hands on: activities and closed strides. Times in ms since boot, angles in 1/100°.
 */
import { constant } from "../constant"

/** What the wearer is doing; the number is what traces and records carry. */
export const Activity = constant({ still: 0, walk: 1, run: 2, bend: 3, sit: 4, stairs: 5, other: 6 } as const)
export type Activity = (typeof Activity)[keyof typeof Activity]

/**
 * One closed stride of gait: this leg's initial contact to its next, with the load cycle (stance) in it. The pipeline
 * reuses one object: copy what you keep.
 */
export interface Stride {
  /** Activity.run or Activity.walk. */
  gait: Activity
  contactMs: number
  toeOffMs: number
  /** Stride time (two steps). */
  periodMs: number
  contactTimeMs: number
  /** Peak flexion in stance. */
  peakFlexionCdeg: number
  /** 2: measured, by thigh and shank; 1: estimated from the thigh. */
  sensors: number
  /** Time of this stance with flexion past the wearer's threshold. */
  msPastThreshold: number
  /** Integral of flexion above the threshold over that time, 1/100 degree × ms. */
  cdegMsPastThreshold: number
  /** Relative load of the cycle, 1/1000; plain, and weighted towards high peaks. */
  milliLoad: number
  milliLoadPeakWeighted: number
}

/** A stride to be filled. */
export function createStride(): Stride {
  return {
    gait: Activity.other,
    contactMs: 0,
    toeOffMs: 0,
    periodMs: 0,
    contactTimeMs: 0,
    peakFlexionCdeg: 0,
    sensors: 1,
    msPastThreshold: 0,
    cdegMsPastThreshold: 0,
    milliLoad: 0,
    milliLoadPeakWeighted: 0,
  }
}
