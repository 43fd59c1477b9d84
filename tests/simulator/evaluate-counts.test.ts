import test from "ava"
import fc from "fast-check"
import {
  boutErrors,
  compressionErrorsPercent,
  type DeviceBout,
  stridesErrorPercent,
} from "../../simulator/evaluate/bout-errors"
import {
  DEVELOPMENT_RUNNERS,
  everyStride,
  meanShare,
  type RunnerCounts,
} from "../../simulator/evaluate/trivial-counters"
import type { SessionTruth, TruthBout } from "../../simulator/evaluate/truth"
import { sessionTruth, truthBout } from "./evaluate-synthetic"

const bouts = [truthBout(10, 40), truthBout(60, 20)]

function device(startS: number, endS: number, strides: number, compressions = [0, 0, 0, 0, 0]): DeviceBout {
  const [c30 = 0, c35 = 0, c40 = 0, c45 = 0, c50 = 0] = compressions
  return {
    startS,
    durationS: endS - startS,
    strides,
    cadenceSpm: 163,
    peakFlexionMedianDeg: 39,
    compressionsByDepth: { "30": c30, "35": c35, "40": c40, "45": c45, "50": c50 },
  }
}
const exact = (bout: TruthBout) => device(bout.startS, bout.endS, bout.strides, bout.compressions)
const [first, second] = bouts as [TruthBout, TruthBout]
const middleS = (first.startS + first.endS) / 2

const counted = test.macro((t, bouted: DeviceBout[], expected: [number, number, number]) => {
  const errors = boutErrors(bouted, bouts)
  t.deepEqual([errors.boutsFound, errors.boutsMissed, errors.boutsInvented], expected)
})
test("both bouts are found when the device has both", counted, bouts.map(exact), [2, 0, 0])
test("bouts are missed when the device has none", counted, [], [0, 2, 0])
test("just over half of a bout is enough", counted, [device(middleS - 1, first.endS, 20)], [1, 1, 0])
test("just under half is missed but not invented", counted, [device(middleS + 1, first.endS, 20)], [0, 2, 0])
test("running where nobody ran is invented", counted, [...bouts.map(exact), device(45, 55, 14)], [2, 0, 1])
test(
  "touching a bout's end is still invented",
  counted,
  [exact(second), device(first.endS, 55, 14)],
  [1, 1, 1],
)
test("one bout over both finds one of them", counted, [device(10, second.endS, 60)], [1, 1, 0])
test(
  "two pieces of one bout find it once",
  counted,
  [device(first.startS, middleS + 1, 22), device(middleS + 2, first.endS, 18)],
  [1, 1, 0],
)

test("the pieces of a bout are summed, a missed bout has no strides", (t) => {
  const errors = boutErrors(
    [
      device(first.startS, middleS + 1, 22, [9, 9, 9, 9, 9]),
      device(middleS + 2, first.endS, 14, [1, 2, 3, 4, 5]),
    ],
    bouts,
  )
  t.deepEqual(
    errors.bouts.map((bout) => bout.strides.device),
    [36, 0],
  )
  t.deepEqual(errors.bouts[0]?.compressions.device, [10, 11, 12, 13, 14])
  t.is(errors.bouts[0]?.strides.errorPercent, 10)
  t.is(errors.stridesErrorPercent, 100)
})

test("cadence and median peak are judged in the bouts that were found", (t) => {
  t.is(boutErrors([exact(first)], bouts).boutPeakErrorDeg, 5)
  t.is(boutErrors([], bouts).boutPeakErrorDeg, null)
  t.is(boutErrors([exact(first)], bouts).cadenceErrorSpm, 3)
  t.is(boutErrors([], bouts).cadenceErrorSpm, null)
})

const strides = test.macro((t, count: number, percent: number) => {
  t.is(stridesErrorPercent(count, first), percent)
})
test("the strides as they are: no error", strides, 40, 0)
test("with both ramp steps: no error", strides, 42, 0)
test("one more than with the ramp steps", strides, 43, 2.5)
test("two too few", strides, 38, 5)
test("none at all", strides, 0, 100)

test("compression errors are summed over bouts before they become a share, and do not cancel", (t) => {
  const off = [
    [40 - 6, 40, 20, 10, 0],
    [20 + 6, 20, 10, 5, 3],
  ]
  t.deepEqual(compressionErrorsPercent(off, bouts), [20, 0, 0, 0, 5])
  t.is(compressionErrorsPercent([], []), null)
})

test("a missed bout's compressions are all in error", (t) => {
  const errors = boutErrors([exact(first)], bouts)
  const percent = compressionErrorsPercent(
    errors.bouts.map((bout) => bout.compressions.device),
    bouts,
  )
  t.deepEqual(
    percent?.map((value) => Math.round(value * 60)),
    [2000, 2000, 1000, 500, 0],
  )
})

test("what the device counts exactly has no error, whatever the bouts", (t) => {
  const anyBout = fc
    .record({
      strides: fc.integer({ min: 1, max: 500 }),
      depth: fc.array(fc.nat(500), { minLength: 5, maxLength: 5 }),
    })
    .map(({ strides, depth }) => ({ ...first, strides, compressions: depth }))
  fc.assert(
    fc.property(fc.array(anyBout, { minLength: 1, maxLength: 5 }), (truth) => {
      const percent = compressionErrorsPercent(
        truth.map((bout) => bout.compressions),
        truth,
      )
      t.deepEqual(percent, [0, 0, 0, 0, 0])
    }),
  )
})

const runner = (session: string, seed: number, compressions: number[]): RunnerCounts => ({
  session,
  seed,
  strides: 100,
  compressions,
})
const twoRunners = [runner("S01", 1001, [100, 80, 60, 40, 20]), runner("S02", 1002, [50, 40, 30, 20, 10])]

const shared = test.macro((t, who: Partial<SessionTruth>, expected: number) => {
  t.is(meanShare({ ...sessionTruth(), ...who }, twoRunners)[0]?.[0], expected)
})
test("the mean share leaves the runner out", shared, {}, 20)
test("the mean share of a stranger has all runners", shared, { session: "T07", split: "test", seed: 7 }, 30)
test("a stranger named S01 is a stranger", shared, { split: "test" }, 30)
test("a stranger named S01 with a seed of its own is a stranger", shared, { seed: 77 }, 30)

test("every stride counts, at every depth", (t) => {
  t.deepEqual(everyStride(bouts), [
    [40, 40, 40, 40, 40],
    [20, 20, 20, 20, 20],
  ])
})

test("'every stride counts' errs by 7.5/12/25/55/89 % on the 18 runners", (t) => {
  const errors = DEVELOPMENT_RUNNERS.map(({ strides, compressions }) => {
    const whole: TruthBout = { ...first, strides, compressions }
    return compressionErrorsPercent(everyStride([whole]), [whole]) ?? []
  })
  const mean = [0, 1, 2, 3, 4].map(
    (band) => errors.reduce((sum, row) => sum + (row[band] ?? 0), 0) / errors.length,
  )
  t.is(errors.length, 18)
  t.deepEqual(
    mean.map((value) => Number(value.toFixed(1))),
    [7.5, 12.0, 24.9, 55.1, 89.0],
  )
})
