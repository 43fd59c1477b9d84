/** The spread of a figure, held against brute force. */
import test from "ava"
import fc from "fast-check"
import { binsOf, distributionOf } from "../../../simulator/statistics/distribution"

const value = fc.double({ min: -200, max: 200, noNaN: true })
const values = fc.array(value, { minLength: 1, maxLength: 60 })
const seeded = (numbers: readonly number[]) => numbers.map((value, place) => ({ seed: place + 5, value }))

test("of 0 to 100 the percentiles are the numbers themselves", (t) => {
  const spread = distributionOf(seeded(Array.from({ length: 101 }, (_, number) => 100 - number)))
  t.like(spread, {
    runs: 101,
    mean: 50,
    p5: 5,
    p25: 25,
    p50: 50,
    p75: 75,
    p95: 95,
    worst: { value: 100, seed: 5 },
  })
  // n² − 1 over 12, for n numbers side by side.
  t.true(Math.abs((spread?.sd ?? 0) - Math.sqrt((101 ** 2 - 1) / 12)) < 1e-9)
})

test("nothing has no distribution and no bins", (t) => {
  t.is(distributionOf([]), null)
  t.deepEqual(binsOf([]), [])
})

test("worst is what is furthest from 0, of several the smallest seed's", (t) => {
  const spread = distributionOf([
    { seed: 9, value: -7 },
    { seed: 3, value: 2 },
    { seed: 4, value: 7 },
    { seed: 8, value: -7 },
  ])
  t.deepEqual(spread?.worst, { seed: 4, value: 7 })
})

test("a percentile has at most its share of the values under it, and at most the rest above", (t) => {
  fc.assert(
    fc.property(values, (numbers) => {
      const spread = distributionOf(seeded(numbers))
      if (!spread) return false
      const shares = [0.05, 0.25, 0.5, 0.75, 0.95]
      const { p5, p25, p50, p75, p95 } = spread
      return [p5, p25, p50, p75, p95].every((percentile, place) => {
        const share = shares[place] as number
        const steps = numbers.length - 1
        const under = numbers.filter((number) => number < percentile).length
        const above = numbers.filter((number) => number > percentile).length
        return under <= Math.ceil(share * steps + 1e-9) && above <= Math.ceil((1 - share) * steps + 1e-9)
      })
    }),
  )
  t.pass()
})

test("mean and SD are those of two plain sums", (t) => {
  fc.assert(
    fc.property(values, (numbers) => {
      const spread = distributionOf(seeded(numbers))
      let sum = 0
      let squares = 0
      for (const number of numbers) sum += number
      const mean = sum / numbers.length
      for (const number of numbers) squares += (number - mean) * (number - mean)
      const near = (a: number | undefined, b: number) => Math.abs((a ?? Number.NaN) - b) < 1e-9 * 200
      return near(spread?.mean, mean) && near(spread?.sd, Math.sqrt(squares / numbers.length))
    }),
  )
  t.pass()
})

test("each value is in the one bin that says so; bins lie side by side, as few as a terminal has room for", (t) => {
  fc.assert(
    fc.property(values, (numbers) => {
      const bins = binsOf(numbers)
      const counted = bins.map(
        ({ from, to }) => numbers.filter((number) => from <= number && number < to).length,
      )
      const joined = bins.every(({ to }, place) => place === bins.length - 1 || to === bins[place + 1]?.from)
      return (
        joined &&
        bins.length <= 16 &&
        bins.every(({ runs }, place) => runs === counted[place]) &&
        counted.reduce((sum, runs) => sum + runs, 0) === numbers.length
      )
    }),
    { examples: [[[0.1, 0.2, 0.3, 0.7, 1.5]], [[-0.3, 0, 0.3]], [[5]], [[-8.185, -8.13]], [[1e-9, 2e-9]]] },
  )
  t.pass()
})

for (const [numbers, edges] of [
  [
    [0, 30],
    [0, 2, 30, 32],
  ],
  [
    [-7, 7],
    [-7, -6, 7, 8],
  ],
  [
    [0.1, 0.2],
    [0.1, 0.11, 0.2, 0.21],
  ],
  [
    [0, 1000],
    [0, 100, 1000, 1100],
  ],
  [[42], [42, 43, 42, 43]],
] as const)
  test(`from ${numbers[0]} to ${numbers.at(-1)} the bins have round edges`, (t) => {
    const bins = binsOf(numbers)
    t.deepEqual([bins[0]?.from, bins[0]?.to, bins.at(-1)?.from, bins.at(-1)?.to], [...edges])
  })
