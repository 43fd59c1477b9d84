/**
 * What a device is judged by, each metric once: name in the JSON, words and digits in tables, and which end of it is the worse.
 * Mean and worst run over the recordings that have a value.
 */
import { type Interval, meanInterval } from "./bootstrap"
import { mean } from "./statistics"

/** `small`: the lower value is the worse; `size`: the one further from 0. */
type Worse = "large" | "small" | "size"

interface Metric {
  table: "motion" | "events" | "counts"
  /** Heads a column. */
  title: string
  /** In full, with the unit. */
  words: string
  digits: number
  worse: Worse
}

const metric = (
  table: Metric["table"],
  title: string,
  words: string,
  digits: number,
  worse: Worse = "large",
): Metric => ({
  table,
  title,
  words,
  digits,
  worse,
})

export const METRICS = {
  thighRmseDeg: metric("motion", "thigh °", "thigh angle, °", 2),
  thighRmseRawDeg: metric("motion", "raw", "thigh angle, delay left in, °", 2),
  delayMs: metric("motion", "delay ms", "delay taken off, ms", 1, "size"),
  kneeRmseDeg: metric("motion", "knee °", "knee angle, °", 2),
  kneeRmseRawDeg: metric("motion", "raw", "knee angle, delay left in, °", 2),
  kneeStanceRmseDeg: metric("motion", "stance", "knee angle in stance, °", 2),
  kneeSwingRmseDeg: metric("motion", "swing", "knee angle in swing, °", 2),
  countedPeakErrorDeg: metric("motion", "peak °", "stance peak that is counted, °", 2),
  stancePeakErrorDeg: metric("motion", "live peak °", "stance peak of the live angle, °", 2),
  boutPeakErrorDeg: metric("motion", "bout peak °", "median stance peak of a bout, °", 2),
  stanceF1: metric("events", "stance F1", "stance, F1", 3, "small"),
  initialContactMeanMs: metric("events", "contact ms", "initial contact, mean, ms", 1, "size"),
  initialContactSdMs: metric("events", "± SD", "initial contact, SD, ms", 1),
  toeOffMeanMs: metric("events", "toe-off ms", "toe-off, mean, ms", 1, "size"),
  toeOffSdMs: metric("events", "± SD", "toe-off, SD, ms", 1),
  contactTimeErrorMs: metric("events", "contact time", "contact time, ms", 1),
  stancesUnmatched: metric("events", "unmatched", "stances not found", 0),
  stridesErrorPercent: metric("events", "strides %", "strides of the worst bout, %", 1),
  cadenceErrorSpm: metric("events", "cadence/min", "cadence, steps/min", 2),
  compressions30ErrorPercent: metric("counts", "30° %", "compressions past 30°, % of strides", 1),
  compressions35ErrorPercent: metric("counts", "35°", "compressions past 35°, % of strides", 1),
  compressions40ErrorPercent: metric("counts", "40°", "compressions past 40°, % of strides", 1),
  compressions45ErrorPercent: metric("counts", "45°", "compressions past 45°, % of strides", 1),
  compressions50ErrorPercent: metric("counts", "50°", "compressions past 50°, % of strides", 1),
  bandErrorPercent: metric("counts", "band error %", "compressions, mean over the depths, % of strides", 1),
  everyStrideBandErrorPercent: metric("counts", "every stride", "counter “every stride”, the same", 1),
  meanShareBandErrorPercent: metric("counts", "mean share", "counter “the others' mean share”, the same", 1),
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
