/** When a score was given is kept, however late it is corrected; an answer in time takes the place of an earlier one. */
import test from "ava"
import type { PainScore, ScoreTime } from "../../../phone/data/kept"
import { givenScore } from "../../../phone/runs/given-score"
import { type PainRun, painRule } from "../../../phone/runs/pain-rule"
import { UNDATED } from "../data/recorded"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const START_MS = Date.UTC(2026, 4, 3, 16)
/** Of an hour, by clocks two hours ahead of UTC. */
const RUN: PainRun = {
  key: "run",
  start: { unixS: START_MS / 1000, zoneQuarters: 8 },
  receivedMs: START_MS,
  durationS: 3600,
  pains: 0,
}
const END_MS = START_MS + HOUR_MS
const MORNING_MS = Date.UTC(2026, 4, 4, 5)

function earlier(time: ScoreTime, givenMs: number): PainScore {
  return { runKey: RUN.key, time, score: 3, givenMs }
}

test("the first score is given now", (t) => {
  t.deepEqual(givenScore(RUN, "hour", 2, undefined, END_MS), {
    runKey: "run",
    time: "hour",
    score: 2,
    givenMs: END_MS,
  })
})

const TABLE: [what: string, time: ScoreTime, beforeMs: number, nowMs: number, isNewAnswer: boolean][] = [
  ["the hour's, too early, again in time", "hour", END_MS + 20 * MINUTE_MS, END_MS + HOUR_MS, true],
  ["the hour's, two days later", "hour", END_MS + HOUR_MS, END_MS + 48 * HOUR_MS, false],
  ["the hour's, too late, and later still", "hour", END_MS + 2 * HOUR_MS, END_MS + 3 * HOUR_MS, false],
  ["the run's, in the evening", "after", END_MS, END_MS + HOUR_MS, true],
  ["the run's, the next morning", "after", END_MS, MORNING_MS, false],
  ["the morning's, an hour later", "morning", MORNING_MS, MORNING_MS + HOUR_MS, true],
  ["the morning's, in the evening", "morning", MORNING_MS, MORNING_MS + 12 * HOUR_MS, false],
]
for (const [what, time, beforeMs, nowMs, isNewAnswer] of TABLE) {
  test(`${what}: ${isNewAnswer ? "a new answer" : "a correction"}`, (t) => {
    const given = givenScore(RUN, time, 1, earlier(time, beforeMs), nowMs)
    const times = isNewAnswer ? { givenMs: nowMs } : { givenMs: beforeMs, correctedMs: nowMs }
    t.deepEqual(given, { runKey: RUN.key, time, score: 1, ...times })
  })
}

test("of a run without a time every change is a correction", (t) => {
  const run = { ...RUN, start: UNDATED }
  t.like(givenScore(run, "after", 1, earlier("after", 5), 9), { givenMs: 5, correctedMs: 9 })
})

test("a morning that is corrected after the next run still tells that run what is usual", (t) => {
  const next = { ...RUN, key: "next", start: { ...RUN.start, unixS: RUN.start.unixS + 86_400 } }
  const nextEndMs = END_MS + 24 * HOUR_MS
  const morning = givenScore(RUN, "morning", 2, earlier("morning", MORNING_MS), nextEndMs + 2 * HOUR_MS)
  const hour: PainScore = { runKey: "next", time: "hour", score: 2, givenMs: nextEndMs + HOUR_MS }
  t.is(painRule(next, [morning, hour], nextEndMs + 2 * HOUR_MS).parts[1]?.state, "kept")
})
