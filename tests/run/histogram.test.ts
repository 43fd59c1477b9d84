import test from "ava"
import fc from "fast-check"
import { Histogram, PEAK_BIN_CDEG, PEAK_BINS } from "../../src/run/histogram"
import { median } from "./strides"

function histogramOf(values: number[]): Histogram {
  const histogram = new Histogram(PEAK_BIN_CDEG, PEAK_BINS)
  for (const value of values) histogram.add(value)
  return histogram
}
const peaks = fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 200 })

test("the median is less than one bin from the exact one, whatever the values", (t) => {
  fc.assert(
    fc.property(peaks, (values) => Math.abs(histogramOf(values).median() - median(values)) < PEAK_BIN_CDEG),
  )
  t.pass()
})

test("a percentile is less than one bin from the exact nearest-rank one", (t) => {
  fc.assert(
    fc.property(peaks, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const sorted = [...values].sort((a, b) => a - b)
      const exact = sorted[Math.ceil((percent * values.length) / 100) - 1] ?? Number.NaN
      return Math.abs(histogramOf(values).percentile(percent) - exact) < PEAK_BIN_CDEG
    }),
  )
  t.pass()
})

test("of peaks that spread as a runner's do, the median is within half a bin", (t) => {
  // Stance peaks of one runner at one speed spread by about 2° (SD), here as a sum of four even spreads.
  const spread = fc.integer({ min: -350, max: 350 })
  const runner = fc
    .tuple(
      fc.integer({ min: 3000, max: 6000 }),
      fc.array(fc.tuple(spread, spread, spread, spread), { minLength: 80, maxLength: 300, size: "max" }),
    )
    .map(([mean, deviations]) => deviations.map(([a, b, c, d]) => mean + a + b + c + d))
  fc.assert(
    fc.property(
      runner,
      (values) => Math.abs(histogramOf(values).median() - median(values)) <= PEAK_BIN_CDEG / 2,
    ),
    { seed: 1, numRuns: 300 },
  )
  t.pass()
})

test("values in one bin are spread over it", (t) => {
  const histogram = histogramOf([4300, 4300, 4300, 4300])
  t.is(histogram.percentile(25), 4306)
  t.is(histogram.percentile(100), 4343)
  t.is(histogram.median(), 4324)
})

test("values beyond the range count in the outermost bins", (t) => {
  t.is(histogramOf([-20_000]).median(), PEAK_BIN_CDEG / 2)
  t.is(histogramOf([20_000]).median(), 10_000 - PEAK_BIN_CDEG / 2)
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
