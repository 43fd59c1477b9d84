/** What a step of a routine looks like: a line figure beside words that say the same. The leg with the sensor is dark, what moves is orange. */
import type { ComponentChild } from "preact"
import type { DrawingName } from "../../../routines/drawing-names"
import { INNER_STROKE, OUTER_STROKE, PRESS, THIGH_STROKE, TURN_IN, TURN_OUT } from "./leg-drawings"
import { BEND, BREATHE, FOOT_FLAT, LEG_UP, TIGHTEN } from "./seated-drawings"
import { BY_THE_WALL, HEELS_DOWN, HEELS_UP, SIT_TO_STAND, SMALL_BEND, WALK } from "./standing-drawings"

const DRAWINGS: Record<DrawingName, ComponentChild> = {
  "stand-by-a-wall": BY_THE_WALL,
  "small-bend": SMALL_BEND,
  "squat-heels-down": HEELS_DOWN,
  "squat-heels-up": HEELS_UP,
  "sit-to-stand": SIT_TO_STAND,
  "sit-leg-up": LEG_UP,
  "sit-foot-flat": FOOT_FLAT,
  "tighten-thigh": TIGHTEN,
  breathe: BREATHE,
  "stroke-inner-thigh": INNER_STROKE,
  "stroke-front-thigh": THIGH_STROKE,
  "stroke-outer-thigh": OUTER_STROKE,
  "press-spot": PRESS,
  "bend-and-straighten": BEND,
  "turn-out": TURN_OUT,
  "turn-in": TURN_IN,
  "walk-about": WALK,
}

export function RoutineDrawing({ name }: { name: DrawingName }) {
  return (
    <svg class="drawing routine-drawing" viewBox="0 0 200 160" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  )
}
