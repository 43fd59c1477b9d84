/** A series as it is shown on a terminal. */
import test from "ava"
import { seriesTables } from "../../simulator/cli/series-table"
import { signed } from "../../simulator/cli/truth-table"
import { seedsOf } from "../../simulator/statistics/seeds"
import { madeUpSeries } from "./statistics/made-up-series"

const PLAIN = (_style: unknown, text: string) => text
const tables = (seeds: readonly number[], more = {}) => seriesTables(madeUpSeries(seeds, more), PLAIN)

test("figures, their spread and the seed of the worst, in columns", (t) => {
  const out = tables(seedsOf({ firstSeed: 1, runs: 3 }), { runs: 3 })
  t.regex(out, /^made-up, 3 runs, seeds 1 to 3: of 3 bouts of running 3 found, 0 missed; 1 invented\n\n/)
  // 1/3 − 2.1, 2/3 − 2.1 and 1 − 2.1.
  t.regex(out, /\n +strides, % +-1\.4 +0\.3 +-1\.7 +-1\.6 +-1\.4 +-1\.3 +-1\.1 +-1\.8 +1 *\n/)
  t.regex(out, /\n +cadence, size, steps\/min +0\.10 +0\.08 +0\.01 /)
  t.regex(out, /\n +strides where nobody ran +2\.7 +3\.8 +0\.0 /)
})

test("in the histogram the longest bar is of the bin with most runs", (t) => {
  const out = tables(seedsOf({ firstSeed: 1, runs: 60 }), { runs: 60 })
  const bars = [...out.matchAll(/^ +([\d.]+) to ([\d.]+) +([█▏▎▍▌▋▊▉]*) +(\d+) *$/gm)]
  const runs = bars.map(([, , , , count]) => Number(count))
  const widths = bars.map(([, , , bar]) => (bar as string).length)
  t.true(bars.length > 3 && bars.length <= 16)
  t.is(widths.indexOf(40), runs.indexOf(Math.max(...runs)))
  t.true(runs.every((count, place) => count > 0 === (widths[place] as number) > 0))
})

test("runs that failed are named with why, the first five of them", (t) => {
  const out = tables(seedsOf({ firstSeed: 1, runs: 70 }), { runs: 70 })
  t.regex(out, /\n6 runs failed:\n {2}seed 11: seed 11: the device never closed its run\n/)
  t.regex(out, /\n {2}seed 55: .*\n {2}and 1 more\n/)
})

test("without running there is no share to tell, and no histogram", (t) => {
  const out = tables([7], { firstSeed: 7, runs: 1 })
  t.regex(out, /^made-up, 1 run, seed 7: of 0 bouts of running 0 found/)
  t.regex(out, /\n +strides, % +– +– /)
  t.false(out.includes("Runs by"))
})

test("what is missing is said first", (t) => {
  t.regex(tables([1, 2]), /\nwithout 8 runs: 3, 4, 5, 6, 7, 8, 9, 10\n/)
})

for (const [value, words] of [
  [null, "–"],
  [0, "0.0°"],
  [-0.04, "0.0°"],
  [0.04, "0.0°"],
  [1.26, "+1.3°"],
  [-12, "-12.0°"],
] as const)
  test(`${value}° reads ${words}`, (t) => t.is(signed(value, "°"), words))
