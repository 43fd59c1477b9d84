/**
 * What a device is judged by, each metric once: name in the JSON, title and digits in the table, and which end of it is the worse.
 * Mean and worst run over the recordings that have a value.
 */
import { type Interval, meanInterval } from "./bootstrap"
import { mean } from "./statistics"

/** `small`: the lower value is the worse; `size`: the one further from 0. */
type Worse = "large" | "small" | "size"

interface Metric {
  table: "motion" | "events" | "counts"
  title: string
  digits: number
  worse: Worse
}

const metric = (table: Metric["table"], title: string, digits: number, worse: Worse = "large"): Metric => ({
  table,
  title,
  digits,
  worse,
})

export const METRICS = {
  thighRmseDeg: metric("motion", "thigh °", 2),
  thighRmseRawDeg: metric("motion", "raw", 2),
  delayMs: metric("motion", "delay ms", 1, "size"),
  kneeRmseDeg: metric("motion", "knee °", 2),
  kneeRmseRawDeg: metric("motion", "raw", 2),
  kneeStanceRmseDeg: metric("motion", "stance", 2),
  kneeSwingRmseDeg: metric("motion", "swing", 2),
  countedPeakErrorDeg: metric("motion", "peak °", 2),
  stancePeakErrorDeg: metric("motion", "live peak °", 2),
  boutPeakErrorDeg: metric("motion", "bout peak °", 2),
  stanceF1: metric("events", "stance F1", 3, "small"),
  initialContactMeanMs: metric("events", "contact ms", 1, "size"),
  initialContactSdMs: metric("events", "± SD", 1),
  toeOffMeanMs: metric("events", "toe-off ms", 1, "size"),
  toeOffSdMs: metric("events", "± SD", 1),
  contactTimeErrorMs: metric("events", "contact time", 1),
  stancesUnmatched: metric("events", "unmatched", 0),
  stridesErrorPercent: metric("events", "strides %", 1),
  cadenceErrorSpm: metric("events", "cadence/min", 2),
  compressions30ErrorPercent: metric("counts", "30° %", 1),
  compressions35ErrorPercent: metric("counts", "35°", 1),
  compressions40ErrorPercent: metric("counts", "40°", 1),
  compressions45ErrorPercent: metric("counts", "45°", 1),
  compressions50ErrorPercent: metric("counts", "50°", 1),
  bandErrorPercent: metric("counts", "band error %", 1),
  everyStrideBandErrorPercent: metric("counts", "every stride", 1),
  meanShareBandErrorPercent: metric("counts", "mean share", 1),
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof METRICS
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[]

/** Null: could not be scored. */
export type Metrics = Record<MetricName, number | null>
export type Intervals = Record<MetricName, Interval | null>
export type Worst = Record<MetricName, { value: number; recording: string } | null>

export function meanMetrics(rows: readonly Metrics[]): Metrics {
  return table((name) => mean(rows.map((row) => row[name]).filter((value) => value !== null)))
}

/** 95 % of the means, by resampling the recordings: each is taken for a runner. */
export function intervalMetrics(rows: readonly Metrics[]): Intervals {
  return table((name) => meanInterval(rows.map((row) => row[name])))
}

export function worstMetrics(rows: readonly (Metrics & { recording: string })[]): Worst {
  return table((name) => {
    const badness = (value: number) => {
      if (METRICS[name].worse === "size") return Math.abs(value)
      return METRICS[name].worse === "small" ? -value : value
    }
    let worst: { value: number; recording: string } | null = null
    for (const row of rows) {
      const value = row[name]
      if (value === null) continue
      if (!worst || badness(value) > badness(worst.value)) worst = { value, recording: row.recording }
    }
    return worst
  })
}

function table<Value>(cell: (name: MetricName) => Value): Record<MetricName, Value> {
  return Object.fromEntries(METRIC_NAMES.map((name) => [name, cell(name)])) as Record<MetricName, Value>
}
