/**
 * Walking, running and climbing alike: a style (curves over the stride, the hip's way, speeds) in, a movement out, with the
 * variation from stride to stride of a living leg.
 */
import type { Body } from "./body"
import { type Course, STRAIGHT } from "./course"
import { ease, wander } from "./ease"
import { type Curve, curveOf, tabulated } from "./fourier"
import { GRAVITY_MS2, type HipPath } from "./hip-path"
import type { Movement } from "./movement"
import type { Activity, Pose } from "./pose"
import type { Random } from "./random"

export interface GaitStyle {
  activity: Activity
  periodS: number
  dutyFactor: number
  thighDeg: Curve
  kneeDeg: Curve
  hip: HipPath
  /** Gain of what the thigh does sideways and about the vertical; 1 = SIDEWAYS. */
  sidewaysGain: number
  speedMs: number
  climbMs: number
  /** False on a treadmill: the ground comes to the wearer, who does not travel. */
  travels: boolean
  impact: number
  /** What grows at the knee while the movement lasts. */
  drift?: Drift
}

/** Degrees over the stride, times the time so far: `beforeS` since it began to grow, and that of the movement. */
export interface Drift {
  degPerS: Curve
  beforeS: number
}

/**
 * Sideways and turning motion of a thigh in gait: a few degrees, once a stride (Novacheck 1998, Gait & Posture 7:77–95); the
 * pelvis turns with it and takes the hip along, and the body sways over the foot that stands.
 */
const SIDEWAYS = {
  abductionDeg: tabulated(curveOf({ mean: 0, harmonics: [[-3, -2.5], [0.5, 1]] })), // biome-ignore format: a series
  rotationDeg: tabulated(curveOf({ mean: 0, harmonics: [[-4, 3], [1.5, 2], [0.5, -1.5]] })), // biome-ignore format: a series
  hipForwardM: tabulated(curveOf({ mean: 0, harmonics: [[0.012, 0]] })),
  hipOutM: tabulated(curveOf({ mean: 0, harmonics: [[-0.004, -0.012]] })),
  hipUpM: tabulated(curveOf({ mean: 0, harmonics: [[0.004, -0.004]] })),
}
/** From one stride to the next, SD. */
const DEPTH_SD = 0.02
const ANGLE_SD_DEG = 0.6
/** A bout ends in a swing, this share of the stride before the next contact. */
const UNFINISHED_SHARE = 0.1
/** Lean of a body that is carried around a bend; nobody leans further on a floor. */
const STEEPEST_LEAN_DEG = 25
const DEG = 180 / Math.PI

export function gait(
  style: GaitStyle,
  body: Body,
  random: Random,
  durationS: number,
  course: Course = STRAIGHT,
): Movement {
  const { periodS, dutyFactor, sidewaysGain } = style
  const ownThighDeg = tabulated(style.thighDeg)
  const ownKneeDeg = tabulated(style.kneeDeg)
  const driftDegPerS = style.drift && tabulated(style.drift.degPerS)
  const beforeS = style.drift?.beforeS ?? 0
  const hipForwardM = tabulated(style.hip.forwardM)
  const hipUpM = tabulated(style.hip.upM)
  const hurry = wander(random)
  const depth = wander(random)
  const thighSway = wander(random)
  const kneeSway = wander(random)
  // A stride's time is the difference of two neighbouring values.
  const hurrySd = body.strideTimeSd / Math.SQRT2
  const strides = Math.max(1, Math.round(durationS / periodS))
  return {
    durationS: (strides - UNFINISHED_SHARE) * periodS,
    rests: false,
    poseAt(timeS): Pose {
      const speedShare = course.speedShare(timeS)
      const headingRateDps = course.headingRateDps(timeS)
      const stride = timeS / periodS
      const phase = stride + hurrySd * hurry(stride)
      const share = phase - Math.floor(phase)
      // Slower steps are smaller ones.
      const size = Math.sqrt(speedShare) * (1 + DEPTH_SD * depth(stride))
      const sideways = size * sidewaysGain
      const speedMs = style.speedMs * speedShare
      const sidewaysG = (speedMs * headingRateDps) / DEG / GRAVITY_MS2
      const driftDeg = driftDegPerS ? (beforeS + timeS) * driftDegPerS(share) : 0
      return {
        thighDeg: size * ownThighDeg(share) + ANGLE_SD_DEG * thighSway(stride),
        kneeDeg: size * ownKneeDeg(share) + driftDeg + ANGLE_SD_DEG * kneeSway(stride),
        abductionDeg: sideways * SIDEWAYS.abductionDeg(share),
        rotationDeg: sideways * SIDEWAYS.rotationDeg(share),
        leanDeg: softly(Math.atan(sidewaysG) * DEG, STEEPEST_LEAN_DEG),
        planted: 0,
        hipForwardM: size * hipForwardM(share) + sideways * SIDEWAYS.hipForwardM(share),
        hipOutM: sideways * SIDEWAYS.hipOutM(share),
        hipUpM: size * hipUpM(share) + sideways * SIDEWAYS.hipUpM(share),
        speedMs: style.travels ? speedMs : 0,
        climbMs: style.travels ? style.climbMs * speedShare : 0,
        headingRateDps,
        stance: share < dutyFactor,
        impact: style.impact,
        activity: style.activity,
      }
    },
  }
}

/** A runner's own curve: offset, gain about the curve's mean and, for the knee, a higher or lower swing. */
export function ownCurve(
  curve: Curve,
  meanDeg: number,
  offsetDeg: number,
  gain: number,
  swing?: Swing,
): Curve {
  return (share) => {
    const away = swing ? Math.abs(share - swing.atShare) / swing.halfWidth : 1
    const more = swing && away < 1 ? swing.deg * ease(1 - away) : 0
    return meanDeg + offsetDeg + gain * (curve(share) - meanDeg) + more
  }
}

/** A bump on the knee's curve, degrees, around a share of the stride. */
export interface Swing {
  deg: number
  atShare: number
  halfWidth: number
}

/**
 * A curve whose stance takes another share of the stride: both begin at contact, and toe-off comes at `to` where it was at `from`. Smooth, so
 * no limb is struck.
 */
export function restanced(curve: Curve, from: number, to: number): Curve {
  const most = (from - to) / Math.sin(Math.PI * to) ** 2
  return most === 0 ? curve : (share) => curve(share + most * Math.sin(Math.PI * share) ** 2)
}

/** 1 where the knee bends deepest under load, 0 from contact and before toe-off. */
export function stanceBump(deepestAt: number): Curve {
  return (share) => ease(1 - Math.abs(share - Math.floor(share) - deepestAt) / deepestAt)
}

/** Like the value while it is small, never past the limit. */
function softly(value: number, limit: number): number {
  return limit * Math.tanh(value / limit)
}
