/** Parts of a series: dealt, written, read, put together again; and what is refused. */
import test from "ava"
import fc from "fast-check"
import { mergeSeries, type SeriesPart } from "../../../simulator/statistics/merge"
import { missingSeeds, seedsOf, seedWords } from "../../../simulator/statistics/seeds"
import { type SeriesResult, seriesText } from "../../../simulator/statistics/series"
import { parseSeries } from "../../../simulator/statistics/series-file"
import { madeUpSeries, VERSIONS } from "./made-up-series"

/** Through the file's text, as parts come. */
const part = (series: SeriesResult, file: string): SeriesPart => ({
  file,
  series: parseSeries(seriesText(series), file),
})

test("each seed is in one part, and no part has two more than another", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 70 }),
      fc.integer(),
      (runs, of, firstSeed) => {
        const range = { firstSeed, runs }
        const parts = Array.from({ length: of }, (_, place) => seedsOf(range, { index: place + 1, of }))
        const lengths = parts.map((seeds) => seeds.length)
        const all = parts.flat().sort((a, b) => a - b)
        return (
          all.every((seed, place) => seed === firstSeed + place) &&
          all.length === runs &&
          Math.max(...lengths) - Math.min(...lengths) <= 1
        )
      },
    ),
  )
  t.pass()
})

test("any parts in any order merge to the bytes of one big run, also by way of parts that were merged before", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -50, max: 50 }),
      fc.infiniteStream(fc.nat()),
      (runs, of, firstSeed, draws) => {
        const range = { firstSeed, runs }
        const whole = seriesText(madeUpSeries(seedsOf(range), range))
        const shuffled = <Item>(items: Item[]) =>
          items
            .map((item) => ({ item, at: draws.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item)
        const parts = shuffled(
          Array.from({ length: Math.min(of, runs) }, (_, place) =>
            // In a part, runs end in any order.
            part(madeUpSeries(shuffled(seedsOf(range, { index: place + 1, of })), range), `part${place + 1}`),
          ),
        )
        const cut = (draws.next().value as number) % parts.length
        const some = parts.slice(0, cut)
        const merged = cut > 0 ? [part(mergeSeries(some, true), "some"), ...parts.slice(cut)] : parts
        return seriesText(mergeSeries(merged, false)) === whole
      },
    ),
    { numRuns: 60 },
  )
  t.pass()
})

test("the file gives back what was written", (t) => {
  const series = madeUpSeries([3, 1, 2])
  t.deepEqual(parseSeries(seriesText(series), "x"), JSON.parse(JSON.stringify(series)))
  t.deepEqual(
    series.rows.map(({ seed }) => seed),
    [1, 2, 3],
  )
})

const ODD = [1, 3, 5, 7, 9]
const EVEN = [2, 4, 6, 8, 10]
const other = (more: Partial<SeriesResult>): SeriesPart => ({
  file: "b.json",
  series: { ...madeUpSeries(EVEN), ...more },
})

for (const [what, more, words] of [
  [
    "another scenario",
    { scenario: "run" },
    /^b\.json: another scenario \("run"\) than a\.json \("made-up"\)$/,
  ],
  [
    "a scenario of the same name with another text",
    { scenarioHash: "0" },
    /b\.json: another scenario's text/,
  ],
  ["another length", { durationS: 60 }, /b\.json: another --duration \(60\) than a\.json \(null\)/],
  ["another engine", { engine: "xs" }, /b\.json: another --engine/],
  ["another board", { board: "m5stick_cplus" }, /b\.json: another --board/],
  ["more sensors", { sensors: 2 }, /b\.json: another --sensors/],
  ["another setting", { settings: { thresholdDeg: 30 } }, /b\.json: another --set/],
  ["other firmware", { firmwareHash: "f2" }, /b\.json: another firmware \("f2"\)/],
  ["firmware of another version", { firmware: "0.2.0" }, /b\.json: another firmware's version/],
  ["another model", { model: "3" }, /b\.json: another model's version/],
  ["another first seed", { firstSeed: 2 }, /b\.json: another --seed/],
  ["another number of runs", { runs: 11 }, /b\.json: another --runs/],
] as [string, Partial<SeriesResult>, RegExp][])
  test(`${what} is refused with the file named`, (t) => {
    const thrown = t.throws(() => mergeSeries([part(madeUpSeries(ODD), "a.json"), other(more)], false))
    t.like(thrown, { exitCode: 2 })
    t.regex(thrown?.message ?? "", words)
  })

test("a seed that is twice there is refused, with both files", (t) => {
  const parts = [part(madeUpSeries(ODD), "a.json"), part(madeUpSeries([...EVEN, 7]), "b.json")]
  t.throws(() => mergeSeries(parts, true), { message: "b.json: seed 7 is in a.json too" })
})

test("missing seeds are named and refused, or merged without", (t) => {
  const parts = [part(madeUpSeries(ODD), "a.json"), part(madeUpSeries([4, 8]), "b.json")]
  t.throws(() => mergeSeries(parts, false), {
    message: "3 of 10 seeds are in no part: 2, 6, 10; --partial merges without them",
  })
  const partial = mergeSeries(parts, true)
  t.deepEqual(missingSeeds(partial, new Set(partial.rows.map(({ seed }) => seed))), [2, 6, 10])
  t.is(partial.report.done, 7)
})

test("a part whose runs all failed knows no versions, and belongs all the same", (t) => {
  const range = { firstSeed: 10, runs: 2 }
  const failed = part(madeUpSeries([11], range), "a.json")
  t.is(failed.series.model, null)
  const merged = mergeSeries([failed, part(madeUpSeries([10], range), "b.json")], false)
  t.like(merged, VERSIONS)
  t.is(merged.report.failed, 1)
})

test("no part is refused", (t) => {
  t.throws(() => mergeSeries([], true), { message: /name the parts/ })
})

const TEXT = seriesText(madeUpSeries(ODD))
const changed = (
  change: (series: Record<string, unknown> & { rows: Record<string, unknown>[] }) => unknown,
) => {
  const series = JSON.parse(TEXT)
  change(series)
  return JSON.stringify(series)
}
for (const [what, text, words] of [
  ["cut short", TEXT.slice(0, -40), /^p\.json: not JSON \(it ends in the middle: is it cut short\?\): /],
  ["empty", "", /^p\.json: not JSON \(it ends in the middle/],
  ["no JSON", "{ no }", /^p\.json: not JSON: /],
  ["null", "null", /is no file of simulate/],
  ["something else", "{}", /is no file of simulate/],
  [
    "of a later version",
    changed((series) => Object.assign(series, { version: 2 })),
    /version 2 of the format; this program reads 1/,
  ],
  [
    "without its rows",
    changed((series) => Object.assign(series, { rows: [] })),
    /its report is not that of its rows/,
  ],
  ["without one row", changed(({ rows }) => void rows.pop()), /its report is not that of its rows/],
  [
    "with a row twice",
    changed(({ rows }) => void rows.push(rows[0] ?? {})),
    /seed 1 is not one of the series, or twice/,
  ],
  [
    "with a seed of its own",
    changed(({ rows }) => void Object.assign(rows[0] ?? {}, { seed: 99 })),
    /seed 99 is not one/,
  ],
  [
    "with a figure changed",
    changed(({ rows }) => void Object.assign(rows[0]?.errors ?? {}, { peakDeg: 9 })),
    /its report is not/,
  ],
  [
    "with text for a figure",
    changed(({ rows }) => void Object.assign(rows[1]?.errors ?? {}, { peakDeg: "9" })),
    /^p\.json: rows\.1\.errors\.peakDeg must be number/,
  ],
  [
    "without a field",
    changed((series) => void delete series.firmwareHash),
    /must have required property 'firmwareHash'/,
  ],
  [
    "with a field too many",
    changed((series) => Object.assign(series, { more: 1 })),
    /must NOT have additional properties/,
  ],
] as [string, string, RegExp][])
  test(`a file that is ${what} is refused`, (t) => {
    const thrown = t.throws(() => parseSeries(text, "p.json"))
    t.like(thrown, { exitCode: 2 })
    t.regex(thrown?.message ?? "", words)
  })

test("many seeds are named by the first", (t) => {
  t.is(seedWords([1, 2]), "1, 2")
  t.is(seedWords(seedsOf({ firstSeed: 1, runs: 20 })), "1, 2, 3, 4, 5, 6, 7, 8 and 12 more")
})

test("settings are the same in any order", (t) => {
  const settings = { a: 1, b: 2 }
  const turned = { b: 2, a: 1 }
  t.is(seriesText(madeUpSeries([1], { settings })), seriesText(madeUpSeries([1], { settings: turned })))
})
