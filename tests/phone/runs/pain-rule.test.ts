/** The rule for pain around a run: what is kept, what is missing, when the next score is due. */
import test from "ava"
import type { PainScore, ScoreTime } from "../../../phone/data/kept"
import { type PainRun, painRule } from "../../../phone/runs/pain-rule"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Runs last an hour. */
function runAt(utc: string, zoneHours = 2): PainRun & { endMs: number } {
  const startMs = Date.parse(`${utc}Z`)
  const start = { unixS: startMs / 1000, zoneQuarters: zoneHours * 4 }
  return {
    key: "run",
    start,
    receivedMs: startMs + DAY_MS,
    durationS: 3600,
    pains: 0,
    endMs: startMs + HOUR_MS,
  }
}
const RUN = runAt("2026-05-03T16:00:00")
const MORNING_MS = Date.parse("2026-05-04T05:30:00Z")

function score(time: ScoreTime, value: number, givenMs: number, runKey = RUN.key): PainScore {
  return { runKey, time, score: value, givenMs }
}
const DURING = score("after", 1, RUN.endMs + MINUTE_MS)
const USUAL = score("morning", 2, RUN.endMs - 12 * HOUR_MS, "earlier")
const scored = (during: number, hour: number, morning: number) => [
  score("after", during, RUN.endMs + MINUTE_MS),
  score("hour", hour, RUN.endMs + 65 * MINUTE_MS),
  score("morning", morning, MORNING_MS),
]
const states = (scores: PainScore[], run: PainRun = RUN) =>
  painRule(run, scores, MORNING_MS).parts.map(({ state }) => state)

for (const [during, hour, morning, expected] of [
  [0, 0, 0, ["kept", "kept", "kept"]],
  [2, 2, 2, ["kept", "kept", "kept"]],
  [3, 2, 2, ["broken", "kept", "kept"]],
  [2, 3, 2, ["kept", "broken", "kept"]],
  [2, 2, 3, ["kept", "kept", "broken"]],
] as const)
  test(`${during}, ${hour}, ${morning} where 2 is usual: ${expected.join(", ")}`, (t) => {
    t.deepEqual(states([USUAL, ...scored(during, hour, morning)]), [...expected])
    const { words } = painRule(RUN, [USUAL, ...scored(during, hour, morning)], MORNING_MS)
    t.regex(
      words,
      expected.every((state) => state === "kept") ? /kept to the rule/ : /more than the rule allows/,
    )
    t.regex(words, /See a professional if pain is sudden, swollen, locked or persistent/)
  })

test("without an earlier morning only no pain is no more than usual", (t) => {
  t.deepEqual(states(scored(1, 1, 1)), ["kept", "unclear", "unclear"])
  t.deepEqual(states(scored(1, 0, 0)), ["kept", "kept", "kept"])
  t.regex(painRule(RUN, scored(1, 1, 1), MORNING_MS).words, /cannot be told: not every score/)
})

test("usual is the last morning before the run, and none that is older than a month", (t) => {
  const older = score("morning", 5, RUN.endMs - 3 * DAY_MS, "older")
  const own = score("morning", 3, MORNING_MS)
  t.deepEqual(states([own, older, USUAL])[2], "broken")
  t.deepEqual(states([own, older])[2], "kept")
  t.deepEqual(states([own, { ...older, givenMs: RUN.endMs - 32 * DAY_MS }])[2], "unclear")
  t.deepEqual(states([own, score("morning", 5, MORNING_MS, "later")])[2], "unclear")
})

for (const [what, value, afterMinutes, state] of [
  ["back to usual early", 2, 20, "kept"],
  ["not yet, early", 4, 20, "unclear"],
  ["back to usual, told too late", 2, 95, "unclear"],
  ["not even later", 4, 95, "broken"],
] as const)
  test(`the hour's score: ${what}`, (t) => {
    const given = score("hour", value, RUN.endMs + afterMinutes * MINUTE_MS)
    t.is(states([USUAL, given])[1], state)
  })

test("a morning's score that was given in the evening does not tell", (t) => {
  t.is(states([USUAL, score("morning", 0, RUN.endMs + 3 * HOUR_MS)])[2], "unclear")
})

test("scores of another run are not this one's", (t) => {
  t.deepEqual(states(scored(0, 0, 0).map((one) => ({ ...one, runKey: "other" }))), [
    "missing",
    "missing",
    "missing",
  ])
})

test("what is missing is asked, with the marks of the run", (t) => {
  const { parts, words } = painRule({ ...RUN, pains: 2 }, [], RUN.endMs)
  t.regex(parts[0]?.words ?? "", /You marked pain 2 times\. How strong/)
  t.regex(words, /scores are missing/)
})

test("the next score is due after the run, after an hour, and on the next morning at five", (t) => {
  const due = (scores: PainScore[], nowMs: number) => painRule(RUN, scores, nowMs).due
  t.like(due([], RUN.endMs), { time: "after", fromMs: RUN.endMs })
  t.like(due([DURING], RUN.endMs), { time: "hour", fromMs: RUN.endMs + HOUR_MS })
  const five = Date.parse("2026-05-04T03:00:00Z")
  t.like(due([DURING], RUN.endMs + 2 * HOUR_MS), { time: "morning", fromMs: five })
  t.is(due([DURING], five + 9 * HOUR_MS), undefined)
  t.is(due(scored(0, 0, 0), RUN.endMs), undefined)
})

for (const [what, utc, zoneHours, morning] of [
  ["at 06:00", "2026-05-03T03:00:00", 2, "2026-05-04T03:00:00"],
  ["at 23:30, until after midnight", "2026-05-03T21:30:00", 2, "2026-05-04T03:00:00"],
  ["at 01:30, too late for that morning", "2026-05-02T23:30:00", 2, "2026-05-04T03:00:00"],
  ["in Auckland", "2026-05-03T16:00:00", 12, "2026-05-04T17:00:00"],
  ["in Honolulu", "2026-05-03T16:00:00", -10, "2026-05-04T15:00:00"],
] as const)
  test(`the morning after a run ${what} is one of the wearer's clocks`, (t) => {
    const run = runAt(utc, zoneHours)
    const scores = [score("after", 0, run.endMs), score("hour", 0, run.endMs + HOUR_MS)]
    t.like(painRule(run, scores, run.endMs), {
      due: { time: "morning", fromMs: Date.parse(`${morning}Z`) },
    })
  })

test("a run without a time is asked for its own pain alone", (t) => {
  const run = { ...RUN, start: { unixS: 0, zoneQuarters: 0 } }
  t.deepEqual(painRule(run, [], MORNING_MS).due, { time: "after", fromMs: undefined, untilMs: undefined })
  t.is(painRule(run, [DURING], MORNING_MS).due, undefined)
  t.deepEqual(states(scored(1, 0, 0), run), ["kept", "unclear", "unclear"])
})

test("no words name a condition or promise anything", (t) => {
  for (const scores of [scored(0, 0, 0), scored(5, 5, 5), [DURING]]) {
    const { words, parts } = painRule(RUN, [USUAL, ...scores], MORNING_MS)
    t.notRegex([words, ...parts.map((part) => part.words)].join(" "), /damag|injur|harm|risk|safe|healthy/i)
  }
})
