/**
 * One wearer, drawn from a seed: lengths of the leg in m, angles in degrees, and how this person's gait differs from the mean curves. The
 * SDs of running are split into an offset, a gain and the height of the swing, so that contact, stance peak and swing peak spread as in 26
 * treadmill runners (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298; docs/measuring.md), and the curves as in 18 of them (docs/virtual-runner.json).
 */
import { personal, type Random } from "./random"

export type Side = "left" | "right"

/** Differences from the mean of runners. */
export interface GaitHabit {
  thighOffsetDeg: number
  thighGain: number
  kneeOffsetDeg: number
  kneeGain: number
  /** Added at the swing peak. */
  swingDeg: number
  strideTimeGain: number
  /** Of the sideways and turning motion of the thigh. */
  sidewaysGain: number
}

export interface Body {
  side: Side
  thighM: number
  shankM: number
  /** Against gravity while standing, positive = lower end forward. */
  standingThighDeg: number
  standingShankDeg: number
  running: GaitHabit
  walking: GaitHabit
  /** Knee flexion in a bend with the foot flat, by thigh inclination. */
  bendSlope: number
  strideTimeSd: number
  /** The measured leg is spared, 0 (not at all) to 1: its stance shorter, its knee stiffer while it is loaded. */
  limp: number
  /** The stance peak of running gets so much deeper, degrees an hour of running; negative: stiffer. */
  fatigueDegPerHour: number
}

/** The mean runner: the curves of the tables as they are. */
export const MEAN_HABIT: Readonly<GaitHabit> = {
  thighOffsetDeg: 0,
  thighGain: 1,
  kneeOffsetDeg: 0,
  kneeGain: 1,
  swingDeg: 0,
  strideTimeGain: 1,
  sidewaysGain: 1,
}

/** Lengths: Winter 2009, Biomechanics and Motor Control of Human Movement, 0.245 and 0.246 of a height of 1.72 m. */
export const MEAN_BODY: Readonly<Body> = {
  side: "right",
  thighM: 0.42,
  shankM: 0.42,
  standingThighDeg: -5.8,
  standingShankDeg: -3.5,
  running: MEAN_HABIT,
  walking: MEAN_HABIT,
  bendSlope: 1.25,
  strideTimeSd: 0.015,
  limp: 0,
  fatigueDegPerHour: 0,
}

const LENGTH_SD_M = 0.02
/** Mean and SD of the 18 recorded runners (their JSON: standThighDeg, standShankDeg, bendSlope). */
const STANDING_THIGH_SD_DEG = 2.7
const STANDING_SHANK_SD_DEG = 2.9
const BEND_SLOPE_SD = 0.05
const RUNNING_SD: GaitHabit = {
  thighOffsetDeg: 4.5,
  thighGain: 0.07,
  kneeOffsetDeg: 7,
  kneeGain: 0.07,
  swingDeg: 8,
  strideTimeGain: 0.065,
  sidewaysGain: 0.3,
}
/** Narrower, because walking is told by bounds (walking.ts), not by a spread. */
const WALKING_SD: GaitHabit = {
  thighOffsetDeg: 0.5,
  thighGain: 0.02,
  kneeOffsetDeg: 0.5,
  kneeGain: 0.015,
  swingDeg: 0,
  strideTimeGain: 0.05,
  sidewaysGain: 0.3,
}

export function drawBody(random: Random, side: Side): Body {
  const habit = (sd: GaitHabit): GaitHabit => ({
    thighOffsetDeg: personal(random, 0, sd.thighOffsetDeg),
    thighGain: personal(random, 1, sd.thighGain),
    kneeOffsetDeg: personal(random, 0, sd.kneeOffsetDeg),
    kneeGain: personal(random, 1, sd.kneeGain),
    swingDeg: personal(random, 0, sd.swingDeg),
    strideTimeGain: personal(random, 1, sd.strideTimeGain),
    sidewaysGain: personal(random, 1, sd.sidewaysGain),
  })
  return {
    ...MEAN_BODY,
    side,
    thighM: personal(random, MEAN_BODY.thighM, LENGTH_SD_M),
    shankM: personal(random, MEAN_BODY.shankM, LENGTH_SD_M),
    standingThighDeg: personal(random, MEAN_BODY.standingThighDeg, STANDING_THIGH_SD_DEG),
    standingShankDeg: personal(random, MEAN_BODY.standingShankDeg, STANDING_SHANK_SD_DEG),
    running: habit(RUNNING_SD),
    walking: habit(WALKING_SD),
    bendSlope: personal(random, MEAN_BODY.bendSlope, BEND_SLOPE_SD),
  }
}
