/**
 * Which leg wears the sensor: mean up and the swing's axis (forward positive) of windows of gait in, Q14 in the sensor's frame; the leg out.
 * The axis leans up by 10 ± 5° on the right leg (17 of the 18 runners, one has -1°), so down on the left one.
 */
import { degSineQ14, dot, type Vector } from "./vector"

export const Leg = { unknown: 0, left: 1, right: 2 } as const
export type Leg = (typeof Leg)[keyof typeof Leg]

const LEG_SURE_Q14 = degSineQ14(4)
/** Windows of gait that tell it, 2^n: until then (40 s) up may still settle. */
const LEG_SHIFT = 4

export interface LegSense {
  leg: Leg
  window(up: Vector, axis: Vector): void
  /** Forgets the windows, not the leg. */
  forget(): void
}

export function createLegSense(): LegSense {
  let sum = 0
  let windows = 0

  const sense: LegSense = {
    leg: Leg.unknown,

    window(up, axis) {
      if (windows < 1 << LEG_SHIFT) windows++
      else sum -= sum >> LEG_SHIFT
      sum += dot(axis, up)
      if (windows < 1 << LEG_SHIFT) return
      const leaning = sum >> LEG_SHIFT
      if (leaning > LEG_SURE_Q14) sense.leg = Leg.right
      else if (leaning < -LEG_SURE_Q14) sense.leg = Leg.left
    },

    forget() {
      sum = windows = 0
    },
  }
  return sense
}
