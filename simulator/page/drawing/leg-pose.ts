/**
 * Where the parts of the drawn leg are, from the angles of thigh and knee: turns in degrees as SVG has them (clockwise, the leg faces right), lengths in the
 * picture's units. The ankle is nobody's measurement: the foot lies flat while it can, and hangs while it swings.
 */

export const THIGH_LENGTH = 112
export const SHANK_LENGTH = 108
/** From the ankle: the sole below it, its heel and its ball. */
const SOLE_DOWN = 19
const HEEL_BACK = 14
const BALL_FORWARD = 44
/** How far the ankle bends while the foot is flat; then the heel rises, or the toes. */
const DORSIFLEXION_MOST_DEG = 18
const PLANTARFLEXION_MOST_DEG = 25
/** A foot in the air hangs a little. */
const HANGING_DEG = 10

export interface LegPose {
  thighTurn: number
  shankTurn: number
  footTurn: number
  /** From the hip down to the lowest point of the sole. */
  reach: number
  /** From the hip forward to the ankle. */
  ankleForward: number
}

/** @param load 0: the foot is in the air, 1: it carries */
export function legPose(thighDeg: number, kneeDeg: number, load: number): LegPose {
  const shankTurn = kneeDeg - thighDeg
  const flat = shankTurn - clamp(shankTurn, -PLANTARFLEXION_MOST_DEG, DORSIFLEXION_MOST_DEG)
  const footTurn = load * flat + (1 - load) * (shankTurn + HANGING_DEG)
  const ankleDown = THIGH_LENGTH * cos(thighDeg) + SHANK_LENGTH * cos(shankTurn)
  const heelDown = -HEEL_BACK * sin(footTurn) + SOLE_DOWN * cos(footTurn)
  const ballDown = BALL_FORWARD * sin(footTurn) + SOLE_DOWN * cos(footTurn)
  return {
    thighTurn: -thighDeg,
    shankTurn,
    footTurn,
    reach: ankleDown + Math.max(heelDown, ballDown),
    ankleForward: THIGH_LENGTH * sin(thighDeg) - SHANK_LENGTH * sin(shankTurn),
  }
}

/** From the hip of somebody who stands down to the sole. */
export const STANDING_REACH = THIGH_LENGTH + SHANK_LENGTH + SOLE_DOWN

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function sin(deg: number): number {
  return Math.sin((deg * Math.PI) / 180)
}

function cos(deg: number): number {
  return Math.cos((deg * Math.PI) / 180)
}
