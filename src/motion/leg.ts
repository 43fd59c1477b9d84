/**
 * Which leg wears the sensor: mean up and the swing's axis (forward positive) of windows of gait in, Q14 in the sensor's frame; the leg out.
 * The axis leans up by 10 ± 5° on the right leg (17 of the 18 runners, one has -1°), so down on the left one.
 */
import { constant } from "../constant"
import { degSineQ14, type Vector } from "./vector"

export const Leg = constant({ unknown: 0, left: 1, right: 2 } as const)
export type Leg = (typeof Leg)[keyof typeof Leg]

const LEG_SURE_Q14 = degSineQ14(4)
/** Windows of gait that tell it, 2^n: until then (40 s) up may still settle. */
const LEG_SHIFT = 4

export class LegSense {
  leg: Leg = Leg.unknown
  private sum = 0
  private windows = 0

  window(up: Readonly<Vector>, axis: Readonly<Vector>): void {
    if (this.windows < 1 << LEG_SHIFT) this.windows++
    else this.sum -= this.sum >> LEG_SHIFT
    this.sum += axis.dot(up)
    if (this.windows < 1 << LEG_SHIFT) return
    const leaning = this.sum >> LEG_SHIFT
    if (leaning > LEG_SURE_Q14) this.leg = Leg.right
    else if (leaning < -LEG_SURE_Q14) this.leg = Leg.left
  }

  /** Forgets the windows, not the leg. */
  forget(): void {
    this.sum = 0
    this.windows = 0
  }
}
