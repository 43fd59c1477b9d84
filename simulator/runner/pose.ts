/**
 * What the measured leg does at one instant, and the way of its hip. Angles in degrees, 0 = the wearer's own standing; ways in m from
 * where the hip is while standing, in a frame that travels and turns with the wearer.
 */

/** The words of a recording's activity column. */
export type Activity = "still" | "walk" | "run" | "bend" | "sit" | "stairs" | "other" | "move"

export interface Pose {
  /** Sagittal inclination against gravity, positive = knee forward. */
  thighDeg: number
  /** Flexion. */
  kneeDeg: number
  /** The thigh's lower end sideways, away from the other leg. */
  abductionDeg: number
  /** The leg turned about the vertical, toes outward. */
  rotationDeg: number
  /** The whole body leans to its left, as in a turn to the left. */
  leanDeg: number
  /** 1: the foot stands still on the ground, and the hip follows from thigh and shank; 0: it does not. */
  planted: number
  hipForwardM: number
  /** Away from the other leg. */
  hipOutM: number
  hipUpM: number
  /** Travel of the wearer, forward and up; 0 on a treadmill. */
  speedMs: number
  climbMs: number
  /** To the left. */
  headingRateDps: number
  /** This leg carries load. */
  stance: boolean
  /** How hard the foot comes down at contacts; 1 in running at 2.5 m/s, 0 = unnoticed. */
  impact: number
  activity: Activity
}

export const STANDING: Readonly<Pose> = {
  thighDeg: 0,
  kneeDeg: 0,
  abductionDeg: 0,
  rotationDeg: 0,
  leanDeg: 0,
  planted: 1,
  hipForwardM: 0,
  hipOutM: 0,
  hipUpM: 0,
  speedMs: 0,
  climbMs: 0,
  headingRateDps: 0,
  stance: true,
  impact: 0,
  activity: "still",
}

/** From this share of a movement on, the foot does what that movement wants. */
const STEPPING_SHARE = 0.35

/** On the way from one movement into the next; `share` of the second. What steps decides on the foot, even while it fades. */
export function blend(from: Pose, to: Pose, share: number): Pose {
  const stepping = from.impact > to.impact ? from : to
  const other = stepping === from ? to : from
  const steppingShare = stepping === from ? 1 - share : share
  return {
    thighDeg: mix(from.thighDeg, to.thighDeg, share),
    kneeDeg: mix(from.kneeDeg, to.kneeDeg, share),
    abductionDeg: mix(from.abductionDeg, to.abductionDeg, share),
    rotationDeg: mix(from.rotationDeg, to.rotationDeg, share),
    leanDeg: mix(from.leanDeg, to.leanDeg, share),
    planted: mix(from.planted, to.planted, share),
    hipForwardM: mix(from.hipForwardM, to.hipForwardM, share),
    hipOutM: mix(from.hipOutM, to.hipOutM, share),
    hipUpM: mix(from.hipUpM, to.hipUpM, share),
    speedMs: mix(from.speedMs, to.speedMs, share),
    climbMs: mix(from.climbMs, to.climbMs, share),
    headingRateDps: mix(from.headingRateDps, to.headingRateDps, share),
    stance: steppingShare >= STEPPING_SHARE ? stepping.stance : other.stance,
    impact: mix(from.impact, to.impact, share),
    activity: "move",
  }
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}
