import test from "ava"
import fc from "fast-check"
import { Bins, Histogram, PEAK_BINS_CDEG } from "../../src/run/histogram"
import { StateArray } from "./state-array"
import { median } from "./strides"

function histogramOf(values: number[]): Histogram {
  const histogram = new Histogram(PEAK_BINS_CDEG)
  for (const value of values) histogram.add(value)
  return histogram
}
const peaks = fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 200 })

test("the median is less than one bin from the exact one, whatever the values", (t) => {
  fc.assert(
    fc.property(
      peaks,
      (values) => Math.abs(histogramOf(values).median() - median(values)) < PEAK_BINS_CDEG.width,
    ),
  )
  t.pass()
})

test("a percentile is less than one bin from the exact nearest-rank one", (t) => {
  fc.assert(
    fc.property(peaks, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const sorted = [...values].sort((a, b) => a - b)
      const exact = sorted[Math.ceil((percent * values.length) / 100) - 1] ?? Number.NaN
      return Math.abs(histogramOf(values).percentile(percent) - exact) < PEAK_BINS_CDEG.width
    }),
  )
  t.pass()
})

test("of 1,000 runners whose peaks spread by 2°, the median is within half a bin of the exact one for 990", (t) => {
  const random = randomNumbers(1)
  let within = 0
  for (let runner = 0; runner < 1000; runner++) {
    const meanCdeg = 3000 + 3000 * random()
    // Four even spreads of ±1.75° add up to a bell with an SD of 2°.
    const peakCdeg = () => meanCdeg + 175 * (2 * (random() + random() + random() + random()) - 4)
    const values = Array.from({ length: 80 }, () => Math.round(peakCdeg()))
    if (Math.abs(histogramOf(values).median() - median(values)) <= PEAK_BINS_CDEG.width / 2) within += 1
  }
  t.true(within >= 990, `${within} of 1,000`)
})

/** The same numbers from 0 to 1 for the same seed (linear congruential, Numerical Recipes). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test("values in one bin are spread over it", (t) => {
  const histogram = histogramOf([4300, 4300, 4300, 4300])
  t.is(histogram.percentile(25), 4306)
  t.is(histogram.percentile(100), 4343)
  t.is(histogram.median(), 4324)
})

test("values beyond the range count in the outermost bins", (t) => {
  t.is(histogramOf([-20_000]).median(), PEAK_BINS_CDEG.width / 2)
  t.is(histogramOf([20_000]).median(), 10_000 - PEAK_BINS_CDEG.width / 2)
})

test("nothing has the median 0, before the first value and after clearing", (t) => {
  const histogram = histogramOf([])
  t.is(histogram.median(), 0)
  t.is(histogram.percentile(95), 0)
  histogram.add(4000)
  histogram.clear()
  t.is(histogram.count, 0)
  t.is(histogram.median(), 0)
})

test("cleared in parts it is as if cleared at once, and nothing of nothing takes no part", (t) => {
  const histogram = new Histogram(PEAK_BINS_CDEG)
  t.true(histogram.clearSome())
  for (const value of [0, 4025, 4425, 9999]) histogram.add(value)
  let parts = 1
  while (!histogram.clearSome()) parts++
  t.is(parts, 4)
  t.is(histogram.count, 0)
  t.is(histogram.percentile(50), 0)
  const fresh = new Histogram(PEAK_BINS_CDEG)
  for (const value of [25, 4425, 4480, 9980]) {
    histogram.add(value)
    fresh.add(value)
  }
  for (const percent of [1, 50, 75, 100]) t.is(histogram.percentile(percent), fresh.percentile(percent))
  t.is(histogram.median(), fresh.median())
})

test("what is written comes back, between its outermost values; bins that it has not are refused", (t) => {
  fc.assert(
    fc.property(peaks, peaks, (values, more) => {
      const state = new StateArray()
      histogramOf(values).write(state)
      const bins = binOf(Math.max(...values)) - binOf(Math.min(...values)) + 1
      t.is(state.bytes.length, 4 + 2 * bins)
      const read = new Histogram(PEAK_BINS_CDEG)
      read.read(state)
      for (const value of more) read.add(value)
      t.is(read.count, values.length + more.length)
      t.is(read.median(), histogramOf([...values, ...more]).median())
    }),
  )
  const state = new StateArray()
  histogramOf([9999]).write(state)
  t.throws(() => new Histogram(new Bins(PEAK_BINS_CDEG.width, PEAK_BINS_CDEG.count - 1)).read(state), {
    message: "histogram: bins 199 to 200 of 199",
  })
})

function binOf(cdeg: number): number {
  return Math.floor(cdeg / PEAK_BINS_CDEG.width)
}
