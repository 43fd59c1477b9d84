/**
 * Time that passes without anything being done: the motion through the chips, and past its end the last pose. However it is cut into pieces, the device finds the
 * same samples at the same instants. Times in s of the motion.
 */
import type { BoardLink } from "../board-link"
import { OFF_STEP_MS, type Playback } from "../playback"
import type { Boots } from "./boots"
import type { Hands } from "./hands"

export interface Passed {
  link: BoardLink
  playback: Playback
  boots: Boots
  hands: Pick<Hands, "hasPower" | "unsettledS">
  /** After each slice. */
  progress(): void
}

const MS_PER_S = 1000
/** Played at a time: long enough that commands cost nothing beside it, short enough that news come while they are new. */
const SLICE_S = 5
/** While something is broken or was just now, chips may be started anew at any time: played in pieces that end at whole steps of OFF_STEP_MS. */
const UNSETTLED_S = 10
/** Of a step, against rounding. */
const STEP_SHARE = 1e-6

export class Passing {
  /** How far it has come. */
  timeS: number
  readonly #passed: Passed

  /** @param timeS where it begins */
  constructor(timeS: number, passed: Passed) {
    this.timeS = timeS
    this.#passed = passed
  }

  async until(untilS: number): Promise<void> {
    const { hands } = this.#passed
    const isSettled = () => this.timeS > hands.unsettledS + UNSETTLED_S
    while (this.timeS < untilS) {
      const stepS = isSettled() ? untilS : Math.min(untilS, nextStepS(this.timeS))
      if (hands.hasPower) await this.#play(stepS)
      this.timeS = stepS
    }
  }

  async #play(untilS: number): Promise<void> {
    const { hands, link, playback, progress } = this.#passed
    while (!playback.isOver && hands.hasPower) {
      if (link.rateHz === 0) await this.#rest(untilS)
      if (link.rateHz === 0) return
      await playback.playUntil(untilS, SLICE_S, progress)
      if (link.rateHz > 0) break
    }
    if (!playback.isOver || !hands.hasPower) return
    await this.#advance(untilS)
    progress()
  }

  /** The chip is off, or is started anew. */
  async #rest(untilS: number): Promise<void> {
    const { boots, hands, link } = this.#passed
    let stepS = (link.clockMs - boots.zeroMs) / MS_PER_S
    while (stepS < untilS && hands.hasPower && link.rateHz === 0) {
      stepS = Math.min(untilS, nextStepS(stepS))
      await this.#advance(stepS)
    }
  }

  async #advance(untilS: number): Promise<void> {
    const { boots, link } = this.#passed
    const forMs = untilS * MS_PER_S + boots.zeroMs - link.clockMs
    if (forMs > 0) await link.advance(forMs)
  }
}

/** To whole ms, so that what was done by hand can be written down and done again. */
export function inMs(timeS: number): number {
  return Math.round(timeS * MS_PER_S) / MS_PER_S
}

function nextStepS(timeS: number): number {
  const stepS = OFF_STEP_MS / MS_PER_S
  return inMs((Math.floor(timeS / stepS + STEP_SHARE) + 1) * stepS)
}
