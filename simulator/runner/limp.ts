/**
 * A leg that is spared: it stays shorter on the ground, pushes less and bends less while it is loaded, and the other foot comes down sooner. What
 * happens is that of painful knees (Corrigan et al. 2023, Arthritis Care Res 75:1735–1743); how much of it at 1 is plausible, not measured.
 */
import type { Body } from "./body"

export interface Sparing {
  /** Of the leg's time on the ground and of its push. */
  stanceGain: number
  pushGain: number
  /** Of the knee's bend under load. */
  bendGain: number
  /** Share of the stride at which the other foot comes down. */
  otherLegAt: number
}

const SHORTER = 0.2
const WEAKER = 0.25
const STIFFER = 0.5
const SOONER = 0.05
const HALF_STRIDE = 0.5

/** @throws RangeError for a limp that is not from 0 to 1. */
export function sparing({ limp }: Body): Sparing {
  if (!(limp >= 0 && limp <= 1)) throw new RangeError(`a limp of ${limp}: from 0 (none) to 1`)
  return {
    stanceGain: 1 - SHORTER * limp,
    pushGain: 1 - WEAKER * limp,
    bendGain: 1 - STIFFER * limp,
    otherLegAt: HALF_STRIDE - SOONER * limp,
  }
}
