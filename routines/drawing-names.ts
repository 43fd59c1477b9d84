/** The drawings that steps can have; each is made in phone/app/coach. */

export const DRAWING_NAMES = [
  "stand-by-a-wall",
  "small-bend",
  "squat-heels-down",
  "squat-heels-up",
  "sit-to-stand",
  "sit-leg-up",
  "sit-foot-flat",
  "tighten-thigh",
  "breathe",
  "stroke-inner-thigh",
  "stroke-front-thigh",
  "stroke-outer-thigh",
  "press-spot",
  "bend-and-straighten",
  "turn-out",
  "turn-in",
  "walk-about",
] as const
export type DrawingName = (typeof DRAWING_NAMES)[number]
