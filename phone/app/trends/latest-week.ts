/**
 * Each knee's latest week with a run beside the weeks before it, in words. A week counts as one long run of its strides, so that what is noise between two runs
 * is called no change between weeks too (phone/runs/change.ts).
 */
import { DEPTH_BANDS_DEG } from "../../../src/ble/run-codec"
import { type Comparison, compareWithEarlier, LEAST_EARLIER } from "../../runs/change"
import { weekStart, weekWords } from "../../runs/local-time"
import { type Measuring, measuringOf } from "../../runs/measuring"
import { median, weightedMedian } from "../../runs/median"
import { count } from "../../runs/number-words"
import type { RunDigest } from "../../runs/run-digest"
import { durationWords } from "../duration-words"
import { depthWords, wholeWords } from "../figure-words"
import type { KneePoint, KneeTrend } from "./knee-trend"

/** Those before tell less of how it is now; a choice of ours. */
export const WEEKS_BEFORE = 6
const DAYS_PER_WEEK = 7
const S_PER_MINUTE = 60
const PERCENT = 100

export interface WeekLine {
  name: string
  now: string
  /** What the weeks before say of it. */
  before: string
}

export interface LatestWeek {
  knee: string
  title: string
  lines: WeekLine[]
  /** What to keep in mind. */
  notes: string[]
  /** On whom it was measured what noise is; undefined without a comparison. */
  sourceWords: string | undefined
}

/** @param weekly by week; @param today the day by the wearer's clocks */
export function latestWeek({ name, segments }: KneeTrend, today: number): LatestWeek | undefined {
  const point = segments.at(-1)?.points.at(-1)
  if (!point) return undefined
  const { startDay } = point
  const isBefore = (other: KneePoint) =>
    other.startDay < startDay && other.startDay >= startDay - WEEKS_BEFORE * DAYS_PER_WEEK
  const all = segments.flatMap(({ points }) => points)
  const parts = all.filter((other) => other.startDay === startDay)
  const sameVersion = (segments.at(-1)?.points ?? []).filter(isBefore)
  const compared = compareDepths(point, sameVersion)
  const comparison = "refused" in compared ? undefined : compared
  const notes = [
    ...(startDay === weekStart(today)
      ? ["This week is not over: load and running time can still grow."]
      : []),
    ...(parts.length > 1
      ? [
          "The firmware or the flexion model changed in this week. All but the running time is of the runs since then.",
        ]
      : []),
    ...("refused" in compared ? [compared.refused] : compared.notes),
  ]
  return {
    knee: name,
    title: weekWords(startDay),
    lines: [
      {
        name: "Running time",
        now: timeWords(sum(parts, ({ minutes }) => minutes)),
        before: middleWords(minutesByWeek(all.filter(isBefore)), timeWords),
      },
      {
        name: "Load",
        now: wholeWords(point.load),
        before: middleWords(
          sameVersion.map(({ load }) => load),
          wholeWords,
        ),
      },
      ...cadenceLine(point, sameVersion),
      ...depthLines(point, comparison),
    ],
    notes,
    sourceWords: comparison?.sourceWords,
  }
}

function cadenceLine({ cadenceSpm }: KneePoint, before: readonly KneePoint[]): WeekLine[] {
  if (cadenceSpm === undefined) return []
  const words = (spm: number) => `${Math.round(spm)} steps a minute`
  const earlier = before.flatMap((point) => point.cadenceSpm ?? [])
  return [{ name: "Cadence", now: words(cadenceSpm), before: middleWords(earlier, words) }]
}

function depthLines(point: KneePoint, comparison: Comparison | undefined): WeekLine[] {
  const pool = pooled(point, mainWay(point))
  if (!pool) return []
  const { peakMedianDeg, peakErrorDeg, thresholdDeg, compressions, strides, load } = pool
  const hasThreshold = !Number.isNaN(thresholdDeg)
  const said = (change: Comparison["peak"] | undefined) =>
    change === undefined ? "" : "refused" in change ? change.refused : change.words
  return [
    {
      name: "Median depth",
      now: depthWords(peakMedianDeg, peakErrorDeg),
      before: said(comparison?.peak),
    },
    {
      name: hasThreshold ? `Strides past ${thresholdDeg}°` : "Strides past your threshold",
      now: hasThreshold
        ? `${Math.round((compressions / strides) * PERCENT)} %`
        : "it was changed in this week",
      before: hasThreshold ? said(comparison?.compressions) : "",
    },
    { name: "Load a stride", now: (load / strides).toFixed(2), before: said(comparison?.load) },
  ]
}

function compareDepths(point: KneePoint, before: readonly KneePoint[]): Comparison | { refused: string } {
  const way = mainWay(point)
  const pool = pooled(point, way)
  if (!pool) return { refused: "There are no strides in this week to compare." }
  const earlier = before.flatMap((week) => pooled(week, way, pool.deviceId) ?? [])
  if (earlier.length < LEAST_EARLIER)
    return {
      refused: `For depth and load a stride it takes ${LEAST_EARLIER} of the ${WEEKS_BEFORE} weeks before, counted and measured in the same way. There ${earlier.length === 1 ? "is" : "are"} ${earlier.length}.`,
    }
  return compareWithEarlier(pool, earlier)
}

/** How most strides of the week were measured. */
function mainWay({ depths }: KneePoint): Measuring {
  const [most] = Object.entries(depths).sort(([, a], [, b]) => b.strides - a.strides)
  return most ? (most[0] as Measuring) : "mixed"
}

/** Those runs of a week that one device measured in one way, as if they were one run; undefined without a stride. @param deviceId else that of the last of them */
function pooled(
  { digests }: KneePoint,
  way: Measuring,
  deviceId = digests.at(-1)?.deviceId,
): RunDigest | undefined {
  const runs = digests.filter(
    (run) => run.strides > 0 && measuringOf(run) === way && run.deviceId === deviceId,
  )
  const last = runs.at(-1)
  if (!last) return undefined
  const weighted = (of: (run: RunDigest) => number) =>
    weightedMedian(runs.map((run) => ({ value: of(run), weight: run.strides })))
  return {
    ...last,
    strides: sum(runs, ({ strides }) => strides),
    measuredStrides: sum(runs, ({ measuredStrides }) => measuredStrides),
    load: sum(runs, ({ load }) => load),
    compressions: sum(runs, ({ compressions }) => compressions),
    compressionsByDepth: DEPTH_BANDS_DEG.map((_, band) =>
      sum(runs, ({ compressionsByDepth }) => compressionsByDepth[band] ?? 0),
    ),
    // Of two thresholds in a week none: it equals no other.
    thresholdDeg: runs.every(({ thresholdDeg }) => thresholdDeg === last.thresholdDeg)
      ? last.thresholdDeg
      : Number.NaN,
    peakMedianDeg: weighted(({ peakMedianDeg }) => peakMedianDeg),
    cadenceSpm: weighted(({ cadenceSpm }) => cadenceSpm),
    contactTimeMs: weighted(({ contactTimeMs }) => contactTimeMs),
    isDoubtful: runs.some(({ isDoubtful }) => isDoubtful),
  }
}

/** A week in which the version changed has two points. */
function minutesByWeek(points: readonly KneePoint[]): number[] {
  const weeks = new Map<number, number>()
  for (const { startDay, minutes } of points) weeks.set(startDay, (weeks.get(startDay) ?? 0) + minutes)
  return [...weeks.values()]
}

function middleWords(values: readonly number[], words: (value: number) => string): string {
  if (values.length === 0) return ""
  return `Median of ${count(values.length, "week")} before: ${words(median(values))}.`
}

function timeWords(minutes: number): string {
  return durationWords(minutes * S_PER_MINUTE)
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
