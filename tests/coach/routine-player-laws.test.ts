/** Whatever the routine, the presses, the bends, the lateness and the clock. */
import test from "ava"
import fc from "fast-check"
import { CoachEntryFlag } from "../../src/coach/coach-entry"
import { CoachPhase, type RoutineStep, StepKind } from "../../src/coach/routine"
import { askedBends } from "../../src/coach/step-times"
import { Played, routineOf } from "./played"

const LATE_MS = 50
const LONGEST_WAIT_MS = 180_000 + 60_000
const BEND_EVERY_MS = 3000

const durationMs = fc.integer({ min: 0, max: 5000 })
function steps(kinds: readonly StepKind[]): fc.Arbitrary<RoutineStep[]> {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    repeats: fc.integer({ min: 1, max: 12 }),
    everyMs: durationMs,
    restMs: durationMs,
    downMs: durationMs,
    upMs: durationMs,
    depthDeg: fc.integer({ min: 1, max: 60 }),
    isOptional: fc.boolean(),
  })
  return fc.array(step, { minLength: 1, maxLength: 6, size: "max" })
}
const allKinds = Object.values(StepKind)
const timedKinds = [StepKind.pace, StepKind.hold, StepKind.breathe, StepKind.count, StepKind.rest]
/** Just before the clock wraps, or anywhere. */
const starts = fc.oneof(fc.integer({ min: 0x7fffffff - 60_000, max: 0x7fffffff }), fc.integer())
const latenesses = fc.infiniteStream(fc.integer({ min: 0, max: LATE_MS }))

function lateBy(stream: fc.Stream<number>): () => number {
  return () => stream.next().value ?? 0
}

const acts: fc.Arbitrary<(one: Played) => void> = fc.oneof(
  fc.constantFrom(
    (one: Played) => one.next(),
    (one: Played) => one.answer(false),
  ),
  fc
    .tuple(fc.nat(7), fc.integer({ min: -500, max: 15_000 }), fc.nat(9999), fc.nat(9), fc.nat(400))
    .map(([news, peakCdeg, bendMs, halts, ageMs]) => (one: Played) => {
      one.news(news, { peakCdeg, durationMs: bendMs, halts }, ageMs)
    }),
)
const endings = fc.constantFrom(
  (one: Played) => one.answer(true),
  (one: Played) => one.stop(),
  () => {},
)

/** Longest that it goes on when nobody does anything. */
function longestMs(all: readonly RoutineStep[]): number {
  return all.reduce(
    (sum, { repeats, everyMs, restMs, downMs, upMs }) =>
      sum + repeats * (everyMs + restMs + downMs + upMs) + LONGEST_WAIT_MS,
    0,
  )
}

function holds(one: Played, lastStep: number): boolean {
  const { player, atMs, nowMs } = one
  const stepMs = player.stepMs(nowMs)
  return player.step >= lastStep && stepMs >= 0 && stepMs <= atMs
}

test("it ends, once, and tells what can be", (t) => {
  const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), acts), { maxLength: 40, size: "max" })
  fc.assert(
    fc.property(steps(allKinds), starts, latenesses, script, endings, (all, start, late, events, ending) => {
      const routine = routineOf(...all)
      const one = new Played(routine, start, lateBy(late))
      let lastStep = 0
      for (const [afterMs, act] of events) {
        act(one.pass(afterMs))
        if (!holds(one, lastStep)) return false
        lastStep = one.player.step
      }
      ending(one)
      one.pass(longestMs(all) + LATE_MS)
      const entry = one.player.entry()
      const isOnce = one.felt.filter((line) => line.endsWith("done")).length === 1
      return (
        one.player.phase === CoachPhase.done &&
        isOnce &&
        (one.felt.at(-1) ?? "").endsWith("done") &&
        holds(one, lastStep) &&
        one.player.tick(one.nowMs) === 0 &&
        entry.repeats <= askedBends(routine) &&
        entry.durationS * 1000 <= one.atMs &&
        Number.isInteger(entry.depthCdeg) &&
        ((one.nowMs - entry.endMs) | 0) >= 0
      )
    }),
    { numRuns: 500 },
  )
  t.pass()
})

test("it completes by the button's short press alone", (t) => {
  fc.assert(
    fc.property(steps(allKinds), starts, (all, start) => {
      const one = new Played(routineOf(...all), start)
      let presses = 0
      for (; one.player.phase !== CoachPhase.done; presses++) one.pass(1).next()
      return presses <= 2 * all.length && (one.player.entry().flags & CoachEntryFlag.complete) !== 0
    }),
  )
  t.pass()
})

test("it completes by waiting and bending alone, but for where the wearer gets ready", (t) => {
  const kinds = allKinds.filter((kind) => kind !== StepKind.ready)
  fc.assert(
    fc.property(steps(kinds), starts, latenesses, (all, start, late) => {
      const one = new Played(routineOf(...all), start, lateBy(late))
      for (let left = 1000; left > 0 && one.player.phase !== CoachPhase.done; left--)
        one.pass(BEND_EVERY_MS).bent({ peakCdeg: 6000 })
      return (one.player.entry().flags & CoachEntryFlag.complete) !== 0
    }),
  )
  t.pass()
})

test("what is timed takes the same time to the millisecond however late the timer is, and no buzz is later than the timer", (t) => {
  fc.assert(
    fc.property(steps(timedKinds), starts, latenesses, (all, start, late) => {
      // Parts that are shorter than the timer is late would be felt as one.
      const long = all.map((step) => ({
        ...step,
        everyMs: step.everyMs + 100,
        restMs: step.restMs + 100,
        downMs: step.downMs + 100,
        upMs: step.upMs + 100,
      }))
      const exact = new Played(routineOf(...long), start).pass(longestMs(long))
      const belated = new Played(routineOf(...long), start, lateBy(late)).pass(longestMs(long))
      if (exact.player.entry().endMs !== belated.player.entry().endMs) return false
      return (
        exact.felt.length === belated.felt.length &&
        exact.felt.every((line, index) => {
          const [dueMs, buzz] = line.split(" ")
          const [feltMs, belatedBuzz] = (belated.felt[index] ?? "").split(" ")
          const lateMs = Number(feltMs) - Number(dueMs)
          return buzz === belatedBuzz && lateMs >= 0 && lateMs <= LATE_MS
        })
      )
    }),
  )
  t.pass()
})

test("the n-th tick of a pace is due n times its interval after it began, and a late one puts off none of those after it", (t) => {
  const pace = { restMs: 0, downMs: 0, upMs: 0, depthDeg: 0, isOptional: false }
  const routine = routineOf({ ...pace, kind: StepKind.pace, repeats: 240, everyMs: 500 })
  let calls = 0
  const one = new Played(routine, 0x7fffffff - 30_000, () => (calls++ % 2) * LATE_MS).pass(120_000 + LATE_MS)
  const ticks = one.felt.slice(1).map((line) => Number(line.split(" ")[0]))
  t.is(ticks.length, 240)
  for (const [index, atMs] of ticks.entries()) {
    const lateMs = atMs - (index + 1) * 500
    t.true(lateMs === 0 || lateMs === LATE_MS, `tick ${index + 1} at ${atMs}`)
  }
})
