/** How figures of the accuracy report are written: numbers, intervals, runners, and when they were measured. */
import { METRICS, type MetricName, type Metrics } from "../evaluate/metrics"
import type { Measured, WornAccuracy } from "./accuracy-report"

const MINUS_ZERO = /^-(0(\.0*)?)$/
const FILE_ENDING = /\.csv(\.gz)?$/
export const NOT_KNOWN = "–"

/** As the README shows figures. */
export function short(value: number | null | undefined): string {
  return decimals(value, 1)
}

export function percent(value: number | null | undefined): string {
  return `${short(value)} %`
}

export function decimals(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? NOT_KNOWN : value.toFixed(digits).replace(MINUS_ZERO, "$1")
}

/** With the digits of the metric. A report older than a metric has none of it. */
export function shown(name: MetricName, value: number | null | undefined): string {
  return decimals(value, METRICS[name].digits)
}

/** "3.94 (2.9 to 5.1)" with the metric's digits. */
export function withInterval(name: MetricName, { mean, interval }: Pick<WornAccuracy, "mean" | "interval">) {
  const range = interval[name]
  const value = shown(name, (mean as Partial<Metrics>)[name])
  return range ? `${value} (${shown(name, range.low)} to ${shown(name, range.high)})` : value
}

export function runner(recording: string): string {
  return recording.replace(FILE_ENDING, "")
}

export function bandMetric(depth: number): MetricName {
  return `compressions${depth}ErrorPercent` as MetricName
}

export function measured({ made, engine, firmware, model }: Measured): string {
  return `Measured on ${made} with firmware ${firmware}, model ${model}, engine ${engine}.`
}
