/** When a sitting is long, when it may be told, and what the steps after it come to. */
import test from "ava"
import fc from "fast-check"
import type { CoachEntry } from "../../src/coach/coach-entry"
import { CoachEntryFlag, CoachEntryKind } from "../../src/coach/coach-entry"
import { CoachAnswer, Readiness } from "../../src/coach/routine"
import { isQuiet, SittingWatch } from "../../src/coach/sitting-watch"

const SITS = { isSitting: true, isUp: false }
const UP = { isSitting: false, isUp: true }
/** Neither: on the way, or the leg stretched out. */
const BETWEEN = { isSitting: false, isUp: false }
type Posture = typeof SITS

/** A watch and its seconds; a buzz comes as soon as it may. */
class Watched {
  readonly watch = new SittingWatch()
  readonly entries: CoachEntry[] = []
  readonly buzzesS: number[] = []
  nowS = 0
  readonly #sittingMin: number

  constructor(sittingMin = 30) {
    this.#sittingMin = sittingMin
  }

  for(seconds: number, { isSitting, isUp }: Posture): this {
    for (let second = 0; second < seconds; second++) {
      this.nowS++
      const entry = this.watch.second(this.nowS * 1000, isSitting, isUp, this.#sittingMin)
      if (entry) this.entries.push(entry)
      if (!this.watch.mayBuzz(this.#sittingMin)) continue
      this.buzzesS.push(this.nowS)
      this.watch.buzzed()
    }
    return this
  }
  strides(count: number): this {
    for (let stride = 0; stride < count; stride++) {
      this.watch.stride()
      this.for(1, UP)
    }
    return this
  }
  pain(): CoachEntry | undefined {
    return this.watch.pain(this.nowS * 1000)
  }
  get isAwaited(): boolean {
    return this.watch.isAwaited(this.#sittingMin)
  }
}

test("half an hour of sitting is told once, however long it goes on", (t) => {
  const watched = new Watched().for(10, UP).for(4 * 3600, SITS)
  t.deepEqual(watched.buzzesS, [10 + 1800])
  t.is(watched.watch.satMin, 240)
})

test("the next sitting is told anew", (t) => {
  const watched = new Watched().for(1900, SITS).for(5, UP).for(1900, SITS)
  t.deepEqual(watched.buzzesS, [1800, 1905 + 1800])
})

test("a fidget of under a minute does not begin anew; getting up for a second does, and so does a minute", (t) => {
  for (const [between, how, expected] of [
    [59, BETWEEN, 1800],
    [60, BETWEEN, 1000 + 60 + 1800],
    [1, UP, 1000 + 1 + 1800],
  ] as const)
    t.deepEqual(new Watched().for(1000, SITS).for(between, how).for(2000, SITS).buzzesS, [expected])
})

test("in the midst of a fidget nothing is told: a minute later it is", (t) => {
  t.deepEqual(new Watched().for(1790, SITS).for(20, BETWEEN).for(100, SITS).buzzesS, [1860])
})

test("the setting's minutes count, and 0 is never: no buzz, no steps, and no sleep put off", (t) => {
  t.deepEqual(new Watched(1).for(70, SITS).buzzesS, [60])
  const never = new Watched(0).for(7200, SITS)
  t.deepEqual([never.buzzesS, never.isAwaited], [[], false])
  t.is(never.for(1, UP).pain(), undefined)
  t.is(never.for(60, SITS).watch.satMin, 1)
})

test("for half a minute from the buzz on a press answers it, once", (t) => {
  const { watch } = new Watched().for(1800, SITS)
  t.true(watch.isBuzzNew)
  watch.snooze()
  t.false(watch.isBuzzNew)
  const late = new Watched().for(1829, SITS)
  t.true(late.watch.isBuzzNew)
  t.false(late.for(1, SITS).watch.isBuzzNew)
})

test("put off, an hour has no buzz: a sitting that is long by then is told at its end, and none twice", (t) => {
  const watched = new Watched().for(1800, SITS)
  watched.watch.snooze()
  watched.for(100, UP).for(4 * 3600, SITS)
  t.deepEqual(watched.buzzesS, [1800, 1800 + 100 + 3540], "the first whole minute of sitting past the hour")
  const same = new Watched().for(1800, SITS)
  same.watch.snooze()
  t.deepEqual(same.for(3 * 3600, SITS).buzzesS, [1800])
})

test("twenty steps after a long sitting without a word are without pain", (t) => {
  const watched = new Watched().for(2400, SITS).for(3, UP).strides(10)
  t.deepEqual(watched.entries, [])
  watched.for(10, UP)
  t.deepEqual(watched.entries, [
    {
      kind: CoachEntryKind.sitting,
      routine: 0,
      endMs: watched.entries[0]?.endMs ?? Number.NaN,
      durationS: 2400,
      repeats: 20,
      depthCdeg: 0,
      meanMs: 0,
      halts: 0,
      answer: CoachAnswer.noPain,
      readiness: Readiness.unknown,
      flags: CoachEntryFlag.complete,
    },
  ])
  t.is(watched.pain(), undefined)
})

test("pain within them is kept with the steps so far, and ends the watch", (t) => {
  const watched = new Watched().for(1800, SITS).for(10, BETWEEN).for(2, UP).strides(4)
  t.like(watched.pain(), { durationS: 1800, repeats: 8, answer: CoachAnswer.pain, flags: 0 })
  t.is(watched.pain(), undefined)
  t.deepEqual(watched.strides(20).for(600, UP).entries, [])
})

test("also before the first step, and as long after the last one as a hand takes to the button", (t) => {
  t.like(new Watched().for(1800, SITS).for(1, UP).pain(), { repeats: 0, answer: CoachAnswer.pain })
  const last = new Watched().for(1800, SITS).for(1, UP).strides(12).for(5, UP)
  t.like(last.pain(), { repeats: 20, answer: CoachAnswer.pain, flags: CoachEntryFlag.complete })
})

test("a sitting that was not long has no such steps", (t) => {
  t.is(new Watched().for(1799, SITS).for(1, UP).strides(3).pain(), undefined)
})

test("who sits down again or stands about has taken fewer steps; without any there is nothing to keep", (t) => {
  const sat = new Watched().for(1800, SITS).for(2, UP).strides(3).for(1, SITS)
  t.like(sat.entries[0], { repeats: 6, answer: CoachAnswer.noPain, flags: 0 })
  const standing = new Watched().for(1800, SITS).for(2, UP).strides(3).for(300, UP)
  t.is(standing.entries[0]?.repeats, 6)
  const none = new Watched().for(1800, SITS).for(2, UP).for(20, SITS)
  t.deepEqual(none.entries, [])
  t.is(none.pain(), undefined)
})

test("sleep is put off until five minutes after the buzz, and not beyond", (t) => {
  const watched = new Watched()
  t.false(watched.isAwaited)
  t.true(watched.for(1, SITS).isAwaited)
  t.true(watched.for(2098, SITS).isAwaited)
  t.false(watched.for(1, SITS).isAwaited)
  t.false(new Watched().for(1800, SITS).for(1, UP).isAwaited)
})

test("what is dropped is neither told nor kept", (t) => {
  const watched = new Watched().for(1800, SITS).for(1, UP).strides(3)
  watched.watch.drop()
  t.is(watched.pain(), undefined)
  t.deepEqual(watched.for(600, UP).entries, [])
})

for (const [from, to, quiet] of [
  [21, 3, [21, 22, 23, 0, 1, 2]],
  [13, 15, [13, 14]],
  [0, 6, [0, 1, 2, 3, 4, 5]],
  [8, 8, []],
] as const)
  test(`quiet from ${from} to ${to} o'clock is ${quiet.length > 0 ? quiet.join(", ") : "never"}`, (t) => {
    for (let hour = 0; hour < 24; hour++)
      for (const minute of [0, 59])
        t.is(isQuiet(hour * 60 + minute, from, to), (quiet as readonly number[]).includes(hour), `${hour}`)
    t.false(isQuiet(undefined, from, to))
  })

test("whatever the wearer does: at most one buzz a sitting and none within the hour put off, at most 20 steps, one entry for each rising", (t) => {
  const act = fc.oneof(
    fc.record({ how: fc.constantFrom(SITS, SITS, UP, BETWEEN), s: fc.integer({ min: 1, max: 900 }) }),
    fc.record({ strides: fc.integer({ min: 1, max: 30 }) }),
    fc.constantFrom("pain" as const, "snooze" as const),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(act, { maxLength: 60 }), (sittingMin, acts) => {
      const watched = new Watched(sittingMin)
      const entries: CoachEntry[] = []
      let snoozedS = Number.NEGATIVE_INFINITY
      for (const what of acts) {
        const before = watched.buzzesS.length
        if (what === "pain") {
          const entry = watched.pain()
          if (entry) entries.push(entry)
        } else if (what === "snooze") {
          watched.watch.snooze()
          snoozedS = watched.nowS
        } else if ("strides" in what) watched.strides(what.strides)
        else watched.for(what.s, what.how)
        for (const buzzS of watched.buzzesS.slice(before)) if (buzzS - snoozedS < 3600) return false
      }
      const gaps = watched.buzzesS.map((atS, index) => atS - (watched.buzzesS[index - 1] ?? 0))
      const all = [...entries, ...watched.entries]
      return (
        gaps.every((gapS) => gapS >= sittingMin * 60) &&
        all.every(
          ({ repeats, durationS }) => repeats % 2 === 0 && repeats <= 20 && durationS >= sittingMin * 60,
        ) &&
        all.length * sittingMin * 60 <= watched.nowS
      )
    }),
  )
  t.pass()
})
