/** The accuracy report for everybody, in a runner's words: for README.md. */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { MetricName } from "../evaluate/metrics"
import { type AccuracyReport, type WornAccuracy, wornOf } from "./accuracy-report"
import { bandMetric, measured, percent, short } from "./accuracy-words"
import { markdownTable } from "./markdown-table"

/** What the README tells, with its unit. */
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

export function accuracySummary(report: AccuracyReport): string {
  const { one } = report.worn
  const worn = wornOf(report)
  const several = worn.length > 1
  const head = worn.flatMap(({ title }) => {
    const of = several ? `${title}: ` : ""
    return [`${of}mean of the runners`, `${of}worst runner`]
  })
  const rows = MAIN.map(([name, words, unit]) => [
    words,
    ...worn.flatMap(({ figures }) => [
      `${short(figures.mean[name])}${unit}`,
      `${short(figures.worst[name]?.value)}${unit}`,
    ]),
  ])
  return [
    opening(one),
    markdownTable(["off by", ...head], rows),
    weakestDepth(one),
    `A counter without a sensor, which takes every stride for a compression, is off by ` +
      `${percent(one.trivial.everyStride?.bandErrorPercent)} of strides; one that knows what share of strides the other runners bend ` +
      `so deep, by ${percent(one.trivial.meanShare?.bandErrorPercent)}.`,
    `Worn with ${worn.map(({ title }) => title).join("; ")}. ${measured(one)} ${report.conditions}`,
  ].join("\n\n")
}

function opening({ totals, mean, interval, worst }: WornAccuracy): string {
  const range = interval.countedPeakErrorDeg
  return (
    `On ${totals.recordings} runners, each one new to the device: the deepest loaded bend of a stride is off by ` +
    `${short(mean.countedPeakErrorDeg)}° on average${range ? ` (95 % of such means: ${short(range.low)} to ${short(range.high)}°)` : ""}, ` +
    `by ${short(worst.countedPeakErrorDeg?.value)}° in the worst runner. ` +
    `Of ${totals.bouts} bouts it found ${totals.found} and invented ${totals.invented === 0 ? "none" : totals.invented}.`
  )
}

function weakestDepth({ mean, worst }: WornAccuracy): string {
  const error = (depth: number) => mean[bandMetric(depth)] ?? 0
  const weakest = [...DEPTH_BANDS_DEG].sort((a, b) => error(b) - error(a))[0] as number
  return (
    `Counts are weakest where a runner's own depth lies close to the line: past ${weakest}° they are off by ${percent(error(weakest))} of strides in the ` +
    `mean, and past 30° by ${percent(worst[bandMetric(30)]?.value)} in the worst runner.`
  )
}
