/** Pain marks in a run, and runs begun by hand. */
import test from "ava"
import fc from "fast-check"
import { Activity } from "../../src/motion/stride"
import { MAX_PAINS } from "../../src/run/pain-list"
import { type Pain, PainSource } from "../../src/run/summary"
import { newRecording, type Recording, tell } from "./recording-sink"
import { StateArray } from "./state-array"
import { train } from "./strides"

const LIMIT_MS = 120_000

const pains: fc.Arbitrary<Omit<Pain, "timeMs">> = fc.record({
  kneeCdeg: fc.integer({ min: -9000, max: 18_000 }),
  peakFlexionCdeg: fc.integer({ min: -9000, max: 18_000 }),
  milliLoad: fc.nat(0x7fffffff),
  compressions: fc.nat(100_000),
  activity: fc.constantFrom(...Object.values(Activity)),
  source: fc.constantFrom(...Object.values(PainSource)),
})

function pain(timeMs: number): Pain {
  return {
    timeMs,
    kneeCdeg: 1234,
    peakFlexionCdeg: 4321,
    milliLoad: 7000,
    compressions: 6,
    activity: Activity.run,
    source: PainSource.button,
  }
}

function running(): Recording {
  const recording = newRecording()
  for (const one of train(5000, 20)) tell(recording.recorder, one)
  return recording
}

/** Written and read back, in another boot whose clock is so much behind. */
function resumed({ recorder }: Recording, shiftMs: number): Recording {
  const state = new StateArray()
  const lists = new StateArray()
  recorder.writeState(state)
  recorder.writeLists(lists)
  const second = newRecording({}, { bootId: 2, lastNumber: 1 })
  second.recorder.readState(state, lists, { shiftMs, lostSamples: 0 })
  return second
}

test("what is marked is in the run as it was, also when it goes on over a reset, by the clock that it began with", (t) => {
  fc.assert(
    fc.property(fc.array(pains, { maxLength: 6 }), fc.array(pains, { maxLength: 6 }), (before, after) => {
      const first = running()
      for (const [index, one] of before.entries())
        t.true(first.recorder.markPain({ ...one, timeMs: 20_000 + 1000 * index }))
      const second = resumed(first, 15_000)
      for (const [index, one] of after.entries())
        t.true(second.recorder.markPain({ ...one, timeMs: 15_000 + 1000 * index }))
      second.recorder.close()
      t.deepEqual(second.runs[0]?.pains, [
        ...before.map((one, index) => ({ ...one, timeMs: 20_000 + 1000 * index })),
        ...after.map((one, index) => ({ ...one, timeMs: 30_000 + 1000 * index })),
      ])
    }),
    { numRuns: 50 },
  )
})

test("a run has room for 32 marks; those past them are counted, also over a reset", (t) => {
  const first = running()
  for (let mark = 0; mark < MAX_PAINS + 3; mark++) t.true(first.recorder.markPain(pain(20_000 + mark)))
  const second = resumed(first, 0)
  second.recorder.markPain(pain(30_000))
  second.recorder.close()
  t.is(second.runs[0]?.pains.length, 32)
  t.is(second.runs[0]?.painsDropped, 4)
})

test("outside of runs nothing is marked, and marks of one run are not the next one's", (t) => {
  const recording = newRecording()
  const { recorder, runs } = recording
  t.false(recorder.markPain(pain(0)))
  for (const one of train(5000, 20)) tell(recorder, one)
  t.true(recorder.markPain(pain(20_000)))
  recorder.close()
  t.false(recorder.markPain(pain(30_000)))
  for (const one of train(200_000, 20)) tell(recorder, one)
  recorder.close()
  t.deepEqual(
    runs.map(({ pains }) => pains.length),
    [1, 0],
  )
})

test("a mark changes the lists' version, and is told", (t) => {
  const recording = running()
  const before = recording.recorder.listsVersion
  recording.recorder.markPain(pain(20_000))
  t.not(recording.recorder.listsVersion, before)
  t.deepEqual(recording.events, ["run 1 started 5000", "pain marked at 20000"])
})

test("a run begun by hand begins then, counts its bouts as any, and ends after the pause limit", (t) => {
  const { recorder, runs } = newRecording()
  t.true(recorder.start(1000))
  t.false(recorder.start(1100), "one is open")
  for (const one of train(60_000, 20)) tell(recorder, one)
  recorder.tick(100_000 + LIMIT_MS)
  t.like(runs[0], { id: 1, startMs: 1000, strides: 20 })
  t.is(runs[0]?.bouts[0]?.startMs, 60_000)
  t.is((runs[0]?.startMs ?? 0) + (runs[0]?.durationMs ?? 0), 60_000 + 19 * 700 + 250)
})

test("strides that were under way when it was begun by hand are the run's, and so is their time", (t) => {
  const { recorder, runs } = newRecording()
  const strides = train(5000, 20)
  for (const one of strides.slice(0, 5)) tell(recorder, one)
  recorder.start(9000)
  for (const one of strides.slice(5)) tell(recorder, one)
  recorder.close()
  t.is(runs.length, 1)
  t.like(runs[0], { startMs: 5000, strides: 20, durationMs: 19 * 700 + 250 })
  t.is(runs[0]?.blocks[0]?.strides, 20)
})

test("a run begun by hand in which nothing was run is dropped, and its number given again", (t) => {
  const { recorder, runs, events } = newRecording()
  recorder.gapUnknown = true
  recorder.start(1000)
  t.false(recorder.isWorthKeeping)
  recorder.tick(1000 + LIMIT_MS + 2999)
  t.truthy(recorder.live)
  recorder.tick(1000 + LIMIT_MS + 3000)
  t.is(recorder.live, undefined)
  t.deepEqual(events, ["run 1 started 1000", "run 1 dropped"])
  t.deepEqual(runs, [])
  t.true(recorder.gapUnknown, "for the next run that is kept")
})

test("with a mark it is kept: it lasts to its last mark, and has the samples until it ends", (t) => {
  const { recorder, runs } = newRecording()
  recorder.start(1000)
  recorder.quality.samples(1000, 0)
  recorder.markPain(pain(31_000))
  const second = resumed({ recorder } as Recording, 0)
  for (const one of [recorder, second.recorder]) one.tick(31_000 + LIMIT_MS + 3000)
  t.like(runs[0], {
    strides: 0,
    durationMs: 30_000,
    bouts: [],
    cadenceDspm: 0,
    dataQuality: { validPermyriad: 10_000 },
  })
  t.deepEqual(second.runs[0]?.pains, [pain(31_000)])
})
