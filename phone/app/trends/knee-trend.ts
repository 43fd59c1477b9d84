/** Each knee over weeks or months with all that is shown of it: its trend, and beside each point cadence, load steps and pain of the same runs. */
import type { Side } from "../../data/kept"
import { loadHistory } from "../../runs/load-history"
import { placedMs } from "../../runs/local-time"
import { weightedMedian } from "../../runs/median"
import type { RunDigest } from "../../runs/run-digest"
import { type Period, type TrendPoint, type TrendSegment, trends } from "../../runs/trend"
import type { Kept } from "../app-state"

/** The 30 days of a load history by local days, and how far two zones can be apart. */
const REACH_MS = 33 * 86_400_000

export interface KneePoint extends TrendPoint {
  /** Oldest first. */
  digests: readonly RunDigest[]
  /** Steps of both legs a minute: median of the runs', weighted by strides; undefined without a stride. */
  cadenceSpm: number | undefined
  /** Of the run that was the largest step: its load as a share of the largest of one run in the 30 days before it. */
  largestStep: number | undefined
  painMarks: number
  /** The highest score of these runs, 0 to 10; undefined without any. */
  strongestPain: number | undefined
}

export interface KneeSegment extends Omit<TrendSegment, "points"> {
  points: KneePoint[]
}

export interface KneeTrend {
  side: Side
  /** "Left knee"; of a device of which no side is known its name. */
  name: string
  segments: KneeSegment[]
}

export type TrendSource = Pick<Kept, "digests" | "devices" | "scores">

/** Left before right before others. */
export function kneeTrends({ digests, devices, scores }: TrendSource, period: Period): KneeTrend[] {
  const byKey = new Map(digests.map((digest) => [digest.key, digest]))
  const steps = loadSteps({ digests, devices })
  const strongest = new Map<string, number>()
  for (const { runKey, score } of scores) strongest.set(runKey, Math.max(score, strongest.get(runKey) ?? 0))
  const withRuns = (point: TrendPoint): KneePoint => {
    const runs = point.runKeys.flatMap((key) => byKey.get(key) ?? [])
    const cadenceSpm = weightedMedian(runs.map((run) => ({ value: run.cadenceSpm, weight: run.strides })))
    return {
      ...point,
      digests: runs,
      cadenceSpm: Number.isNaN(cadenceSpm) ? undefined : cadenceSpm,
      largestStep: largest(point.runKeys.flatMap((key) => steps.get(key) ?? [])),
      painMarks: runs.reduce((sum, { pains }) => sum + pains, 0),
      strongestPain: largest(point.runKeys.flatMap((key) => strongest.get(key) ?? [])),
    }
  }
  return trends(digests, devices, period).map(({ deviceId, side, segments }) => ({
    side,
    name: kneeName(side, devices.find(({ id }) => id === deviceId)?.name),
    segments: segments.map((segment) => ({ ...segment, points: segment.points.map(withRuns) })),
  }))
}

function kneeName(side: Side, deviceName: string | undefined): string {
  if (side === "unknown") return deviceName ?? "Unknown device"
  return side === "left" ? "Left knee" : "Right knee"
}

/** By key of the run; those with too few runs before have none. */
function loadSteps({ digests, devices }: Omit<TrendSource, "scores">): Map<string, number> {
  const runs = digests.map((run) => ({ run, atMs: placedMs(run) })).sort((a, b) => a.atMs - b.atMs)
  const steps = new Map<string, number>()
  // Only the runs of the last weeks are handed on, so that ten years do not take the square of their time.
  const recent: typeof runs = []
  for (const one of runs) {
    while ((recent[0]?.atMs ?? one.atMs) < one.atMs - REACH_MS) recent.shift()
    const { share } = loadHistory(
      one.run,
      recent.map(({ run }) => run),
      devices,
    )
    if (share !== undefined) steps.set(one.run.key, share)
    recent.push(one)
  }
  return steps
}

function largest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values)
}
