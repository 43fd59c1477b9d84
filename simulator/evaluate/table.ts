/**
 * The error table: all scores into the JSON report and into text. Text: three tables (motion, events and strides,
 * compressions), a row a recording, then mean, its 95 % and worst; below them the bouts' totals, the smallest detectable change
 * and what could not be scored.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { plainTable } from "../cli/plain-table"
import type { Evaluation, Failure } from "./evaluation"
import {
  type Intervals,
  intervalMetrics,
  METRIC_NAMES,
  METRICS,
  type MetricName,
  type Metrics,
  meanMetrics,
  type Worst,
  worstMetrics,
} from "./metrics"
import type { BandErrors, RecordingScore } from "./score"
import { type DetectableChange, type SmallestChange, smallestChange } from "./smallest-change"
import { mean } from "./statistics"

/**
 * The JSON of `evaluate --json`. Angles in degrees, times in ms, counts in % of true strides; null where truth is lacking.
 * `interval`: 95 % of each mean; `worst` names the recording of each; a trivial counter's errors are means over recordings;
 * `smallestChange`: of one wearer, that is more than noise.
 */
export interface Report {
  recordings: RecordingScore[]
  mean: Metrics
  interval: Intervals
  worst: Worst
  trivial: { everyStride: BandErrors | null; meanShare: BandErrors | null }
  smallestChange: SmallestChange
  totals: { recordings: number; runs: number; bouts: number; found: number; missed: number; invented: number }
  /** Recordings that could not be read or replayed; they are in none of the numbers. */
  failures: Failure[]
}

export function makeReport({ scored, failures }: Evaluation): Report {
  const recordings = scored.map(({ score }) => score)
  const sum = (name: "boutsFound" | "boutsMissed" | "boutsInvented") =>
    recordings.reduce((total, row) => total + (row[name] ?? 0), 0)
  const trivial = recordings.map((row) => row.trivial).filter((counters) => counters !== null)
  const found = sum("boutsFound")
  const missed = sum("boutsMissed")
  return {
    recordings,
    mean: meanMetrics(recordings),
    interval: intervalMetrics(recordings),
    worst: worstMetrics(recordings),
    trivial: {
      everyStride: meanBands(trivial.map((counters) => counters.everyStride)),
      meanShare: meanBands(trivial.map((counters) => counters.meanShare)),
    },
    smallestChange: smallestChange(scored.map(({ repeats }) => repeats)),
    totals: {
      recordings: recordings.length,
      runs: recordings.reduce((total, row) => total + row.runs, 0),
      bouts: found + missed,
      found,
      missed,
      invented: sum("boutsInvented"),
    },
    failures,
  }
}

function meanBands(rows: BandErrors[]): BandErrors | null {
  if (rows.length === 0) return null
  return {
    byDepthPercent: DEPTH_BANDS_DEG.map(
      (_, band) => mean(rows.map((row) => row.byDepthPercent[band] ?? 0)) ?? 0,
    ),
    bandErrorPercent: mean(rows.map((row) => row.bandErrorPercent)) ?? 0,
  }
}

export function formatReport(report: Report): string {
  const { totals } = report
  const parts = [
    "Motion while running: root mean square errors with the delay removed; stance peaks: mean absolute error of what strides are counted by, of the live angle and of the bouts' medians",
    formatTable(report, "motion"),
    "",
    "Events and strides: error of initial contact, toe-off and contact time; strides of the worst bout; bouts",
    formatTable(report, "events"),
    "",
    "Compressions past each depth: error in % of strides, beside two counters without a sensor",
    formatTable(report, "counts"),
    "",
    `Recordings: ${totals.recordings}, runs: ${totals.runs}`,
    `Bouts: ${totals.bouts}, found ${totals.found}, missed ${totals.missed}, invented ${totals.invented}`,
    ...formatTrivial("every stride counts", report.trivial.everyStride),
    ...formatTrivial("development runners' mean share", report.trivial.meanShare),
    ...formatChange("at the same pace", report.smallestChange.samePace),
    ...formatChange("at another pace", report.smallestChange.otherPace),
    ...report.recordings.flatMap((row) => row.notes.map((note) => `Note: ${row.recording}: ${note}`)),
    ...report.failures.map((failure) => `Failed: ${nameOnce(failure)}`),
  ]
  return `${parts.join("\n")}\n`
}

const MINUS_ZERO = /^-(0(\.0*)?)$/
/** What is wrong with a file names it already. */
function nameOnce({ recording, message }: Failure): string {
  return message.includes(recording) ? message : `${recording}: ${message}`
}

function formatTable(report: Report, which: "motion" | "events" | "counts"): string {
  const names = METRIC_NAMES.filter((name) => METRICS[name].table === which)
  const withBouts = which === "events"
  const line = (recording: string, set: string, cells: string[], bouts: string) => [
    recording,
    set,
    ...cells,
    ...(withBouts ? [bouts] : []),
  ]
  const cells = (values: Metrics) => names.map((name) => formatValue(name, values[name]))
  const bound = (end: "low" | "high") => (name: MetricName) =>
    formatValue(name, report.interval[name]?.[end] ?? null)
  const worst = (name: MetricName) => formatValue(name, report.worst[name]?.value ?? null)
  const head = line(
    "recording",
    "set",
    names.map((name) => METRICS[name].title),
    "found/missed/invented",
  )
  const rows = [
    ...report.recordings.map((row) => line(row.recording, row.set, cells(row), formatBouts(row))),
    line("mean", "", cells(report.mean), ""),
    line("  95 % from", "", names.map(bound("low")), ""),
    line("  95 % to", "", names.map(bound("high")), ""),
    line("worst", "", names.map(worst), ""),
  ]
  return plainTable(
    head,
    head.map((_, column) => (column < 2 ? "left" : "right")),
    rows,
  )
}

export function formatValue(name: MetricName, value: number | null): string {
  if (value === null) return "–"
  return value.toFixed(METRICS[name].digits).replace(MINUS_ZERO, "$1")
}

function formatBouts(row: RecordingScore): string {
  return row.boutsFound === null ? "–" : `${row.boutsFound}/${row.boutsMissed}/${row.boutsInvented}`
}

function formatTrivial(name: string, errors: BandErrors | null): string[] {
  if (!errors) return []
  const bands = DEPTH_BANDS_DEG.map(
    (depth, band) => `${errors.byDepthPercent[band]?.toFixed(1)} at ${depth}°`,
  )
  return [`Counter "${name}": ${bands.join(", ")}; band error ${errors.bandErrorPercent.toFixed(1)} %`]
}

function formatChange(when: string, { peakDeg, sharePoints, loadPercent }: DetectableChange): string[] {
  if (peakDeg === null) return []
  const shares = DEPTH_BANDS_DEG.map(
    (depth, band) => `${sharePoints[band]?.toFixed(1) ?? "–"} past ${depth}°`,
  )
  return [
    `Smallest change of one wearer that is more than noise, ${when}: median stance peak ${peakDeg.toFixed(1)}°; ` +
      `compressions, points of strides: ${shares.join(", ")}; load a stride ${loadPercent?.toFixed(1) ?? "–"} %`,
  ]
}
