/** Changes between runs: below what was measured to be noise there is none, and what cannot be compared is refused with words. */
import test from "ava"
import fc from "fast-check"
import {
  type Change,
  type Comparison,
  compareWithEarlier,
  LEAST_EARLIER,
  type Refusal,
} from "../../../phone/runs/change"
import { detectableOf } from "../../../phone/runs/detectable-change"
import type { RunDigest } from "../../../phone/runs/run-digest"
import type { Run } from "../../../src/ble/run-codec"
import { type Around, DAY_S, digest, MADE_RUN, SUNDAY_S } from "./made-runs"

const ONE = detectableOf("one", 2)
const TOMORROW = { unixS: SUNDAY_S + DAY_S }

function compared(result: Comparison | Refusal): Comparison {
  if ("refused" in result) throw new Error(result.refused)
  return result
}
function told(result: Change | Refusal): Change {
  if ("refused" in result) throw new Error(result.refused)
  return result
}
/** As many as it takes, of the days before. */
function days(changes: Partial<Run> = {}, around: Around = {}): RunDigest[] {
  return Array.from({ length: LEAST_EARLIER }, (_, day) =>
    digest({ id: day, ...changes }, { unixS: SUNDAY_S - day * DAY_S, ...around }),
  )
}
function after(changes: Partial<Run>, around: Around = {}): Comparison {
  return compared(compareWithEarlier(digest({ id: 8, ...changes }, { ...TOMORROW, ...around }), days()))
}
function refusedAs(result: Comparison | Refusal): string {
  return "refused" in result ? result.refused : ""
}

for (const pace of ["same", "another"] as const)
  test(`at ${pace} pace a change of depth counts from the measured one on, and not below`, (t) => {
    const limitDeg = ONE?.[pace === "same" ? "samePace" : "otherPace"].peakDeg ?? 0
    const cadenceDspm = MADE_RUN.cadenceDspm + (pace === "same" ? 15 : 25)
    const [below, above] = [Math.floor(limitDeg * 100), Math.ceil(limitDeg * 100)]
    const atLimit = fc.constantFrom(below, above, -below, -above)
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -900, max: 900 }), atLimit), (byCdeg) => {
        const peakFlexionMedianCdeg = MADE_RUN.peakFlexionMedianCdeg + byCdeg
        const comparison = after({ cadenceDspm, peakFlexionMedianCdeg })
        t.is(comparison.pace, pace)
        const { verdict, by, detectable } = told(comparison.peak)
        t.is(detectable, limitDeg)
        t.true(Math.abs(by - byCdeg / 100) < 1e-9)
        const isTold = Math.abs(byCdeg) / 100 >= limitDeg
        t.is(verdict, isTold ? (byCdeg < 0 ? "less" : "more") : "none")
      }),
    )
  })

test("contact time tells another pace where cadence does not", (t) => {
  t.is(after({ contactTimeMedianMs: 275 }).pace, "same")
  t.is(after({ contactTimeMedianMs: 255 }).pace, "another")
})

test("shares and load a stride, each with words and band", (t) => {
  const { shares, load, compressions } = after({
    compressions: 2400,
    compressionsByDepth: [2400, 2700, 1700, 400, 1000],
    milliLoad: MADE_RUN.milliLoad * 1.05,
  })
  t.deepEqual(
    shares.map((share) => told(share).verdict),
    ["less", "none", "none", "none", "more"],
  )
  t.is(told(compressions).words, "22 points fewer strides past 30°. Less than 10 points would be noise.")
  t.is(told(load).words, "5.0 % more load a stride. Less than 1.7 % would be noise.")
  t.is(told(after({}).peak).words, "No change that this device can tell: less than 0.8° is noise.")
})

for (const [what, changes, around] of [
  ["another firmware", {}, { firmware: "0.2.0" }],
  ["another model", { modelVersion: 3 }, {}],
  ["another device", {}, { deviceId: "ee" }],
  ["no strides", { strides: 0 }, {}],
  ["two sensors", { measuredStrides: MADE_RUN.strides, peakErrorCdeg: 170 }, {}],
  ["a taught estimate", { peakErrorCdeg: 220 }, {}],
  ["two sensors for some strides", { measuredStrides: 100 }, {}],
] as const)
  test(`earlier runs of ${what} are none to compare with`, (t) => {
    const result = compareWithEarlier(digest({ id: 8 }, TOMORROW), days(changes, around))
    t.regex(refusedAs(result), /There are 0 earlier runs/)
  })

test("a patch of the firmware is no other firmware", (t) => {
  t.is(after({}, { firmware: "0.1.9" }).pace, "same")
})

test("a model that was not measured, a record that cannot be read, and no strides are refused", (t) => {
  const other = { modelVersion: 9 }
  const unmeasured = compareWithEarlier(digest({ id: 8, ...other }, TOMORROW), days(other))
  t.regex(refusedAs(unmeasured), /not measured with flexion model 9/)
  const unreadable = compareWithEarlier({ ...digest(), unreadable: "damaged" }, days())
  t.regex(refusedAs(unreadable), /cannot be read/)
  t.regex(refusedAs(compareWithEarlier(digest({ strides: 0 }), days())), /no strides/)
})

test("two sensors for some of the strides: depths are refused, load is not", (t) => {
  const some = { measuredStrides: 100 }
  const result = compared(compareWithEarlier(digest({ id: 8, ...some }, TOMORROW), days(some)))
  const { peak, shares, compressions, load } = result
  for (const part of [peak, compressions, ...shares]) t.true("refused" in part)
  t.is(told(load).verdict, "none")
})

test("each way of measuring has limits of its own", (t) => {
  const two = { measuredStrides: MADE_RUN.strides, peakErrorCdeg: 170 }
  const result = compared(compareWithEarlier(digest({ id: 8, ...two }, TOMORROW), days(two)))
  t.is(told(result.peak).detectable, detectableOf("two", 2)?.samePace.peakDeg ?? 0)
})

test("another threshold, or one between the depths: compressions are refused, fixed depths are not", (t) => {
  const { compressions, shares } = after({ thresholdCdeg: 3500 })
  t.regex("refused" in compressions ? compressions.refused : "", /threshold was another one/)
  t.is(told(shares[0] ?? { refused: "" }).verdict, "none")
  const odd = { thresholdCdeg: 3300 }
  const both = compared(compareWithEarlier(digest({ id: 8, ...odd }, TOMORROW), days(odd)))
  t.regex("refused" in both.compressions ? both.compressions.refused : "", /not measured at 33°/)
})

test("strides without load have no load to compare with", (t) => {
  const result = compared(compareWithEarlier(digest({ id: 8 }, TOMORROW), days({ milliLoad: 0 })))
  t.deepEqual(result.load, { refused: "There is no load to compare with." })
})

test("a new calibration and doubtful data are noted", (t) => {
  t.is(after({}).notes.length, 1)
  t.regex(after({}).sourceWords, /^Measured on \d{4}-\d\d-\d\d with firmware \d+\.\d+\.\d+\. .*Synthetic/)
  const { notes } = after({
    calibrationVersion: 3,
    dataQuality: { ...MADE_RUN.dataQuality, strapShift: true },
  })
  t.regex(notes.join("\n"), /put on or calibrated anew[\s\S]+doubt about the data/)
})

const EARLIER_CDEG = [3900, 4000, 4600, 3950, 4050]
const earlier = EARLIER_CDEG.map((peakFlexionMedianCdeg, index) =>
  digest({ id: index, peakFlexionMedianCdeg }, { unixS: SUNDAY_S - (index + 1) * DAY_S }),
)

test("against earlier runs the median counts, so one odd run does not", (t) => {
  const { peak, runs, pace } = compared(compareWithEarlier(digest({ peakFlexionMedianCdeg: 4100 }), earlier))
  t.deepEqual([runs, pace, told(peak).verdict], [5, "same", "more"])
  t.true(Math.abs(told(peak).by - 1) < 1e-9)
})

test("earlier runs of the same pace are chosen where they are enough, else all", (t) => {
  const fast = earlier.slice(0, 2).map((run) => ({ ...run, cadenceSpm: 175 }))
  const same = compared(compareWithEarlier(digest(), [...earlier.slice(2), ...fast]))
  t.deepEqual([same.runs, same.pace], [3, "same"])
  const other = compared(compareWithEarlier(digest(), [...earlier.slice(3), ...fast]))
  t.deepEqual([other.runs, other.pace], [4, "another"])
})

test("what came later, or does not compare, is no earlier run; too few are refused", (t) => {
  const later = digest({ id: 9 }, TOMORROW)
  const before = { unixS: SUNDAY_S - DAY_S }
  const other = digest({ id: 10, modelVersion: 3 }, before)
  const taught = digest({ id: 11, peakErrorCdeg: 220 }, before)
  const result = compareWithEarlier(digest(), [...earlier.slice(0, LEAST_EARLIER - 1), later, other, taught])
  t.regex("refused" in result ? result.refused : "", /There are 2 earlier runs[\s\S]+It takes 3/)
})
