/** The accuracy report in full as Markdown: the tables of docs/accuracy.md. What was not measured says so. */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { METRIC_NAMES, METRICS, type MetricName } from "../evaluate/metrics"
import { KEY_METRICS } from "../evaluate/robustness"
import type { DetectableChange } from "../evaluate/smallest-change"
import { type AccuracyReport, wornOf } from "./accuracy-report"
import { bandMetric, decimals, measured, percent, runner, short, shown, withInterval } from "./accuracy-words"
import { markdownTable } from "./markdown-table"

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
const PERCENT = 100
const NOT_MEASURED = "Not measured yet."
const ANGLE_DIGITS = 2

export function metricsTable(report: AccuracyReport): string {
  const worn = wornOf(report)
  const rows = METRIC_NAMES.map((name) => [
    METRICS[name].words,
    ...worn.flatMap(({ figures }) => {
      const worst = figures.worst[name]
      return [
        withInterval(name, figures),
        worst ? `${shown(name, worst.value)} (${runner(worst.recording)})` : "–",
      ]
    }),
  ])
  const head = worn.flatMap(({ title }) => [`${title}: mean (95 %)`, "worst (runner)"])
  return [markdownTable(["off by", ...head], rows), `${measured(report.worn.one)} ${report.conditions}`].join(
    "\n\n",
  )
}

export function runnersTable(report: AccuracyReport): string {
  return wornOf(report)
    .map(({ title, figures }) => {
      const head = [
        "runner",
        ...RUNNER_COLUMNS.map((name) => METRICS[name].title),
        "bouts found/missed/invented",
      ]
      const rows = figures.recordings.map((row) => [
        runner(row.recording),
        ...RUNNER_COLUMNS.map((name) => shown(name, row[name])),
        `${row.boutsFound}/${row.boutsMissed}/${row.boutsInvented}`,
      ])
      return `With ${title}:\n\n${markdownTable(head, rows)}`
    })
    .join("\n\n")
}

export function depthsTable(report: AccuracyReport): string {
  const { trivial } = report.worn.one
  const worn = wornOf(report)
  const rows = DEPTH_BANDS_DEG.map((depth, band) => {
    const everyStride = trivial.everyStride?.byDepthPercent[band]
    return [
      `${depth}°`,
      percent(everyStride === undefined ? undefined : PERCENT - everyStride),
      ...worn.flatMap(({ figures: { mean, worst } }) => [
        percent(mean[bandMetric(depth)]),
        percent(worst[bandMetric(depth)]?.value),
      ]),
      percent(everyStride),
      percent(trivial.meanShare?.byDepthPercent[band]),
    ]
  })
  const head = worn.flatMap(({ title }) => [`${title}: off by`, "worst runner"])
  return markdownTable(
    ["past", "strides that are", ...head, "every stride counts", "the others' mean share"],
    rows,
  )
}

export function changeTable(report: AccuracyReport): string {
  const columns = wornOf(report).flatMap(({ title, figures: { smallestChange } }) => [
    { title: `${title}, same pace`, change: smallestChange.samePace },
    { title: `${title}, another pace`, change: smallestChange.otherPace },
  ])
  const row = (words: string, cell: (change: DetectableChange) => string) => [
    words,
    ...columns.map(({ change }) => cell(change)),
  ]
  return markdownTable(
    ["more than noise is a change of", ...columns.map(({ title }) => title)],
    [
      row("median stance peak", ({ peakDeg }) => `${short(peakDeg)}°`),
      ...DEPTH_BANDS_DEG.map((depth, band) =>
        row(
          `share of strides past ${depth}°`,
          ({ sharePoints }) => `${decimals(sharePoints[band], 0)} points`,
        ),
      ),
      row("load a stride", ({ loadPercent }) => percent(loadPercent)),
    ],
  )
}

export function robustnessTable({ robustness }: AccuracyReport): string {
  if (!robustness) return NOT_MEASURED
  const head = [
    "disturbed by",
    ...KEY_METRICS.map((name) => METRICS[name].title),
    "bouts found/missed/invented",
    "calibrated",
  ]
  const rows = robustness.rows.map(({ title, mean, totals, calibrated }) => [
    title,
    ...KEY_METRICS.map((name) => shown(name, mean[name])),
    `${totals.found}/${totals.missed}/${totals.invented}`,
    `${calibrated} of ${totals.recordings}`,
  ])
  return [markdownTable(head, rows), measured(robustness)].join("\n\n")
}

export function broadTable({ broad }: AccuracyReport): string {
  if (!broad) return NOT_MEASURED
  const angle = (value: number | null) => decimals(value, ANGLE_DIGITS)
  const rows = broad.trials.map((row) => [
    row.trial.replaceAll("_", " "),
    angle(row.rmseDeg),
    angle(row.rmseRawDeg),
    angle(row.maxDeg),
    short(row.delayMs),
    String(row.beyondRangeRows),
  ])
  const { mean, interval } = broad
  const range = (name: keyof typeof mean, digits: number) => {
    const bounds = interval[name]
    const value = decimals(mean[name], digits)
    return bounds ? `${value} (${decimals(bounds.low, digits)} to ${decimals(bounds.high, digits)})` : value
  }
  const means = [
    "mean (95 %)",
    range("rmseDeg", ANGLE_DIGITS),
    range("rmseRawDeg", ANGLE_DIGITS),
    range("maxDeg", ANGLE_DIGITS),
    range("delayMs", 1),
    "",
  ]
  return [
    markdownTable(
      ["trial", "RMSE °", "raw °", "largest °", "delay ms", "rows beyond the chip's range"],
      [...rows, means],
    ),
    measured(broad),
  ].join("\n\n")
}
