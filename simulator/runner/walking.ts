/**
 * Walking, on the level, on hills and on stairs: curves over the stride in degrees, 0 = standing, drawn by hand through points after the
 * shapes in Winter 2009 (level) and Riener, Rabuffetti & Frigo 2002, Gait & Posture 15:32–44 (stairs). Bounds: level, knee 15–20° in
 * stance and 56–65° in swing, thigh within ±22°; stairs, knee up to about 97°.
 */
import type { Body } from "./body"
import type { Course } from "./course"
import { type Curve, seriesOf, throughPoints } from "./fourier"
import { type GaitStyle, gait, ownCurve, restanced, stanceBump } from "./gait"
import { hillAt, WALKING_HILL } from "./hill"
import { brakeAndPush, hipPath, type Push } from "./hip-path"
import { sparing } from "./limp"
import type { Movement } from "./movement"
import type { Random } from "./random"

type Points = readonly (readonly [share: number, deg: number])[]

const HARMONICS = 8
const curve = (points: Points): Curve => throughPoints(points, HARMONICS)

// biome-ignore format: tables
const LEVEL = {
  thigh: curve([[0, 19.5], [0.1, 16.5], [0.2, 8.5], [0.3, -1], [0.4, -11], [0.5, -18.5], [0.54, -19.5], [0.6, -14], [0.7, 6], [0.8, 18.5], [0.87, 20.5], [0.94, 20.5]]),
  knee: curve([[0, 5], [0.07, 12.5], [0.14, 17.5], [0.25, 12.5], [0.4, 5.5], [0.5, 11], [0.56, 21], [0.62, 37], [0.68, 54], [0.73, 60], [0.79, 54.5], [0.87, 29], [0.94, 8], [0.97, 4]]),
}
// biome-ignore format: tables
const UPSTAIRS = {
  thigh: curve([[0, 50], [0.1, 45], [0.2, 34], [0.3, 22], [0.4, 11], [0.5, 3], [0.57, 0], [0.63, 2.5], [0.7, 14], [0.78, 34], [0.86, 51], [0.92, 55.5], [0.97, 53]]),
  knee: curve([[0, 62], [0.1, 59], [0.2, 47], [0.3, 32], [0.4, 18], [0.5, 10], [0.57, 12], [0.64, 31], [0.7, 60], [0.77, 87], [0.82, 95], [0.88, 89], [0.94, 74]]),
}
// biome-ignore format: tables
const DOWNSTAIRS = {
  thigh: curve([[0, 14], [0.1, 10], [0.2, 7], [0.3, 5], [0.4, 6], [0.5, 11], [0.6, 22], [0.68, 32], [0.75, 37], [0.82, 35], [0.9, 25], [0.96, 17]]),
  knee: curve([[0, 12], [0.07, 18], [0.15, 22], [0.3, 24], [0.4, 32], [0.5, 49], [0.6, 76], [0.67, 92], [0.73, 95], [0.8, 80], [0.88, 44], [0.95, 17]]),
}

/** Comfortable walking of adults: 1.35 m/s at 110 steps a minute, a foot on the ground for 62 % of the stride (Winter 2009). */
const LEVEL_SPEED_MS = 1.35
const LEVEL_PERIOD_S = 1.09
const DUTY_FACTOR = 0.62
/** Braking and propulsion, body weights. */
const FORE_AFT_BW = 0.2
/** Two humps, at loading and push-off, with a valley between: what the third harmonic adds to half a sine (Winter 2009). */
const HUMPS = 0.3
const IMPACT = 0.25

/** A step of 17 × 29 cm (Riener et al. 2002); both legs make one each stride. */
const STAIR_RISE_M = 0.17
const STAIR_TREAD_M = 0.29
const STEPS_PER_STRIDE = 2
const UPSTAIRS_PERIOD_S = 1.4
const DOWNSTAIRS_PERIOD_S = 1.2
const DOWNSTAIRS_IMPACT = 0.5

export const SLOWEST_WALK_MS = 0.6
export const FASTEST_WALK_MS = 2

/** Of the walker's own step rate at that speed. */
export const FURTHEST_WALK_RATE = 0.3
/** Where in the stride the knee takes the load, on the level and on stairs. */
const LOADED_AT_SHARE = 0.14
const S_PER_MINUTE = 60

export interface WalkingSettings {
  speedMs?: number
  durationS: number
  /** Steps a minute, up to 30 % from the walker's own at that speed, which they are when left out. */
  cadenceSpm?: number
  /** Rise by 100 m of way, −20 to 20; negative: downhill. */
  gradePercent?: number
  course?: Course
}

/** @throws RangeError for a speed, a step rate, a grade or a limp that nobody walks with. */
export function walking(body: Body, random: Random, settings: WalkingSettings): Movement {
  return gait(walkingStyle(body, settings), body, random, settings.durationS, settings.course)
}

/** @throws RangeError as walking does. */
export function walkingStyle(body: Body, settings: Omit<WalkingSettings, "durationS" | "course">): GaitStyle {
  const { speedMs = LEVEL_SPEED_MS, cadenceSpm, gradePercent } = settings
  if (!(speedMs >= SLOWEST_WALK_MS && speedMs <= FASTEST_WALK_MS))
    throw new RangeError(`walking at ${speedMs} m/s: from ${SLOWEST_WALK_MS} to ${FASTEST_WALK_MS} m/s`)
  // Step length and cadence share a change of speed alike (Grieve 1968).
  const brisk = Math.sqrt(speedMs / LEVEL_SPEED_MS)
  const usualS = (LEVEL_PERIOD_S / brisk) * body.walking.strideTimeGain
  const rate = cadenceSpm === undefined ? 1 : rateOf(cadenceSpm, usualS, speedMs)
  const hill = hillAt(WALKING_HILL, gradePercent)
  const style = steps(body, LEVEL, usualS / rate, { hill, thighGain: 1 / rate })
  return {
    ...style,
    activity: "walk",
    speedMs: speedMs * hill.forwardShare,
    climbMs: speedMs * hill.upShare,
    impact: IMPACT * brisk * hill.impactGain,
  }
}

/** By how much the wished step rate is the walker's own. */
function rateOf(cadenceSpm: number, usualS: number, speedMs: number): number {
  const ownSpm = (STEPS_PER_STRIDE * S_PER_MINUTE) / usualS
  const rate = cadenceSpm / ownSpm
  if (!(Math.abs(rate - 1) <= FURTHEST_WALK_RATE))
    throw new RangeError(
      `${cadenceSpm} steps a minute at ${speedMs} m/s: this walker makes from ${(ownSpm * (1 - FURTHEST_WALK_RATE)).toFixed(0)} to ${(ownSpm * (1 + FURTHEST_WALK_RATE)).toFixed(0)}`,
    )
  return rate
}

export interface StairsSettings {
  direction: "up" | "down"
  durationS: number
}

export function stairs(body: Body, random: Random, { direction, durationS }: StairsSettings): Movement {
  const up = direction === "up"
  const periodS = (up ? UPSTAIRS_PERIOD_S : DOWNSTAIRS_PERIOD_S) * body.walking.strideTimeGain
  const style = steps(body, up ? UPSTAIRS : DOWNSTAIRS, periodS)
  const perStrideMs = STEPS_PER_STRIDE / style.periodS
  return gait(
    {
      ...style,
      activity: "stairs",
      speedMs: STAIR_TREAD_M * perStrideMs,
      climbMs: (up ? STAIR_RISE_M : -STAIR_RISE_M) * perStrideMs,
      impact: up ? IMPACT : DOWNSTAIRS_IMPACT,
    },
    body,
    random,
    durationS,
  )
}

function steps(
  body: Body,
  { thigh, knee }: { thigh: Curve; knee: Curve },
  periodS: number,
  { hill = hillAt(WALKING_HILL), thighGain = 1 } = {},
): Omit<GaitStyle, "activity" | "speedMs" | "climbMs" | "impact"> {
  const habit = body.walking
  const spared = sparing(body)
  const ownDuty = DUTY_FACTOR * spared.stanceGain
  const mean = (angle: Curve) => seriesOf(angle, 0).mean
  const ownThigh = ownCurve(thigh, mean(thigh), habit.thighOffsetDeg, habit.thighGain * thighGain)
  const ownKnee = ownCurve(knee, mean(knee), habit.kneeOffsetDeg, habit.kneeGain)
  const bump = stanceBump(LOADED_AT_SHARE)
  const stifferDeg = (1 - spared.bendGain) * Math.max(0, ownKnee(LOADED_AT_SHARE) - ownKnee(0))
  const own = (curve: Curve) => restanced(curve, DUTY_FACTOR, ownDuty)
  return {
    periodS,
    dutyFactor: ownDuty,
    thighDeg: own((share) => ownThigh(share) + hill.thighDeg(share)),
    kneeDeg: own((share) => ownKnee(share) + hill.kneeDeg(share) - stifferDeg * bump(share)),
    hip: hipPath(
      { vertical: twoHumps, foreAft: brakeAndPush(FORE_AFT_BW), dutyFactor: DUTY_FACTOR, spared },
      periodS,
    ),
    sidewaysGain: habit.sidewaysGain,
    travels: true,
  }
}

const twoHumps: Push = (share) => Math.sin(Math.PI * share) + HUMPS * Math.sin(3 * Math.PI * share)
