/** A series for people: how each error is spread, a histogram, and which runs failed. */

import { missingSeeds, seedWords } from "../statistics/seeds"
import type { SeriesResult } from "../statistics/series"
import { HISTOGRAM_OF, SPREAD, type SpreadName } from "../statistics/series-report"
import { hasFailed } from "../statistics/series-row"
import { plainTable } from "./plain-table"
import { boutWords, signed } from "./truth-table"
import { count, type Paint } from "./wording"

/** How a figure reads; a size has no sign. */
const FIGURES: Record<SpreadName, { words: string; digits: number; isSize?: boolean }> = {
  stridesPercent: { words: "strides, %", digits: 1 },
  compressions30Percent: { words: "compressions past 30°, %", digits: 1 },
  compressions35Percent: { words: "past 35°", digits: 1 },
  compressions40Percent: { words: "past 40°", digits: 1 },
  compressions45Percent: { words: "past 45°", digits: 1 },
  compressions50Percent: { words: "past 50°", digits: 1 },
  bandErrorPercent: { words: "size, mean of the depths, %", digits: 1, isSize: true },
  peakDeg: { words: "stance peak, °", digits: 1 },
  cadenceErrorSpm: { words: "cadence, size, steps/min", digits: 2, isSize: true },
  stridesInvented: { words: "strides where nobody ran", digits: 1, isSize: true },
}
const HEAD = ["off by", "mean", "SD", "5 %", "25 %", "half", "75 %", "95 %", "worst", "seed"]
const LEGEND = [
  "%: of the true strides; + counted too much, or saw the knee too deep. 5 % of the runs lie under the figure in the column 5 %.",
  "size: without a sign; of each bout's compressions, the mean over the five depths. worst: furthest from 0, and the seed to see it again.",
]
const BAR_WIDTH = 40
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
const FAILURES_SHOWN = 5

export function seriesTables(series: SeriesResult, paint: Paint): string {
  const { scenario, firstSeed, runs, report } = series
  const missing = missingSeeds(series, new Set(series.rows.map(({ seed }) => seed)))
  const seeds = runs === 1 ? `seed ${firstSeed}` : `seeds ${firstSeed} to ${firstSeed + runs - 1}`
  return [
    `${paint("bold", scenario)}, ${count(runs, "run", "runs")}, ${seeds}: ${boutWords(report)}`,
    ...(missing.length > 0
      ? [paint("yellow", `without ${count(missing.length, "run", "runs")}: ${seedWords(missing)}`)]
      : []),
    ...failures(series, paint),
    "",
    spreadTable(series, paint),
    "",
    ...LEGEND.map((line) => `  ${paint("dim", line)}`),
    ...histogram(series, paint),
  ].join("\n")
}

function spreadTable({ report }: SeriesResult, paint: Paint): string {
  const rows = SPREAD.map((name) => {
    const { words, digits, isSize } = FIGURES[name]
    const spread = report.spread[name]
    if (!spread) return [words, ...HEAD.slice(1).map(() => "–")]
    const figure = (value: number) => (isSize ? value.toFixed(digits) : signed(value, "", digits))
    const { mean, sd, p5, p25, p50, p75, p95, worst } = spread
    return [
      words,
      ...[figure(mean), sd.toFixed(digits)],
      ...[p5, p25, p50, p75, p95, worst.value].map(figure),
      String(worst.seed),
    ]
  })
  return plainTable(
    HEAD.map((text) => paint("dim", text)),
    HEAD.map((_, column) => (column === 0 ? "left" : "right")),
    rows,
  )
}

function histogram({ report }: SeriesResult, paint: Paint): string[] {
  const bins = report.histogram
  if (bins.length === 0) return []
  const most = Math.max(...bins.map(({ runs }) => runs))
  const rows = bins.map(({ from, to, runs }) => [`${edge(from)} to ${edge(to)}`, bar(runs / most), runs])
  return [
    "",
    `  Runs by their compressions' error: ${FIGURES[HISTOGRAM_OF].words}`,
    "",
    plainTable(
      ["%", "", "runs"].map((text) => paint("dim", text)),
      ["right", "left", "right"],
      rows,
    ),
  ]
}

/** A round number: at most six decimals, and no zeros behind them. */
function edge(value: number): string {
  return String(Number(value.toFixed(6)))
}

function bar(share: number): string {
  const eighths = Math.ceil(share * BAR_WIDTH * EIGHTHS.length)
  return "█".repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[eighths % EIGHTHS.length] as string)
}

function failures({ rows }: SeriesResult, paint: Paint): string[] {
  const failed = rows.filter(hasFailed)
  if (failed.length === 0) return []
  const shown = failed.slice(0, FAILURES_SHOWN).map(({ seed, error }) => `  seed ${seed}: ${error}`)
  const more = failed.length > shown.length ? [`  and ${failed.length - shown.length} more`] : []
  return [paint("red", `${count(failed.length, "run", "runs")} failed:`), ...shown, ...more]
}
