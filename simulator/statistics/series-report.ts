/** What a series shows: how each error is spread over its runs, bouts found and missed, and which runs failed. */
import { type Bin, binsOf, type Distribution, distributionOf } from "./distribution"
import type { RunErrors, RunFigures } from "./run-figures"
import { type SeedRange, seedsOf } from "./seeds"
import { hasFailed, type SeriesRow } from "./series-row"

/** The errors whose spread is reported. */
export const SPREAD = [
  "stridesPercent",
  "compressions30Percent",
  "compressions35Percent",
  "compressions40Percent",
  "compressions45Percent",
  "compressions50Percent",
  "bandErrorPercent",
  "peakDeg",
  "cadenceErrorSpm",
  "stridesInvented",
] as const satisfies (keyof RunErrors)[]
export type SpreadName = (typeof SPREAD)[number]

/** What is drawn as a histogram: the figure that sums the counts up. */
export const HISTOGRAM_OF = "bandErrorPercent" satisfies SpreadName

export interface SeriesReport {
  /** Of the runs that there are to be, those that are done, failed ones included. */
  done: number
  failed: number
  /** Over all runs that did not fail. */
  strides: number
  boutsFound: number
  boutsMissed: number
  boutsInvented: number
  /** Null where no run has such a figure, as an error in % of strides without running. */
  spread: Record<SpreadName, Distribution | null>
  histogram: Bin[]
}

/** @param rows by seed */
export function seriesReport(range: SeedRange, rows: readonly SeriesRow[]): SeriesReport {
  const seeds = new Set(seedsOf(range))
  const strange = rows.find((row, place) => !seeds.has(row.seed) || rows[place - 1]?.seed === row.seed)
  if (strange) throw new RangeError(`seed ${strange.seed} is not one of the series, or twice there`)
  const failed = rows.filter(hasFailed)
  const figures = rows.filter((row): row is RunFigures => "errors" in row)
  const total = (of: (run: RunFigures) => number) => figures.reduce((sum, run) => sum + of(run), 0)
  const values = (name: SpreadName) =>
    figures.flatMap(({ seed, errors }) => {
      const value = errors[name]
      return value === null ? [] : [{ seed, value }]
    })
  return {
    done: rows.length,
    failed: failed.length,
    strides: total((run) => run.truth.strides),
    boutsFound: total((run) => run.errors.boutsFound),
    boutsMissed: total((run) => run.errors.boutsMissed),
    boutsInvented: total((run) => run.errors.boutsInvented),
    spread: Object.fromEntries(SPREAD.map((name) => [name, distributionOf(values(name))])) as Record<
      SpreadName,
      Distribution | null
    >,
    histogram: binsOf(values(HISTOGRAM_OF).map(({ value }) => value)),
  }
}
