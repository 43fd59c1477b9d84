/** Readiness before a run and steps after sitting: of the same knee, on the wearer's own day, in words. */
import test from "ava"
import {
  isTestPainful,
  newestReadiness,
  readinessBefore,
  sittingNotes,
} from "../../../phone/runs/coach-entries"
import { localDay } from "../../../phone/runs/local-time"
import type { CoachEntry } from "../../../src/coach/coach-entry"
import { CoachEntryKind } from "../../../src/coach/coach-entry"
import { CoachAnswer, Readiness } from "../../../src/coach/routine"
import { tested } from "../data/recorded"
import { DAY_S, DEVICE, digest, SUMMER_QUARTERS, SUNDAY_S } from "./made-runs"

const RUN = digest()
const LEFT = [
  { id: DEVICE, side: "left" },
  { id: "bb", side: "right" },
  { id: "cc", side: "left" },
] as const
const MINUTE_S = 60

/** So long before the run. */
function before(seconds: number, entry: Partial<CoachEntry> = {}, deviceId: string = DEVICE) {
  const made = tested(1_000_000 - seconds, { deviceId })
  const end = { unixS: SUNDAY_S - seconds, zoneQuarters: SUMMER_QUARTERS }
  return { ...made, key: `${made.key} ${seconds}`, entry: { ...made.entry, ...entry }, end }
}
const readyBefore = (...entries: ReturnType<typeof before>[]) => readinessBefore(RUN, entries, LEFT)

for (const [readiness, verdict] of [
  [Readiness.ready, "Ready"],
  [Readiness.warmUp, "Warm up and try again"],
  [Readiness.notToday, "Not today"],
  [Readiness.unknown, "No result"],
] as const)
  test(`readiness ${readiness} reads "${verdict}"`, (t) => {
    const [shown] = readyBefore(before(10 * MINUTE_S, { readiness }))
    t.like(shown, { verdict, time: "06:55", isReady: readiness === Readiness.ready })
  })

test("depth and pain stand beside it", (t) => {
  const details = (entry: Partial<CoachEntry>) => readyBefore(before(60, entry))[0]?.details
  t.is(details({}), "8 bends, half of them to about 34° or more, no pain")
  t.is(
    details({ repeats: 1, answer: CoachAnswer.pain }),
    "1 bend, half of them to about 34° or more, it hurt",
  )
  t.is(details({ repeats: 0, answer: CoachAnswer.none }), "no bend counted, not said whether it hurt")
})

test("those of the run's own day before it count, oldest first", (t) => {
  const early = before(6 * 3600, { readiness: Readiness.warmUp })
  t.deepEqual(
    readyBefore(before(60), early).map(({ verdict }) => verdict),
    ["Warm up and try again", "Ready"],
  )
  // 07:05 by the wearer's clocks: eight hours before was yesterday, six hours was today, yesterday by UTC.
  t.deepEqual(readyBefore(before(8 * 3600), before(-60), before(DAY_S)), [])
})

test("a test of the other knee, without a time, or another routine does not count", (t) => {
  const undated = { ...before(60), end: { unixS: 0, zoneQuarters: 0 } }
  const others = [before(60, {}, "bb"), undated, before(60, { kind: CoachEntryKind.routine })]
  t.deepEqual(readyBefore(...others), [])
  t.is(readyBefore(before(60, {}, "cc")).length, 1)
  const run = digest({}, { unixS: 0, receivedMs: SUNDAY_S * 1000 })
  t.deepEqual(readinessBefore(run, [before(60)], LEFT), [])
})

test("the day's newest test tells whether it hurt", (t) => {
  const painful = (...entries: ReturnType<typeof before>[]) =>
    isTestPainful(localDay(RUN), DEVICE, entries, LEFT)
  t.false(painful())
  t.true(painful(before(60, { answer: CoachAnswer.pain, readiness: Readiness.warmUp })))
  t.true(painful(before(60, { readiness: Readiness.notToday })))
  t.false(painful(before(60), before(120, { answer: CoachAnswer.pain })))
})

test("of a day each knee's newest test is told", (t) => {
  const newest = (...entries: ReturnType<typeof before>[]) =>
    newestReadiness(localDay(RUN), entries, LEFT).map(({ side, verdict, isNotToday }) => [
      side,
      verdict,
      isNotToday,
    ])
  const notToday = { readiness: Readiness.notToday }
  t.deepEqual(newest(before(60, notToday), before(120)), [["left", "Not today", true]])
  t.deepEqual(newest(before(60), before(120, notToday, "cc"), before(180, notToday, "bb")), [
    ["right", "Not today", true],
    ["left", "Ready", false],
  ])
  t.deepEqual(newest(before(60, {}, "dd")), [["unknown", "Ready", false]])
  t.deepEqual(newest(before(DAY_S), before(60, { kind: CoachEntryKind.routine })), [])
})

test("sittings are told newest first, with how long and whether pain was marked", (t) => {
  const sitting = { kind: CoachEntryKind.sitting, durationS: 2700, readiness: Readiness.unknown }
  const none = before(DAY_S, { ...sitting, answer: CoachAnswer.none })
  const pain = before(3600, { ...sitting, durationS: 5400, answer: CoachAnswer.pain })
  t.deepEqual(
    sittingNotes([none, before(60), pain]).map(({ key: _, ...note }) => note),
    [
      { when: "Sun, 3 May 2026, 06:05", sat: "90 min", pain: "pain marked" },
      { when: "Sat, 2 May 2026, 07:05", sat: "45 min", pain: "no pain marked" },
    ],
  )
  const undated = { ...none, end: { unixS: 0, zoneQuarters: 0 }, receivedMs: SUNDAY_S * 1000 }
  t.is(sittingNotes([undated])[0]?.when, "received 3 May 2026")
})
