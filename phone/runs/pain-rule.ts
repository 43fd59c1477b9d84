/**
 * Pain around a run by the rule that Esculier et al. gave runners: at most 2 of 10 during it, back to usual within 60 minutes, and not worse the next morning
 * (2018, Br J Sports Med 52:659–666). Usual is what the last morning before the run was scored. Scores, marks and times in, words out; no verdict on a knee.
 */
import type { PainScore, ScoreTime } from "../data/kept"
import { dayOf, hasTime, placedMs, type RunTime, zoneMs } from "./local-time"
import { count } from "./number-words"

const MOST_DURING = 2
const MS_PER_S = 1000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A score that comes later does not tell how it was after 60 minutes; one that comes after the morning not how that was. */
const HOUR_SCORE_UNTIL_MS = 90 * MINUTE_MS
const MORNING_SCORE_UNTIL_MS = 8 * HOUR_MS
/** The next morning begins at five, after some hours of night. Choices of ours. */
const MORNING_HOUR = 5
const LEAST_NIGHT_MS = 4 * HOUR_MS
/** An older morning does not tell what is usual now; a choice of ours. */
const USUAL_DAYS = 30

export interface PainRun extends RunTime {
  key: string
  durationS: number
  /** How often pain was marked in it. */
  pains: number
}

/** `unclear`: there is a score, but it does not tell. */
export type PartState = "kept" | "broken" | "unclear" | "missing"

export interface RulePart {
  time: ScoreTime
  state: PartState
  words: string
}

export interface DueScore {
  time: ScoreTime
  /** Unix time, ms, from which it can be given, and after which it no longer tells; undefined where the run's own time is not known. */
  fromMs: number | undefined
  untilMs: number | undefined
}

export interface PainRule {
  /** In the order of SCORE_TIMES. */
  parts: RulePart[]
  words: string
  /** The next score to ask for; undefined when all are there or too late. */
  due: DueScore | undefined
}

/** @param scores of all runs; @param nowMs Unix time */
export function painRule(run: PainRun, scores: readonly PainScore[], nowMs: number): PainRule {
  const of = (time: ScoreTime) => scores.find((score) => score.runKey === run.key && score.time === time)
  const usual = usualScore(run, scores)
  const parts = [
    duringPart(run, of("after")),
    hourPart(run, of("hour"), usual),
    morningPart(run, of("morning"), usual),
  ]
  const due = scoreWindows(run).find(
    ({ time, untilMs }) => !of(time) && (untilMs === undefined || nowMs <= untilMs),
  )
  return { parts, words: summary(parts), due }
}

/** When each score can be given. Summer time that begins or ends in that night moves the morning by an hour: the record has one zone. */
export function scoreWindows(run: PainRun): DueScore[] {
  const endMs = endOf(run)
  if (endMs === undefined) return [{ time: "after", fromMs: undefined, untilMs: undefined }]
  const morningMs = nextMorning(run, endMs)
  return [
    { time: "after", fromMs: endMs, untilMs: morningMs },
    { time: "hour", fromMs: endMs + HOUR_MS, untilMs: endMs + HOUR_SCORE_UNTIL_MS },
    { time: "morning", fromMs: morningMs, untilMs: morningMs + MORNING_SCORE_UNTIL_MS },
  ]
}

function nextMorning(run: PainRun, endMs: number): number {
  const earliestMs = endMs + zoneMs(run) + LEAST_NIGHT_MS
  const fiveMs = dayOf(earliestMs) * DAY_MS + MORNING_HOUR * HOUR_MS
  return (fiveMs < earliestMs ? fiveMs + DAY_MS : fiveMs) - zoneMs(run)
}

function endOf(run: PainRun): number | undefined {
  return hasTime(run) ? placedMs(run) + run.durationS * MS_PER_S : undefined
}

function usualScore(run: PainRun, scores: readonly PainScore[]): number | undefined {
  const beginMs = placedMs(run)
  return scores
    .filter(
      ({ time, runKey, givenMs }) =>
        time === "morning" &&
        runKey !== run.key &&
        givenMs < beginMs &&
        givenMs > beginMs - USUAL_DAYS * DAY_MS,
    )
    .reduce<PainScore | undefined>(
      (last, score) => (last && last.givenMs > score.givenMs ? last : score),
      undefined,
    )?.score
}

function duringPart(run: PainRun, score: PainScore | undefined): RulePart {
  const time = "after"
  if (!score) {
    const marked = run.pains > 0 ? `You marked pain ${count(run.pains, "time")}. ` : ""
    return { time, state: "missing", words: `${marked}How strong was it at most during the run, 0 to 10?` }
  }
  const isKept = score.score <= MOST_DURING
  return {
    time,
    state: isKept ? "kept" : "broken",
    words: `During the run ${score.score} of 10: ${isKept ? "not above" : "above"} ${MOST_DURING}.`,
  }
}

function hourPart(run: PainRun, score: PainScore | undefined, usual: number | undefined): RulePart {
  const time = "hour"
  const endMs = endOf(run)
  if (!score) return { time, state: "missing", words: "How is it an hour after the run, 0 to 10?" }
  const part = againstUsual(time, score, usual, "An hour after", ["back to usual", "not back to usual"])
  if (endMs === undefined) return unclear(part, "When the run ended is not known, so neither is the hour.")
  // Early and back to usual, or late and not: then the hour's state follows.
  if (part.state === "broken" && score.givenMs < endMs + HOUR_MS)
    return unclear(part, "This was given before the hour was over.")
  if (part.state === "kept" && score.givenMs > endMs + HOUR_SCORE_UNTIL_MS)
    return unclear(part, "This was given too late to tell how it was after an hour.")
  return part
}

function morningPart(run: PainRun, score: PainScore | undefined, usual: number | undefined): RulePart {
  const time = "morning"
  if (!score) return { time, state: "missing", words: "How is it on the next morning, 0 to 10?" }
  const part = againstUsual(time, score, usual, "On the next morning", [
    "not worse than usual",
    "worse than usual",
  ])
  const endMs = endOf(run)
  if (endMs === undefined) return unclear(part, "When the run ended is not known, so neither is the morning.")
  const fromMs = nextMorning(run, endMs)
  if (score.givenMs < fromMs || score.givenMs > fromMs + MORNING_SCORE_UNTIL_MS)
    return unclear(part, "This was not given on the next morning.")
  return part
}

/** Without pain nothing can be worse than usual, whatever that is. */
function againstUsual(
  time: ScoreTime,
  { score }: PainScore,
  usual: number | undefined,
  when: string,
  [kept, broken]: readonly [kept: string, broken: string],
): RulePart {
  if (score === 0) return { time, state: "kept", words: `${when} 0 of 10: ${kept}.` }
  if (usual === undefined)
    return {
      time,
      state: "unclear",
      words: `${when} ${score} of 10. What is usual for you is not known: no morning before this run has a score.`,
    }
  const isKept = score <= usual
  return {
    time,
    state: isKept ? "kept" : "broken",
    words: `${when} ${score} of 10, usual is ${usual}: ${isKept ? kept : broken}.`,
  }
}

function unclear(part: RulePart, why: string): RulePart {
  return { ...part, state: "unclear", words: `${part.words} ${why}` }
}

const PROFESSIONAL = "See a professional if pain is sudden, swollen, locked or persistent."

function summary(parts: readonly RulePart[]): string {
  const has = (state: PartState) => parts.some((part) => part.state === state)
  if (has("broken"))
    return `This run was more than the rule allows. Make the next one shorter or slower. Stop if it hurts. ${PROFESSIONAL}`
  if (has("missing")) return "The rule cannot be told yet: scores are missing."
  if (has("unclear")) return "The rule cannot be told: not every score says enough."
  return `This run kept to the rule. ${PROFESSIONAL}`
}
