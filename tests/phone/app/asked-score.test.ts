/** Which pain score is asked for: while it tells something, one at a time, never again once turned down. */
import test from "ava"
import { askedOf, askedScore, askedWords, withoutAsking } from "../../../phone/app/asked-score"
import { type PainScore, PREFERENCES, type ScoreTime } from "../../../phone/data/kept"
import { DEVICE, daysBefore, digest } from "./digests"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const RUN = digest()
const END_MS = RUN.start.unixS * 1000 + RUN.durationS * 1000
/** Five o'clock in Berlin, on the day after. */
const MORNING_MS = Date.UTC(2026, 4, 4, 3)

function given(...times: ScoreTime[]): PainScore[] {
  return times.map((time) => ({ runKey: RUN.key, time, score: 1, givenMs: END_MS }))
}

const TABLE: [when: string, nowMs: number, scores: PainScore[], asked: ScoreTime | undefined][] = [
  ["during the run", END_MS - 1, [], undefined],
  ["right after it", END_MS, [], "after"],
  ["half an hour later, the first given", END_MS + HOUR_MS / 2, given("after"), undefined],
  ["an hour later, the first given", END_MS + HOUR_MS, given("after"), "hour"],
  ["two hours later, the first given", END_MS + 2 * HOUR_MS, given("after"), undefined],
  ["two hours later, none given", END_MS + 2 * HOUR_MS, [], "after"],
  ["the next morning, none given", MORNING_MS + MINUTE_MS, [], "morning"],
  ["the next morning, all given", MORNING_MS + MINUTE_MS, given("after", "hour", "morning"), undefined],
  ["the next evening", MORNING_MS + 14 * HOUR_MS, [], undefined],
]

for (const [when, nowMs, scores, time] of TABLE) {
  test(`${when}: ${time ?? "nothing"}`, (t) => {
    t.is(askedScore([RUN], scores, PREFERENCES, nowMs)?.time, time)
  })
}

test("nobody asks who has switched it off, of a run without a time, or of one that cannot be read", (t) => {
  t.is(askedScore([RUN], [], { ...PREFERENCES, asksForScores: false }, END_MS), undefined)
  const undated = digest({ start: { unixS: 0, zoneQuarters: 0 }, receivedMs: END_MS })
  t.is(askedScore([undated], [], PREFERENCES, END_MS), undefined)
  t.is(askedScore([digest({ unreadable: "newer" })], [], PREFERENCES, END_MS), undefined)
})

test("a run that was turned down is not asked about again, nor one before it; the next one is", (t) => {
  const earlier = digest({ runId: 2, ...daysBefore(0.1) })
  const asked = askedScore([RUN, earlier], [], PREFERENCES, END_MS)
  if (!asked) return t.fail()
  const preferences = withoutAsking(PREFERENCES, { ...asked, run: RUN })
  t.is(askedScore([RUN, earlier], [], preferences, END_MS), undefined)
  const next = digest({ runId: 3, ...daysBefore(-1) })
  const nextEndMs = next.start.unixS * 1000 + next.durationS * 1000
  t.is(askedScore([next, RUN, earlier], [], preferences, nextEndMs)?.run.key, next.key)
})

test("a run's own screen asks for what the list asks for, and no more", (t) => {
  const evening = { ...PREFERENCES, asksFromMs: RUN.start.unixS * 1000 }
  for (const [when, nowMs, scores, time] of TABLE) {
    t.is(askedOf(RUN, scores, PREFERENCES, nowMs)?.time, time, when)
    t.is(askedOf(RUN, scores, evening, nowMs)?.time, time, `${when}, one before it turned down`)
    const asked = { run: RUN, time: "after" } as const
    t.is(askedOf(RUN, scores, withoutAsking(PREFERENCES, asked), nowMs), undefined, `${when}, turned down`)
  }
})

test("of two runs the score that is soonest too late comes first", (t) => {
  const evening = digest({ runId: 2, ...daysBefore(0.5) })
  const asked = (scores: PainScore[], nowMs: number) => askedScore([RUN, evening], scores, PREFERENCES, nowMs)
  t.like(asked([], END_MS + MINUTE_MS), { run: evening, time: "morning" })
  t.like(asked(given("after"), END_MS + HOUR_MS), { run: RUN, time: "hour" })
})

test("the question names the run, and of two devices the knee", (t) => {
  const asked = { run: RUN, time: "hour" } as const
  t.is(askedWords(asked, [DEVICE]), "How is your knee now, an hour after your run of Sun, 3 May 2026, 07:05?")
  t.regex(askedWords(asked, [DEVICE, { ...DEVICE, id: "ffff" }]), /^How is your left knee now/)
})

test("10 years of daily runs are looked through in less than 50 ms", (t) => {
  const runs = Array.from({ length: 3650 }, (_, day) => digest({ runId: 3650 - day, ...daysBefore(day) }))
  const scores = runs.flatMap(({ key }) =>
    (["after", "hour", "morning"] as const).map((time) => ({ runKey: key, time, score: 1, givenMs: END_MS })),
  )
  const beganMs = performance.now()
  t.is(askedScore(runs, scores, PREFERENCES, END_MS), undefined)
  const tookMs = performance.now() - beganMs
  t.log(`${tookMs.toFixed(1)} ms`)
  t.true(tookMs < 50, `${tookMs} ms`)
})
