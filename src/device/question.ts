/**
 * A question to the wearer, asked by buzz: a press within half a minute says yes to it, otherwise it lapses. It stands before what cannot be
 * undone, so that nobody without the device in hand can do that.
 */
import type { TimeService } from "../board"
import type { Haptics } from "../haptics/haptics"
import { ASK } from "../haptics/patterns"

const LAPSES_AFTER_MS = 30_000

export const Asked = { nothing: 0, forgetPhones: 1, eraseRuns: 2 } as const
export type Asked = (typeof Asked)[keyof typeof Asked]

export interface QuestionOptions {
  haptics: Haptics
  time: TimeService
}

export class Question {
  /** What is asked now. */
  asked: Asked = Asked.nothing
  #askedMs = 0

  /** @returns false when the motor cannot ask it: then nothing is asked */
  ask({ haptics, time }: QuestionOptions, what: Asked): boolean {
    this.asked = Asked.nothing
    if (!haptics.play(ASK)) return false
    this.asked = what
    this.#askedMs = time.ticks
    return true
  }

  /** Yes. @returns what was asked, which is not asked any more */
  take(nowMs: number): Asked {
    this.tick(nowMs)
    const { asked } = this
    this.asked = Asked.nothing
    return asked
  }

  /** Once a second. */
  tick(nowMs: number): void {
    // The clock may have wrapped in between (src/board.ts).
    if (((nowMs - this.#askedMs) | 0) > LAPSES_AFTER_MS) this.asked = Asked.nothing
  }
}
