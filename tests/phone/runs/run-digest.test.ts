/** Digests: what a record says comes through in shown units, and no record, however broken, throws. */
import test from "ava"
import fc from "fast-check"
import { digestOf } from "../../../phone/runs/run-digest"
import { runView } from "../../../phone/runs/run-view"
import { encodeRunRecord, type Run } from "../../../src/ble/run-codec"
import { firmwares, runs } from "../../ble/run-arbitrary"
import { digest, kept, MADE_RUN } from "./made-runs"

test("a digest has the record's figures in degrees, seconds and steps a minute", (t) => {
  t.like(digest(), {
    key: "aabbccdd-3-7",
    runId: 7,
    bootId: 3,
    durationS: 2400,
    cadenceSpm: 160,
    contactTimeMs: 270,
    thresholdDeg: 30,
    peakMedianDeg: 40,
    peakErrorDeg: 3.74,
    secondsPastThreshold: 400,
    degreeSecondsPastThreshold: 3200,
    load: 3520,
    firmware: "0.1.0",
    isDoubtful: false,
    unreadable: undefined,
  })
})

test("marks and buzzes are counted, also marks that found no room", (t) => {
  const pain = { timeMs: 90_000, kneeCdeg: 1, peakFlexionCdeg: 1, milliLoad: 1, compressions: 1 }
  const pains: Run["pains"] = [{ ...pain, activity: 2, source: 1 }]
  t.like(digest({ pains, painsDropped: 4, buzzes: [{ timeMs: 1, reason: 1 }] }), { pains: 5, buzzes: 1 })
})

test("most strides measured, all, some, none", (t) => {
  const { strides } = MADE_RUN
  const measured = [0, strides / 2, strides / 2 + 1, strides]
  t.deepEqual(
    measured.map((measuredStrides) => digest({ measuredStrides }).isMeasured),
    [false, false, true, true],
  )
})

for (const [why, changes] of Object.entries<Partial<Run>>({
  "a slipped strap": { dataQuality: { ...MADE_RUN.dataQuality, strapShift: true } },
  "a reset": { dataQuality: { ...MADE_RUN.dataQuality, resumed: true } },
  "a run cut short": { dataQuality: { ...MADE_RUN.dataQuality, cutShort: true } },
  "samples that are missing": { dataQuality: { ...MADE_RUN.dataQuality, validPermyriad: 9899 } },
  "no calibration": { calibrationVersion: 0 },
  "strides of two kinds": { measuredStrides: 10 },
}))
  test(`${why}: the data are doubtful, and one sentence says so`, (t) => {
    t.true(digest(changes).isDoubtful)
    const made = runView(kept(changes))
    t.true(!("unreadable" in made) && made.quality.filter(({ isDoubt }) => isDoubt).length === 1)
  })

const sound = kept().record
for (const [unreadable, record, words] of [
  ["older", changed(sound, 0, 3), /older firmware/],
  ["newer", changed(sound, 0, 5), /newer firmware[\s\S]+updates/],
  ["damaged", sound.subarray(0, 60), /damaged/],
  ["damaged", new Uint8Array(0), /damaged/],
  ["damaged", encodeRunRecord({ ...MADE_RUN, blockMinutes: 0 }, "0.1.0"), /damaged/],
] as const)
  test(`a record of ${record.length} bytes, version ${record[0]}: ${unreadable}, and named by its key`, (t) => {
    t.like(digestOf({ ...kept(), record }), { unreadable, runId: 7, bootId: 3, strides: 0, isDoubtful: true })
    const made = runView({ ...kept(), record })
    if (!("unreadable" in made)) return t.fail()
    t.regex(made.words, words)
    t.regex(made.words, /cannot be read by this version/)
  })

function changed(record: Uint8Array, at: number, to: number): Uint8Array {
  const copy = record.slice()
  copy[at] = to
  return copy
}

test("no bytes at all throw, in a digest or in the view", (t) => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(fc.nat(sound.length - 1), fc.integer({ min: 0, max: 255 }))
      .map(([at, to]) => changed(sound, at, to)),
    fc.nat(sound.length).map((length) => sound.slice(0, length)),
  )
  fc.assert(
    fc.property(bytes, (record) => {
      const run = { ...kept(), record }
      const made = runView(run)
      t.is(digestOf(run).unreadable, "unreadable" in made ? made.unreadable : undefined)
    }),
    { numRuns: 500 },
  )
})

test("a run as any recorder leaves it is read, and its digest agrees with its view", (t) => {
  fc.assert(
    fc.property(runs, firmwares, (run, firmware) => {
      const whole = {
        ...kept(),
        record: encodeRunRecord({ ...run, blockMinutes: run.blockMinutes || 1 }, firmware),
      }
      const short = digestOf(whole)
      const long = runView(whole)
      if ("unreadable" in long) return t.fail()
      t.is(short.load, run.milliLoad / 1000)
      t.is(short.firmware, firmware)
      t.is(short.peakMedianDeg, long.peak.medianDeg)
      t.is(
        short.isDoubtful,
        long.quality.some(({ isDoubt }) => isDoubt),
      )
      t.false(JSON.stringify(long).includes("NaN"))
    }),
  )
})
