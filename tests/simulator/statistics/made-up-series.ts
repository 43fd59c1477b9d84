/** Series of runs that nobody made, for tests: figures by arithmetic from the seed. */
import type { RunFigures } from "../../../simulator/statistics/run-figures"
import { type SeriesChoice, type SeriesResult, seriesResult } from "../../../simulator/statistics/series"
import type { SeriesRow } from "../../../simulator/statistics/series-row"

const CHOICE: SeriesChoice = {
  scenario: "made-up",
  scenarioHash: "5ce7",
  durationS: null,
  engine: "node",
  board: null,
  sensors: null,
  settings: { thresholdDeg: 35 },
  firmwareHash: "f1",
  firstSeed: 1,
  runs: 10,
}
export const VERSIONS = { firmware: "0.1.0", model: "2" }

/** Each eleventh failed; each seventh had no running. */
export function madeUpRow(seed: number): SeriesRow {
  if (seed % 11 === 0) return { seed, error: `seed ${seed}: the device never closed its run` }
  const strides = seed % 7 === 0 ? 0 : 100 + (seed % 5)
  const off = (step: number) => (strides === 0 ? null : ((seed * step) % 17) / 3 - 2.1)
  const counted = { bouts: 1, strides, compressions: [strides, strides, 7, 3, 0] }
  const errors: RunFigures["errors"] = {
    boutsFound: strides === 0 ? 0 : 1,
    boutsMissed: 0,
    boutsInvented: seed % 3 === 0 ? 1 : 0,
    stridesInvented: seed % 3 === 0 ? 8 : 0,
    stridesPercent: off(1),
    compressions30Percent: off(3),
    compressions35Percent: off(5),
    compressions40Percent: off(7),
    compressions45Percent: off(11),
    compressions50Percent: off(13),
    bandErrorPercent: strides === 0 ? null : Math.abs(off(13) ?? 0),
    peakDeg: off(2),
    cadenceErrorSpm: strides === 0 ? null : 0.1 * (seed % 3),
  }
  return { seed, truth: counted, device: counted, errors }
}

export function madeUpSeries(seeds: readonly number[], more: Partial<SeriesChoice> = {}): SeriesResult {
  const choice = { ...CHOICE, ...more }
  const rows = seeds.map(madeUpRow)
  const known = rows.some((row) => "errors" in row)
  return seriesResult(choice, known ? VERSIONS : { firmware: null, model: null }, rows)
}
