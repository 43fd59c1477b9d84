/**
 * Level running at 2 to 5 m/s after 26 treadmill runners (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, CC BY 4.0): mean curves of
 * thigh and knee over the stride in degrees, times, and ground force in body weights, at three speeds and between them.
 */
import type { Body } from "./body"
import type { Course } from "./course"
import { curveOf, type FourierSeries, mixSeries } from "./fourier"
import { type GaitStyle, gait, ownCurve } from "./gait"
import { brakeAndPush, hipPath, singlePush } from "./hip-path"
import type { Movement } from "./movement"
import type { Random } from "./random"

export interface RunningSpeed {
  speedMs: number
  strideS: number
  dutyFactor: number
  /** Of the vertical ground force, body weights. */
  peakForceBw: number
  thigh: FourierSeries
  knee: FourierSeries
}

// biome-ignore format: a table
export const RUNNING_SPEEDS: readonly RunningSpeed[] = [
  {
    speedMs: 2.5, strideS: 0.742, dutyFactor: 0.37, peakForceBw: 2.32,
    thigh: { mean: 13.16, harmonics: [[17.93, -12.16], [-5.88, 5.18], [-1.93, 1.32], [0.05, 0.4]] },
    knee: { mean: 44.21, harmonics: [[-12.31, -25.01], [-14.72, 19], [-3.31, 1.82], [-0.63, 1.05]] },
  },
  {
    speedMs: 3.5, strideS: 0.7, dutyFactor: 0.33, peakForceBw: 2.56,
    thigh: { mean: 13.57, harmonics: [[21.73, -18.29], [-5.68, 6.11], [-2.24, 2.24], [0, -0.01]] },
    knee: { mean: 49.66, harmonics: [[-17.73, -31.65], [-12.54, 22.44], [-4.54, 2.22], [-0.87, 0.52]] },
  },
  {
    speedMs: 4.5, strideS: 0.652, dutyFactor: 0.31, peakForceBw: 2.68,
    thigh: { mean: 14.19, harmonics: [[25.13, -22.85], [-5.48, 6.11], [-2.44, 2.77], [-0.13, -0.36]] },
    knee: { mean: 53.58, harmonics: [[-21.02, -35.52], [-10.85, 23.4], [-5.52, 2.53], [-1.17, -0.09]] },
  },
]

export const SLOWEST_MS = 2
export const FASTEST_MS = 5
/** Of braking and of propulsion, body weights a m/s: about 0.25 at 3 m/s (Munro, Miller & Fuglevand 1987, J Biomech 20:147–155). */
const FORE_AFT_BW_PER_MS = 0.08
/** The impact grows with the speed; 1 at the slowest of the table. */
const IMPACT_PER_MS = 0.4
/** Of the knee in swing: the peak's place in the stride, and how far from it nothing is left of it. */
const SWING_AT_SHARE = 0.67
const SWING_HALF_WIDTH = 0.22

export interface RunningSettings {
  speedMs: number
  durationS: number
  course?: Course
  /** The recordings' runners stay where they are; default false. */
  treadmill?: boolean
}

export function running(body: Body, random: Random, settings: RunningSettings): Movement {
  const { speedMs, durationS, course, treadmill = false } = settings
  return gait(runningStyle(body, speedMs, !treadmill), body, random, durationS, course)
}

/** @throws RangeError for a speed that the curves do not reach. */
export function runningStyle(body: Body, speedMs: number, travels = true): GaitStyle {
  const { strideS, dutyFactor, peakForceBw, thigh, knee } = runningAt(speedMs)
  const habit = body.running
  const periodS = strideS * habit.strideTimeGain
  const swing = { deg: habit.swingDeg, atShare: SWING_AT_SHARE, halfWidth: SWING_HALF_WIDTH }
  return {
    activity: "run",
    periodS,
    dutyFactor,
    thighDeg: ownCurve(curveOf(thigh), thigh.mean, habit.thighOffsetDeg, habit.thighGain),
    kneeDeg: ownCurve(curveOf(knee), knee.mean, habit.kneeOffsetDeg, habit.kneeGain, swing),
    hip: hipPath(
      {
        vertical: singlePush(peakForceBw, dutyFactor),
        foreAft: brakeAndPush(FORE_AFT_BW_PER_MS * speedMs),
        dutyFactor,
      },
      periodS,
    ),
    sidewaysGain: habit.sidewaysGain,
    speedMs,
    climbMs: 0,
    travels,
    impact: 1 + IMPACT_PER_MS * (speedMs - (RUNNING_SPEEDS[0] as RunningSpeed).speedMs),
  }
}

/** Between two columns of the table, or straight on beyond its ends. */
function runningAt(speedMs: number): RunningSpeed {
  if (!(speedMs >= SLOWEST_MS && speedMs <= FASTEST_MS))
    throw new RangeError(
      `running at ${speedMs} m/s: the curves reach from ${SLOWEST_MS} to ${FASTEST_MS} m/s`,
    )
  const upper = Math.max(
    1,
    RUNNING_SPEEDS.findIndex((column) => column.speedMs >= speedMs),
  )
  const last = RUNNING_SPEEDS.length - 1
  const index = speedMs > (RUNNING_SPEEDS[last] as RunningSpeed).speedMs ? last : upper
  const [from, to] = RUNNING_SPEEDS.slice(index - 1, index + 1) as [RunningSpeed, RunningSpeed]
  const part = (speedMs - from.speedMs) / (to.speedMs - from.speedMs)
  const mix = (a: number, b: number) => a + (b - a) * part
  return {
    speedMs,
    strideS: mix(from.strideS, to.strideS),
    dutyFactor: mix(from.dutyFactor, to.dutyFactor),
    peakForceBw: mix(from.peakForceBw, to.peakForceBw),
    thigh: mixSeries(from.thigh, to.thigh, part),
    knee: mixSeries(from.knee, to.knee, part),
  }
}
