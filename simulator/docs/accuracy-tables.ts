/** The accuracy report as Markdown: for everybody (README.md), and in full, by depth and by runner (docs/measuring.md). */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { METRIC_NAMES, METRICS, type MetricName } from "../evaluate/metrics"
import type { AccuracyReport } from "./accuracy-report"
import { markdownTable } from "./markdown-table"

/** What the README tells, in a runner's words, with its unit. */
const MAIN: readonly [name: MetricName, words: string, unit: string][] = [
  ["countedPeakErrorDeg", "deepest loaded bend of a stride", "°"],
  ["boutPeakErrorDeg", "the same, median of a bout", "°"],
  ["kneeStanceRmseDeg", "knee angle while the leg is loaded, live", "°"],
  ["kneeRmseDeg", "knee angle over the whole stride, live", "°"],
  ["thighRmseDeg", "thigh angle while running", "°"],
  ["contactTimeErrorMs", "foot on ground", " ms"],
  ["cadenceErrorSpm", "cadence", " steps/min"],
  ["stridesErrorPercent", "strides", " %"],
  ["bandErrorPercent", "compressions, mean over the five depths", " % of strides"],
]
const RUNNER_COLUMNS: readonly MetricName[] = [
  "thighRmseDeg",
  "kneeRmseDeg",
  "kneeStanceRmseDeg",
  "countedPeakErrorDeg",
  "stancePeakErrorDeg",
  "boutPeakErrorDeg",
  "contactTimeErrorMs",
  "bandErrorPercent",
]
/** Where a column's title needs its table's. */
const TABLES = { motion: "angles", events: "events, strides", counts: "compressions" } as const
const PERCENT = 100

export function mainAccuracy(report: AccuracyReport): string {
  const { totals } = report
  const rows = MAIN.map(([name, words, unit]) => [
    words,
    `${short(report.mean[name])}${unit}`,
    `${short(report.worst[name]?.value)}${unit}`,
  ])
  return [
    `On ${totals.recordings} runners, each one new to the device: the deepest loaded bend of a stride is off by ` +
      `${short(report.mean.countedPeakErrorDeg)}° on average, by ${short(report.worst.countedPeakErrorDeg?.value)}° in the worst runner. ` +
      `Of ${totals.bouts} bouts it found ${totals.found} and invented ${totals.invented === 0 ? "none" : totals.invented}.`,
    markdownTable(["off by", "mean of the runners", "worst runner"], rows),
    weakestDepth(report),
    `A counter without a sensor, which takes every stride for a compression, is off by ` +
      `${percent(report.trivial.everyStride?.bandErrorPercent)} of strides; one that knows what share of strides the other runners bend ` +
      `so deep, by ${percent(report.trivial.meanShare?.bandErrorPercent)}.`,
    conditions(report),
  ].join("\n\n")
}

export function depthAccuracy({ trivial, mean, worst }: AccuracyReport): string {
  const rows = DEPTH_BANDS_DEG.map((depth, band) => {
    const everyStride = trivial.everyStride?.byDepthPercent[band]
    return [
      `${depth}°`,
      percent(everyStride === undefined ? undefined : PERCENT - everyStride),
      percent(mean[bandMetric(depth)]),
      percent(worst[bandMetric(depth)]?.value),
      percent(everyStride),
      percent(trivial.meanShare?.byDepthPercent[band]),
    ]
  })
  return markdownTable(
    [
      "past",
      "strides that are",
      "Patella is off by",
      "worst runner",
      "every stride counts",
      "the others' mean share",
    ],
    rows,
  )
}

export function fullAccuracy(report: AccuracyReport): string {
  const rows = METRIC_NAMES.map((name) => {
    const worst = report.worst[name]
    return [
      `${TABLES[METRICS[name].table]}: ${METRICS[name].title} (\`${name}\`)`,
      shown(name, report.mean[name]),
      worst ? `${shown(name, worst.value)} (${runner(worst.recording)})` : "–",
    ]
  })
  return [markdownTable(["metric", "mean", "worst (runner)"], rows), conditions(report)].join("\n\n")
}

export function runnerAccuracy({ recordings }: AccuracyReport): string {
  const head = ["runner", ...RUNNER_COLUMNS.map((name) => METRICS[name].title), "bouts found/missed/invented"]
  const rows = recordings.map((row) => [
    runner(row.recording),
    ...RUNNER_COLUMNS.map((name) => shown(name, row[name])),
    `${row.boutsFound}/${row.boutsMissed}/${row.boutsInvented}`,
  ])
  return markdownTable(head, rows)
}

function weakestDepth({ mean, worst }: AccuracyReport): string {
  const error = (depth: number) => mean[bandMetric(depth)] ?? 0
  const weakest = [...DEPTH_BANDS_DEG].sort((a, b) => error(b) - error(a))[0] as number
  return (
    `Counts are weakest where a runner's own depth lies close to the line: past ${weakest}° they are off by ${percent(error(weakest))} of strides in the ` +
    `mean, and past 30° by ${percent(worst[bandMetric(30)]?.value)} in the worst runner.`
  )
}

function bandMetric(depth: number): MetricName {
  return `compressions${depth}ErrorPercent` as MetricName
}

function conditions({ made, engine, firmware, model, conditions: how }: AccuracyReport): string {
  return `Measured on ${made} with firmware ${firmware}, model ${model}, engine ${engine}. ${how}`
}

function runner(recording: string): string {
  return recording.replace(/\.csv(\.gz)?$/, "")
}

/** A report older than a metric has none of it. */
function shown(name: MetricName, value: number | null | undefined): string {
  return value === null || value === undefined
    ? "–"
    : value.toFixed(METRICS[name].digits).replace(/^-(0(\.0*)?)$/, "$1")
}

/** As the README shows figures. */
function short(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : value.toFixed(1)
}

function percent(value: number | null | undefined): string {
  return `${short(value)} %`
}
