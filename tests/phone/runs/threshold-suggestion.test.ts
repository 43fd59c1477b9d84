/** A threshold out of pain marks: from enough marks on enough days, below the lowest typical depth, within the setting's range. */
import test from "ava"
import fc from "fast-check"
import { LEAST_DAYS, LEAST_MARKS, suggestThreshold } from "../../../phone/runs/threshold-suggestion"
import type { Pain, Run } from "../../../src/ble/run-codec"
import { Activity } from "../../../src/motion/stride"
import { type Around, DAY_S, SUNDAY_S, view } from "./made-runs"

function running(strideDeg: number): Pain {
  const peakFlexionCdeg = Math.round(strideDeg * 100)
  return {
    timeMs: 90_000,
    kneeCdeg: 1200,
    peakFlexionCdeg,
    milliLoad: 1,
    compressions: 1,
    activity: Activity.run,
    source: 1,
  }
}
function held(activity: Activity, kneeDeg: number): Pain {
  return { ...running(0), kneeCdeg: kneeDeg * 100, activity }
}
function onDay(day: number, pains: Pain[], changes: Partial<Run> = {}, around: Around = {}) {
  return view({ id: day, pains, ...changes }, { unixS: SUNDAY_S + day * DAY_S, ...around })
}

test("below the lowest of the days' middle marks, in whole degrees, with how many marks and runs", (t) => {
  const runs = [
    onDay(0, [running(44), running(45), running(36)]),
    onDay(1, [running(43.2)]),
    onDay(4, [running(46), running(48)]),
  ]
  const { words, ...rest } = suggestThreshold(runs)
  t.deepEqual(rest, { thresholdDeg: 43, marks: 6, runs: 3, days: 3 })
  t.regex(words, /43\.2° or less \(6 marks in 3 runs on 3 days\)[\s\S]+43°/)
  t.notRegex(words, /anyway/)
})

test("a whole degree is not below itself", (t) => {
  const runs = [0, 1, 2].map((day) => onDay(day, [running(43), running(43)]))
  t.is(suggestThreshold(runs).thresholdDeg, 42)
})

test("marks at depths that most strides have are said to prove little", (t) => {
  const runs = [0, 1, 2].map((day) => onDay(day, [running(39), running(39)]))
  t.regex(suggestThreshold(runs).words, /Half of your strides in these runs bend past 40\.0° anyway/)
})

test("marks on too few days, or too few marks, give no suggestion", (t) => {
  const oneDay = suggestThreshold([onDay(0, [44, 45, 46, 47, 48, 49].map(running))])
  t.like(oneDay, { thresholdDeg: undefined, marks: 6, days: 1 })
  t.regex(oneDay.words, /6 marks in 1 run on 1 day[\s\S]+5 marks on 3 days/)
  const fewMarks = [0, 1, 2].map((day) => onDay(day, [running(44)]))
  t.like(suggestThreshold(fewMarks), { thresholdDeg: undefined, marks: 3, days: 3 })
  t.like(suggestThreshold([]), { thresholdDeg: undefined, marks: 0, runs: 0, days: 0 })
})

test("two runs on one local day are one day", (t) => {
  const late = { unixS: SUNDAY_S + 3600 }
  const runs = [onDay(0, [running(44), running(44)]), onDay(9, [running(44), running(44)], {}, late)]
  t.like(suggestThreshold([...runs, onDay(1, [running(44)])]), { runs: 3, days: 2, thresholdDeg: undefined })
})

for (const [what, pain, isCounted] of [
  ["held bent", held(Activity.still, 50), true],
  ["in a slow bend", held(Activity.bend, 50), true],
  ["standing straight", held(Activity.still, 4), false],
  ["sitting", held(Activity.sit, 90), false],
  ["on stairs, of which no stride is known", held(Activity.stairs, 50), false],
  ["running, the knee anywhere", running(50), true],
] as const)
  test(`a mark ${what} ${isCounted ? "counts" : "is left out"}`, (t) => {
    t.is(suggestThreshold([onDay(0, [pain])]).marks, isCounted ? 1 : 0)
  })

test("runs that were measured otherwise than the newest do not count", (t) => {
  const taught = { peakErrorCdeg: 220 }
  const old = onDay(0, [running(30), running(30)])
  const runs = [1, 2, 3].map((day) => onDay(day, [running(44), running(44)], taught))
  t.like(suggestThreshold([old, ...runs]), { marks: 6, thresholdDeg: 43 })
  const updated = onDay(5, [running(44)], { ...taught, modelVersion: 3 })
  t.like(suggestThreshold([...runs, updated]), { marks: 1, thresholdDeg: undefined })
})

test("never outside of the setting's range, never above a day's middle mark, and none without enough", (t) => {
  const days = fc.array(fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 4 }), { maxLength: 6 })
  fc.assert(
    fc.property(days, (all) => {
      const runs = all.map((depths, day) => onDay(day, depths.map(running)))
      const { thresholdDeg, marks, days: found } = suggestThreshold(runs)
      t.is(thresholdDeg === undefined, marks < LEAST_MARKS || found < LEAST_DAYS)
      if (thresholdDeg === undefined) return
      t.true(Number.isInteger(thresholdDeg) && thresholdDeg >= 20 && thresholdDeg <= 60)
      const counted = all.flat().filter((deg) => deg >= 20)
      t.true(thresholdDeg < Math.max(...counted) || thresholdDeg === 20)
    }),
  )
})
