/**
 * A question to the wearer, asked by buzz: a press within half a minute says yes to it, otherwise it lapses. It stands before what cannot be
 * undone, and before an update, so that nobody without the device in hand can do that.
 */

import { constant } from "../constant"
import type { Haptics } from "../haptics/haptics"
import { ASK } from "../haptics/patterns"
import type { TimeService } from "../io"

const LAPSES_AFTER_MS = 30_000

export const Asked = constant({ nothing: 0, forgetPhones: 1, eraseRuns: 2, update: 3 } as const)
export type Asked = (typeof Asked)[keyof typeof Asked]

export interface QuestionOptions {
  haptics: Haptics
  time: TimeService
  /** Made when one is asked: most devices are never asked anything. */
  question?: Question | undefined
}

export class Question {
  readonly asked: Asked
  private readonly askedMs: number

  constructor(asked: Asked, nowMs: number) {
    this.asked = asked
    this.askedMs = nowMs
  }

  hasLapsed(nowMs: number): boolean {
    // The clock may have wrapped in between (src/io.ts).
    return ((nowMs - this.askedMs) | 0) > LAPSES_AFTER_MS
  }
}

/** @returns false when the motor cannot ask it: then nothing is asked */
export function ask(parts: QuestionOptions, what: Asked): boolean {
  const isAsked = parts.haptics.play(ASK)
  parts.question = isAsked ? new Question(what, parts.time.ticks) : undefined
  return isAsked
}

/** Yes. @returns what was asked, which is not asked any more */
export function takeYes(parts: QuestionOptions): Asked {
  lapse(parts)
  const asked = parts.question?.asked ?? Asked.nothing
  parts.question = undefined
  return asked
}

/** Once a second. */
export function lapse(parts: QuestionOptions): void {
  if (parts.question?.hasLapsed(parts.time.ticks)) parts.question = undefined
}
