/**
 * What a slope changes of a stride: thigh and knee in degrees over the stride, the time on the ground, the impact. Running: step rate 4 % up at
 * 7 % (Padulo et al. 2013, PLoS ONE 8:e69006); at −9 % the knee 3.9° straighter at contact and 6.9° deeper in stance (The Sport Journal,
 * "Three-dimensional kinematic analysis during level and downhill treadmill running"). Walking: the directions of McIntosh et al. 2006,
 * J Biomech 39:2491–2502. What else the tables say is plausible, not measured.
 */
import { type Curve, throughPoints } from "./fourier"

type Points = readonly (readonly [share: number, deg: number])[]
interface Slope {
  thigh: Points
  knee: Points
}
/** More degrees at 10 % of grade than on the level, over the stride. */
export interface HillTable {
  up: Slope
  down: Slope
  /** Share of the step rate that 1 % of grade adds. */
  rateUp: number
  rateDown: number
}

export interface Hill {
  thighDeg: Curve
  kneeDeg: Curve
  /** Of the step rate, and with it of the share of the stride that the foot is on the ground: its time there stays. */
  rateGain: number
  impactGain: number
  /** Of the way along the ground. */
  forwardShare: number
  upShare: number
}

// biome-ignore format: tables
export const RUNNING_HILL: HillTable = {
  up: {
    thigh: [[0, 6], [0.145, 4], [0.34, 1], [0.42, 1], [0.6, 2], [0.85, 5]],
    knee: [[0, 6], [0.145, 0], [0.34, 0], [0.5, 0], [0.67, 0], [0.85, 2]],
  },
  down: {
    thigh: [[0, -3], [0.145, -1], [0.34, 0], [0.42, 0], [0.6, -1], [0.85, -4]],
    knee: [[0, -4.3], [0.145, 7.7], [0.34, 1], [0.5, 0], [0.67, 0], [0.85, -1]],
  },
  rateUp: 0.04 / 7,
  rateDown: 0.003,
}
// biome-ignore format: tables
export const WALKING_HILL: HillTable = {
  up: {
    thigh: [[0, 9], [0.14, 8], [0.3, 4], [0.5, 2], [0.62, 2], [0.8, 6], [0.9, 9]],
    knee: [[0, 13], [0.14, 9], [0.3, 4], [0.5, 1], [0.62, 0], [0.73, 0], [0.87, 6], [0.94, 11]],
  },
  down: {
    thigh: [[0, -5], [0.14, -2], [0.3, 1], [0.5, 3], [0.62, 2], [0.8, -4], [0.9, -5]],
    knee: [[0, 0], [0.14, 6], [0.3, 7], [0.5, 10], [0.62, 6], [0.73, 2], [0.87, 0], [0.94, 0]],
  },
  rateUp: 0,
  rateDown: 0,
}
export const STEEPEST_PERCENT = 20
const TABLE_PERCENT = 10
const HARMONICS = 6
/**
 * The impact's peak: 54 % more at −9° (16 %), and at +9° gone (Gottschall & Kram 2005, J Biomech 38:445–452); the foot still comes down. The
 * forces along the slope that differ there are gravity's: fore-aft, against the vertical, a stride takes back what it gave.
 */
const IMPACT_SLOPE_PERCENT = 15.8
const IMPACT_DOWN = 0.54
const LEAST_IMPACT = 0.05

/** @throws RangeError for a slope that is steeper than the tables reach. */
export function hillAt(table: HillTable, gradePercent = 0): Hill {
  if (!(Math.abs(gradePercent) <= STEEPEST_PERCENT))
    throw new RangeError(
      `a grade of ${gradePercent} %: from −${STEEPEST_PERCENT} to ${STEEPEST_PERCENT} %, negative is downhill`,
    )
  const up = gradePercent > 0
  const slope = up ? table.up : table.down
  const size = Math.abs(gradePercent) / TABLE_PERCENT
  const part = (points: Points): Curve => {
    if (size === 0) return () => 0
    const curve = throughPoints(points, HARMONICS)
    return (share) => size * curve(share)
  }
  const steepness = gradePercent / IMPACT_SLOPE_PERCENT
  const angle = Math.atan(gradePercent / 100)
  return {
    thighDeg: part(slope.thigh),
    kneeDeg: part(slope.knee),
    rateGain: 1 + gradePercent * (up ? table.rateUp : table.rateDown),
    impactGain: up ? Math.max(LEAST_IMPACT, 1 - steepness) : 1 - IMPACT_DOWN * steepness,
    forwardShare: Math.cos(angle),
    upShare: Math.sin(angle),
  }
}
