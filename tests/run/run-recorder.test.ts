import test from "ava"
import fc from "fast-check"
import type { Stride } from "../../src/motion/stride"
import { BuzzReason, DEPTH_BANDS_DEG, type Run } from "../../src/run/summary"
import { SETTINGS } from "../../src/storage/settings"
import { newRecording, PARTS, record, tell } from "./recording-sink"
import { boutsOf, median, PERIOD_MS, runsOf, stride, strideTrains, sum, train } from "./strides"

const DEPTH_COUNTS = [
  "strides",
  "loadCycles",
  "compressions",
  "msPastThreshold",
  "milliLoad",
  "milliLoadPeakWeighted",
] as const

/** The plain count of what summary.ts calls Totals, in floating point. */
function plainTotals(strides: Stride[], thresholdDeg: number) {
  const past = (deg: number) => strides.filter(({ peakFlexionCdeg }) => peakFlexionCdeg / 100 > deg).length
  return {
    strides: strides.length,
    loadCycles: strides.length,
    compressions: past(thresholdDeg),
    compressionsByDepth: DEPTH_BANDS_DEG.map(past),
    msPastThreshold: sum(strides.map((one) => one.msPastThreshold)),
    cdegSecondsPastThreshold: sum(strides.map((one) => one.cdegMsPastThreshold / 1000)),
    milliLoad: sum(strides.map((one) => one.milliLoad)),
    milliLoadPeakWeighted: sum(strides.map((one) => one.milliLoadPeakWeighted)),
  }
}

test("the totals of runs and bouts are what a plain count of their strides gives", (t) => {
  fc.assert(
    fc.property(strideTrains, fc.integer({ min: 20, max: 60 }), (strides, thresholdDeg) => {
      const expected = runsOf(boutsOf(strides), 20_000)
      const runs = record(strides, { pauseLimitS: 20, thresholdDeg })
      t.is(runs.length, expected.length)
      runs.forEach((run, index) => {
        const bouts = expected[index] ?? []
        compare(run, plainTotals(bouts.flat(), thresholdDeg))
        run.bouts.forEach((bout, at) => {
          compare(bout, plainTotals(bouts[at] ?? [], thresholdDeg))
        })
      })
    }),
    { numRuns: 200 },
  )
  function compare(found: ReturnType<typeof plainTotals>, plain: ReturnType<typeof plainTotals>): void {
    for (const name of DEPTH_COUNTS) t.is(found[name], plain[name], name)
    t.deepEqual(found.compressionsByDepth, plain.compressionsByDepth)
    t.true(Math.abs(found.cdegSecondsPastThreshold - plain.cdegSecondsPastThreshold) <= 1)
  }
})

test("a run is exactly the sum of its bouts and the sum of its blocks", (t) => {
  fc.assert(
    fc.property(strideTrains, (strides) => {
      for (const run of record(strides)) {
        for (const name of [...DEPTH_COUNTS, "cdegSecondsPastThreshold"] as const) {
          t.is(sum(run.bouts.map((bout) => bout[name])), run[name], name)
        }
        run.compressionsByDepth.forEach((count, band) => {
          t.is(sum(run.bouts.map((bout) => bout.compressionsByDepth[band] ?? 0)), count)
        })
        for (const name of ["strides", "compressions", "cdegSecondsPastThreshold", "milliLoad"] as const) {
          t.is(sum(run.blocks.map((block) => block[name])), run[name], name)
        }
      }
    }),
    { numRuns: 200 },
  )
})

test("medians, percentile and duration of runs and bouts are those of their strides", (t) => {
  fc.assert(
    fc.property(strideTrains, (strides) => {
      const expected = runsOf(boutsOf(strides), 120_000)
      record(strides).forEach((run, index) => {
        const bouts = expected[index] ?? []
        closeTo(run, bouts.flat())
        run.bouts.forEach((bout, at) => {
          closeTo(bout, bouts[at] ?? [])
        })
        const peaks = bouts.flat().map((one) => one.peakFlexionCdeg)
        const p95 = peaks.sort((a, b) => a - b)[Math.ceil(0.95 * peaks.length) - 1] ?? Number.NaN
        t.true(Math.abs(run.peakFlexionP95Cdeg - p95) < 50)
        const [first, last] = [bouts[0]?.[0], bouts.at(-1)?.at(-1)]
        t.is(run.startMs, first?.contactMs ?? 0)
        t.is(run.durationMs, (last?.toeOffMs ?? 0) - (first?.contactMs ?? 0))
      })
    }),
    { numRuns: 200 },
  )
  function closeTo(
    found: Pick<Run, "peakFlexionMedianCdeg" | "contactTimeMedianMs">,
    strides: Stride[],
  ): void {
    t.true(Math.abs(found.peakFlexionMedianCdeg - median(strides.map((one) => one.peakFlexionCdeg))) < 50)
    t.true(Math.abs(found.contactTimeMedianMs - median(strides.map((one) => one.contactTimeMs))) < 2)
  }
})

test("the median foot contact is right up to 600 ms; what is longer counts as that", (t) => {
  for (const contactTimeMs of [120, 350, 590, 650]) {
    const found = record(train(0, 10, { contactTimeMs, periodMs: 900 }))[0]?.contactTimeMedianMs ?? 0
    t.true(Math.abs(found - Math.min(contactTimeMs, 600)) <= 2, `${found} of ${contactTimeMs} ms`)
  }
})

test("a compression is a peak past the threshold, not at it; each band counts by itself", (t) => {
  const peaks = [2999, 3000, 3001, 3500, 3501, 4000, 4001, 4501, 5000, 5001]
  const strides = peaks.map((peakFlexionCdeg, index) => stride(index * PERIOD_MS, { peakFlexionCdeg }))
  const [run] = record(strides, { thresholdDeg: 35 })
  t.is(run?.compressions, 6)
  t.is(run?.thresholdCdeg, 3500)
  t.deepEqual(run?.compressionsByDepth, [8, 6, 4, 3, 1])
})

test("cadence of an unbroken bout is 120 × (strides − 1) ÷ the seconds between first and last contact", (t) => {
  const [run] = record(train(0, 40, { periodMs: 727 }))
  t.is(run?.bouts[0]?.cadenceDspm, 1651)
  t.is(run?.cadenceDspm, 1651)
})

test("a stride a third longer than the one before it is still a stride of the cadence", (t) => {
  const contacts = [0, 600, 1400, 2000, 2800, 3400, 4200, 4800, 5600]
  const [run] = record(contacts.map((contactMs) => stride(contactMs, { periodMs: 600 })))
  t.is(run?.cadenceDspm, 1714)
})

test("cadence leaves out the pauses between bouts, strides lost in a bout and the last stride's period", (t) => {
  const lossy = train(0, 30).filter((_, index) => index !== 12 && index !== 20 && index !== 21)
  const last = stride(30 * PERIOD_MS, { periodMs: 2900 })
  const [run] = record([...lossy, last, ...train(60_000, 30)])
  t.is(run?.bouts.length, 2)
  t.is(run?.strides, 58)
  t.is(run?.bouts[0]?.cadenceDspm, 1714)
  t.is(run?.cadenceDspm, 1714)
})

test("the pause between two bouts is no stride, even after a last stride that took long", (t) => {
  const last = stride(30 * PERIOD_MS, { periodMs: 2900 })
  const [run] = record([...train(0, 30), last, ...train(last.toeOffMs + 3000, 30)])
  t.is(run?.bouts.length, 2)
  t.is(run?.cadenceDspm, 1714)
})

test("a pause shorter than the limit joins two bouts to a run, one of the limit does not", (t) => {
  const endMs = 9 * PERIOD_MS + 250
  const runsAfter = (pauseMs: number) =>
    record([...train(0, 10), ...train(endMs + pauseMs, 10)], { pauseLimitS: 60 })
  t.deepEqual(
    runsAfter(59_999).map((run) => run.bouts.length),
    [2],
  )
  t.deepEqual(
    runsAfter(60_000).map((run) => run.bouts.length),
    [1, 1],
  )
})

test("events come in order, a run ends when the limit has passed", (t) => {
  const { recorder, events } = newRecording({ pauseLimitS: 30 })
  for (const one of train(1000, 10)) tell(recorder, one)
  const endMs = 1000 + 9 * PERIOD_MS + 250
  for (let nowMs = endMs; nowMs < endMs + 33_000; nowMs += 100) recorder.tick(nowMs)
  t.deepEqual(events, ["run 1 started 1000"])
  recorder.tick(endMs + 33_000)
  t.deepEqual(events, ["run 1 started 1000", "run 1 ended"])
  t.is(recorder.live, undefined)
})

test("stray strides after the limit do not keep a run open", (t) => {
  const { recorder, runs } = newRecording({ pauseLimitS: 30 })
  for (const one of train(0, 10)) tell(recorder, one)
  for (let nowMs = 11_000; nowMs < 60_000; nowMs += 2000) {
    tell(recorder, stride(nowMs - 1000))
    recorder.tick(nowMs)
  }
  t.is(runs.length, 1)
})

test("a new pause limit holds at once", (t) => {
  const { recorder, settings, runs } = newRecording({ pauseLimitS: 600 })
  for (const one of train(0, 10)) tell(recorder, one)
  recorder.tick(60_000)
  t.is(runs.length, 0)
  settings.values = { ...settings.values, pauseLimitS: 10 }
  recorder.tick(60_150)
  t.is(runs.length, 1)
})

test("a run keeps its threshold; a new one holds from the next run", (t) => {
  const { recorder, settings, runs } = newRecording()
  const shallow = { peakFlexionCdeg: 3200 }
  t.is(recorder.thresholdCdeg, 3000)
  for (const one of train(0, 10, shallow)) tell(recorder, one)
  settings.values = { ...settings.values, thresholdDeg: 40 }
  t.is(recorder.thresholdCdeg, 3000)
  for (const one of train(7000, 10, shallow)) tell(recorder, one)
  recorder.close()
  t.is(recorder.thresholdCdeg, 4000)
  for (const one of train(20_000, 10, shallow)) tell(recorder, one)
  recorder.close()
  t.deepEqual(
    runs.map(({ thresholdCdeg, compressions }) => [thresholdCdeg, compressions]),
    [
      [3000, 20],
      [4000, 0],
    ],
  )
})

test("live totals follow the strides, one in two steps", (t) => {
  const { recorder } = newRecording()
  const running = train(2000, 9)
  running.slice(0, 7).forEach((one) => {
    tell(recorder, one)
  })
  t.is(recorder.live, undefined)
  recorder.stride(running[7] as Stride)
  const { live } = recorder
  t.like(live, { id: 1, startMs: 2000, inBout: true, thresholdCdeg: 3000 })
  t.is(live?.totals.strides, 0)
  const counted = Array.from({ length: 10 }, (_, index) => {
    if (index === 2) recorder.stride(running[8] as Stride)
    for (let part = 0; part < PARTS; part++) recorder.step()
    return live?.totals.strides
  })
  t.deepEqual(counted, [1, 2, 3, 4, 5, 6, 7, 8, 9, 9])
  t.is(live?.durationMs, 8 * PERIOD_MS + 250)
  t.like(live?.totals, { strides: 9, compressions: 9, cdegSecondsPastThreshold: 9 * 130 })
})

test("it does not matter how often strides are counted while they come", (t) => {
  fc.assert(
    fc.property(strideTrains, fc.array(fc.nat(3), { minLength: 1 }), (strides, steps) => {
      const { recorder, runs } = newRecording({ pauseLimitS: 20 })
      strides.forEach((one, index) => {
        recorder.stride(one)
        for (let step = steps[index % steps.length] as number; step > 0; step--) recorder.step()
      })
      recorder.close()
      t.deepEqual(runs, record(strides, { pauseLimitS: 20 }))
    }),
    { numRuns: 200 },
  )
})

test("an open run can be closed at once; running on is a new run", (t) => {
  const { recorder, runs, events } = newRecording()
  recorder.close()
  t.deepEqual(events, [])
  for (const one of train(0, 20)) tell(recorder, one)
  recorder.close()
  t.is(runs[0]?.strides, 20)
  for (const one of train(20 * PERIOD_MS, 8)) tell(recorder, one)
  recorder.close()
  t.like(runs[1], { id: 2, strides: 8, startMs: 20 * PERIOD_MS })
})

test("a closed run is left alone by the next one and says what it was recorded with", (t) => {
  const { recorder, runs } = newRecording()
  for (const one of train(0, 20)) tell(recorder, one)
  recorder.buzzed(5000, BuzzReason.depth)
  recorder.close()
  const before = JSON.stringify(runs[0])
  for (const one of train(500_000, 30, { peakFlexionCdeg: 6000 })) tell(recorder, one)
  recorder.close()
  t.is(JSON.stringify(runs[0]), before)
  t.like(runs[0], { calibrationVersion: 7, modelVersion: 3, peakErrorCdeg: 390 })
  t.deepEqual(runs[0]?.buzzes, [{ timeMs: 5000, reason: BuzzReason.depth }])
  t.deepEqual(runs[1]?.buzzes, [])
})

test("the list holds 64 bouts and as many buzzes as a run may have; further bouts are counted in the totals", (t) => {
  const { recorder, runs } = newRecording()
  for (let bout = 0; bout < 70; bout++) {
    for (const one of train(bout * 20_000, 10)) tell(recorder, one)
    recorder.buzzed(bout * 20_000, BuzzReason.compressions)
  }
  recorder.close()
  const [run] = runs
  t.is(run?.bouts.length, 64)
  t.is(run?.boutsDropped, 6)
  t.is(run?.strides, 700)
  const mostBuzzes = SETTINGS.find(({ name }) => name === "buzzesPerRun")?.max
  t.is(run?.buzzes.length, mostBuzzes)
})

test("data quality is that of the samples from the run's beginning to its last stride", (t) => {
  const { recorder, runs } = newRecording()
  const second = (clipped: number) => recorder.quality.samples(104, clipped)
  for (let batch = 0; batch < 50; batch++) second(20)
  recorder.quality.gap(1000)
  recorder.quality.strapShift()
  train(0, 100).forEach((one, index) => {
    tell(recorder, one)
    second(index === 50 ? 4 : 0)
    if (index === 60) recorder.quality.gap(30)
  })
  second(9)
  recorder.quality.strapShift()
  recorder.close()
  const seen = 99 * 104
  t.deepEqual(runs[0]?.dataQuality, {
    validPermyriad: Math.floor((10_000 * (seen - 4)) / (seen + 30)),
    gaps: 1,
    clipped: 4,
    strapShift: false,
    resumed: false,
    gapUnknown: false,
    cutShort: false,
  })
})

test("a strap shift in a run is kept with it, and only with it", (t) => {
  const { recorder, runs } = newRecording()
  for (const start of [0, 400_000]) {
    train(start, 20).forEach((one, index) => {
      if (start === 0 && index === 15) recorder.quality.strapShift()
      recorder.quality.samples(70, 0)
      tell(recorder, one)
    })
  }
  recorder.close()
  t.deepEqual(
    runs.map(({ dataQuality }) => [dataQuality.strapShift, dataQuality.validPermyriad]),
    [
      [true, 10_000],
      [false, 10_000],
    ],
  )
})
