/** A pain score as it is kept when the wearer gives it or corrects it. */
import type { PainScore, ScoreTime } from "../data/kept"
import { type PainRun, scoreWindows } from "./pain-rule"

/**
 * While the score can still be given, another answer takes the place of the one before. Later it corrects what was said then: the time at which it was said
 * stays, by which the rule reads it.
 * @param score 0 to 10; @param earlier the one of this run and time; @param nowMs Unix time
 */
export function givenScore(
  run: PainRun,
  time: ScoreTime,
  score: number,
  earlier: PainScore | undefined,
  nowMs: number,
): PainScore {
  const said = { runKey: run.key, time, score }
  return !earlier || isOpen(run, time, nowMs)
    ? { ...said, givenMs: nowMs }
    : { ...said, givenMs: earlier.givenMs, correctedMs: nowMs }
}

function isOpen(run: PainRun, time: ScoreTime, nowMs: number): boolean {
  return scoreWindows(run).some(
    ({ time: of, fromMs = Number.POSITIVE_INFINITY, untilMs = fromMs }) =>
      of === time && fromMs <= nowMs && nowMs <= untilMs,
  )
}
