/** A knee's last weeks as rows of words, with a mark where another firmware or model began to measure. */
import type { KeptDevice } from "../data/kept"
import { kneeOf } from "../runs/knee"
import { localDay, weekStart, weekWords } from "../runs/local-time"
import type { RunDigest } from "../runs/run-digest"
import { type PeriodDepth, type Trend, type TrendPoint, trends } from "../runs/trend"
import { durationWords } from "./duration-words"
import { depthWords, wholeWords } from "./figure-words"

/** Of a report. */
export const REPORT_WEEKS = 12
const DAYS_PER_WEEK = 7
const S_PER_MINUTE = 60

export interface WeekRow {
  key: string
  /** "27 Apr – 3 May 2026" */
  week: string
  runs: number
  time: string
  load: string
  /** Of the largest of these weeks. */
  loadShare: number
  depth: string
  /** Loadings past the threshold, of 100 strides. */
  past: string
  hasDoubt: boolean
  /** What changed before this row. */
  breakWords: string | undefined
}

export interface KneeWeeks {
  /** "Left knee" */
  knee: string
  /** Oldest first; a week without a run has none. */
  rows: WeekRow[]
}

/** @param lastDay a day of the last week; knees without a run in these weeks are left out */
export function weeksOfKnees(
  digests: readonly RunDigest[],
  devices: readonly KeptDevice[],
  lastDay: number,
  weeks: number,
): KneeWeeks[] {
  const lastWeek = weekStart(lastDay)
  const firstWeek = lastWeek - (weeks - 1) * DAYS_PER_WEEK
  const inSpan = digests.filter((digest) => {
    const week = weekStart(localDay(digest))
    return week >= firstWeek && week <= lastWeek
  })
  return trends(inSpan, devices, "week").map((trend) => ({
    knee: kneeWords(trend, devices),
    rows: rowsOf(trend),
  }))
}

/** The weeks up to a run's, of its knee alone. */
export function weeksBefore(
  run: RunDigest,
  digests: readonly RunDigest[],
  devices: readonly KeptDevice[],
  weeks: number,
): WeekRow[] {
  const knee = kneeOf(devices)
  const ofKnee = digests.filter(({ deviceId }) => knee(deviceId) === knee(run.deviceId))
  return weeksOfKnees(ofKnee, devices, localDay(run), weeks)[0]?.rows ?? []
}

function kneeWords({ side, deviceId }: Trend, devices: readonly KeptDevice[]): string {
  if (side !== "unknown") return side === "left" ? "Left knee" : "Right knee"
  const name = devices.find(({ id }) => id === deviceId)?.name
  return `${name ?? "A device"}, side not known`
}

function rowsOf({ segments }: Trend): WeekRow[] {
  const largestLoad = segments
    .flatMap(({ points }) => points)
    .reduce((largest, { load }) => Math.max(largest, load), 0)
  return segments.flatMap(({ points, breakWords }, segment) =>
    points.map((point, index) => ({
      ...rowOf(point, largestLoad),
      key: `${segment}-${point.startDay}`,
      breakWords: index === 0 ? breakWords : undefined,
    })),
  )
}

function rowOf(point: TrendPoint, largestLoad: number): Omit<WeekRow, "key" | "breakWords"> {
  const depths = Object.values(point.depths)
  return {
    week: weekWords(point.startDay),
    runs: point.runs,
    time: durationWords(point.minutes * S_PER_MINUTE),
    load: wholeWords(point.load),
    loadShare: largestLoad === 0 ? 0 : point.load / largestLoad,
    depth: joined(depths, ({ peakMedianDeg, peakErrorDeg }) => depthWords(peakMedianDeg, peakErrorDeg)),
    past: joined(depths, pastWords),
    hasDoubt: point.hasDoubt,
  }
}

function pastWords({ compressionsPer100Strides, thresholdDeg }: PeriodDepth): string {
  return compressionsPer100Strides === undefined
    ? "threshold changed"
    : `${Math.round(compressionsPer100Strides)} past ${thresholdDeg}°`
}

/** Strides that were measured in another way stand apart. */
function joined(depths: readonly PeriodDepth[], words: (depth: PeriodDepth) => string): string {
  return depths.length === 0 ? "not known" : depths.map(words).join("; ")
}
