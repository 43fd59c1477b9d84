/**
 * Running at 2 to 5 m/s, on the level after 26 treadmill runners (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, CC BY 4.0): mean curves of
 * thigh and knee over the stride in degrees, times, and ground force in body weights, at three speeds and between them.
 */
import type { Body } from "./body"
import type { Course } from "./course"
import { type Curve, curveOf, type FourierSeries, mixSeries } from "./fourier"
import { type Drift, type GaitStyle, gait, ownCurve, restanced, stanceBump } from "./gait"
import { hillAt, RUNNING_HILL } from "./hill"
import { brakeAndPush, hipPath, singlePush } from "./hip-path"
import { sparing } from "./limp"
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

/**
 * A step rate 10 % above one's own takes about 3.5° off the deepest bend in stance (Heiderscheit et al. 2011, Med Sci Sports Exerc
 * 43:296–302; Lenhart et al. 2014, ibid. 46:557–564). Both changed it by 10 % at most; further than 20 % nobody is made to go.
 */
const DEEPER_BY_RATE_DEG = -35
export const FURTHEST_RATE = 0.2
/** Where in the stride the mean curves bend deepest under load. */
const DEEPEST_AT_SHARE = 0.145
const MOST_FATIGUE_DEG = 30
const S_PER_HOUR = 3600
const S_PER_MINUTE = 60
const STEPS_PER_STRIDE = 2

export interface RunningStyleSettings {
  speedMs: number
  /** Steps a minute, up to 20 % from the runner's own at that speed and grade, which they are when left out. */
  cadenceSpm?: number
  /** Rise by 100 m of way, −20 to 20; negative: downhill. */
  gradePercent?: number
  /** The recordings' runners stay where they are; default false. */
  treadmill?: boolean
  /** How long was run before in this session: fatigue goes on from there. Default 0. */
  ranBeforeS?: number
}

export interface RunningSettings extends RunningStyleSettings {
  durationS: number
  course?: Course
}

/** @throws RangeError for a speed, a step rate, a grade, a limp or a fatigue that the curves do not reach. */
export function running(body: Body, random: Random, settings: RunningSettings): Movement {
  return gait(runningStyle(body, settings), body, random, settings.durationS, settings.course)
}

/** @throws RangeError as running does. */
export function runningStyle(body: Body, settings: RunningStyleSettings): GaitStyle {
  const { speedMs, treadmill = false, ranBeforeS = 0 } = settings
  const level = runningAt(speedMs)
  const hill = hillAt(RUNNING_HILL, settings.gradePercent)
  const habit = body.running
  const usualS = (level.strideS * habit.strideTimeGain) / hill.rateGain
  const periodS = strideS(usualS, settings)
  const rate = usualS / periodS
  const spared = sparing(body)
  // On a slope the foot is on the ground as long as on the level; quicker steps are shorter there as well.
  const dutyFactor = level.dutyFactor * hill.rateGain
  const swing = { deg: habit.swingDeg, atShare: SWING_AT_SHARE, halfWidth: SWING_HALF_WIDTH }
  const thigh = ownCurve(curveOf(level.thigh), level.thigh.mean, habit.thighOffsetDeg, habit.thighGain / rate)
  const knee = ownCurve(curveOf(level.knee), level.knee.mean, habit.kneeOffsetDeg, habit.kneeGain, swing)
  const bump = stanceBump(DEEPEST_AT_SHARE)
  const bendDeg = Math.max(0, knee(DEEPEST_AT_SHARE) - knee(0))
  const deeperDeg = DEEPER_BY_RATE_DEG * (rate - 1) - (1 - spared.bendGain) * bendDeg
  const ownDuty = dutyFactor * spared.stanceGain
  const own = (curve: Curve) => restanced(curve, level.dutyFactor, ownDuty)
  return {
    activity: "run",
    periodS,
    dutyFactor: ownDuty,
    thighDeg: own((share) => thigh(share) + hill.thighDeg(share)),
    kneeDeg: own((share) => knee(share) + hill.kneeDeg(share) + deeperDeg * bump(share)),
    hip: hipPath(
      {
        vertical: singlePush(level.peakForceBw, dutyFactor),
        foreAft: brakeAndPush(FORE_AFT_BW_PER_MS * speedMs),
        dutyFactor,
        spared,
      },
      periodS,
    ),
    sidewaysGain: habit.sidewaysGain,
    speedMs: speedMs * hill.forwardShare,
    climbMs: speedMs * hill.upShare,
    travels: !treadmill,
    impact: (1 + IMPACT_PER_MS * (speedMs - (RUNNING_SPEEDS[0] as RunningSpeed).speedMs)) * hill.impactGain,
    ...fatigueOf(body, own(bump), ranBeforeS),
  }
}

/** The stride's time at the wished step rate. */
function strideS(usualS: number, { cadenceSpm, speedMs }: RunningStyleSettings): number {
  if (cadenceSpm === undefined) return usualS
  const ownSpm = (STEPS_PER_STRIDE * S_PER_MINUTE) / usualS
  const least = ownSpm * (1 - FURTHEST_RATE)
  const most = ownSpm * (1 + FURTHEST_RATE)
  if (!(cadenceSpm >= least && cadenceSpm <= most))
    throw new RangeError(
      `${cadenceSpm} steps a minute at ${speedMs} m/s: this runner makes from ${least.toFixed(0)} to ${most.toFixed(0)}`,
    )
  return (STEPS_PER_STRIDE * S_PER_MINUTE) / cadenceSpm
}

function fatigueOf({ fatigueDegPerHour }: Body, bump: Curve, beforeS: number): { drift?: Drift } {
  if (!(Math.abs(fatigueDegPerHour) <= MOST_FATIGUE_DEG))
    throw new RangeError(
      `a fatigue of ${fatigueDegPerHour}° an hour: from −${MOST_FATIGUE_DEG}° to ${MOST_FATIGUE_DEG}°`,
    )
  if (fatigueDegPerHour === 0) return {}
  return { drift: { degPerS: (share) => (fatigueDegPerHour / S_PER_HOUR) * bump(share), beforeS } }
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
