/**
 * A knee over weeks or months, from digests. Where the firmware's minor version or the flexion model changed a segment ends and another begins: they are
 * never joined, since a step there may come from the device. A week in which it changed has a point in both.
 */
import type { Side } from "../data/kept"
import { firmwareMinor } from "./firmware-minor"
import { type DeviceSide, kneeOf } from "./knee"
import { hasTime, localDay, monthStart, placedMs, weekStart } from "./local-time"
import { type Measuring, measuringOf } from "./measuring"
import { weightedMedian } from "./median"
import type { RunDigest } from "./run-digest"

const S_PER_MINUTE = 60
const HUNDRED = 100

export type Period = "week" | "month"

/** Of a period's strides that were measured in one way: with one sensor, taught, or two. Those of a run that has both are left out. */
export interface PeriodDepth {
  strides: number
  /** Median of the runs' medians, weighted by strides. */
  peakMedianDeg: number
  /** The largest of its runs. */
  peakErrorDeg: number
  /** Undefined where the threshold changed in the period. */
  thresholdDeg: number | undefined
  compressionsPer100Strides: number | undefined
}

export interface TrendPoint {
  /** The Monday, or the first of the month: days since 1970-01-01. */
  startDay: number
  runs: number
  /** Their keys, oldest first, for whoever wants more of them. */
  runKeys: string[]
  /** Of these, runs without a time of their own: they stand where the phone received them. */
  undatedRuns: number
  minutes: number
  strides: number
  /** Relative. */
  load: number
  depths: Partial<Record<Exclude<Measuring, "mixed">, PeriodDepth>>
  hasDoubt: boolean
}

export interface TrendSegment {
  /** "0.1" */
  firmwareMinor: string
  modelVersion: number
  /** What changed against the segment before; undefined for the first. */
  breakWords: string | undefined
  /** Oldest first; a period without a run has none. */
  points: TrendPoint[]
}

export interface Trend {
  /** Of a device of which no side is known; else the side tells all. */
  deviceId: string | undefined
  side: Side
  segments: TrendSegment[]
}

/** Left before right before devices whose side is not known, each of these by itself. Runs that cannot be read are in none. */
export function trends(
  digests: readonly RunDigest[],
  devices: readonly DeviceSide[],
  period: Period,
): Trend[] {
  const knees = new Map<string, RunDigest[]>()
  const knee = kneeOf(devices)
  for (const digest of digests) if (!digest.unreadable) append(knees, knee(digest.deviceId), digest)
  return [...knees.keys()].sort(byKnee).map((name) => {
    const side = sideNamed(name)
    return {
      deviceId: side === "unknown" ? name : undefined,
      side,
      segments: segmentsOf(knees.get(name) ?? [], period),
    }
  })
}

function segmentsOf(digests: readonly RunDigest[], period: Period): TrendSegment[] {
  const runs = digests.map((digest) => ({ digest, atMs: placedMs(digest) })).sort((a, b) => a.atMs - b.atMs)
  const segments: { minor: string; modelVersion: number; digests: RunDigest[] }[] = []
  for (const { digest } of runs) {
    const minor = firmwareMinor(digest.firmware)
    const { modelVersion } = digest
    const last = segments.at(-1)
    if (last?.minor === minor && last.modelVersion === modelVersion) last.digests.push(digest)
    else segments.push({ minor, modelVersion, digests: [digest] })
  }
  return segments.map(({ minor, modelVersion, digests }, index) => ({
    firmwareMinor: minor,
    modelVersion,
    breakWords: breakWords(segments[index - 1], { minor, modelVersion }),
    points: pointsOf(digests, period),
  }))
}

interface Version {
  minor: string
  modelVersion: number
}

function breakWords(before: Version | undefined, { minor, modelVersion }: Version): string | undefined {
  if (!before) return undefined
  const changes = [
    ...(before.minor === minor ? [] : [`firmware ${before.minor} became ${minor}`]),
    ...(before.modelVersion === modelVersion
      ? []
      : [`flexion model ${before.modelVersion} became ${modelVersion}`]),
  ]
  return `Here ${changes.join(" and ")}. A step may come from that, not from your knee.`
}

function pointsOf(digests: readonly RunDigest[], period: Period): TrendPoint[] {
  const startOf = period === "week" ? weekStart : monthStart
  const periods = new Map<number, RunDigest[]>()
  for (const digest of digests) append(periods, startOf(localDay(digest)), digest)
  return [...periods]
    .sort(([a], [b]) => a - b)
    .map(([startDay, runs]) => ({
      startDay,
      runs: runs.length,
      runKeys: runs.map(({ key }) => key),
      undatedRuns: runs.filter((run) => !hasTime(run)).length,
      minutes: sum(runs, ({ durationS }) => durationS) / S_PER_MINUTE,
      strides: sum(runs, ({ strides }) => strides),
      load: sum(runs, ({ load }) => load),
      depths: depthsOf(runs),
      hasDoubt: runs.some(({ isDoubtful }) => isDoubtful),
    }))
}

function depthsOf(runs: readonly RunDigest[]): TrendPoint["depths"] {
  const ways = new Map<Measuring, RunDigest[]>()
  for (const run of runs) if (run.strides > 0) append(ways, measuringOf(run), run)
  ways.delete("mixed")
  return Object.fromEntries([...ways].map(([way, own]) => [way, depthOf(own)]))
}

function depthOf(runs: readonly RunDigest[]): PeriodDepth {
  const strides = sum(runs, (run) => run.strides)
  const thresholdDeg = runs[0]?.thresholdDeg
  const isOneThreshold = runs.every((run) => run.thresholdDeg === thresholdDeg)
  return {
    strides,
    peakMedianDeg: weightedMedian(
      runs.map(({ peakMedianDeg, strides: weight }) => ({ value: peakMedianDeg, weight })),
    ),
    peakErrorDeg: Math.max(...runs.map(({ peakErrorDeg }) => peakErrorDeg)),
    thresholdDeg: isOneThreshold ? thresholdDeg : undefined,
    compressionsPer100Strides: isOneThreshold
      ? (sum(runs, ({ compressions }) => compressions) / strides) * HUNDRED
      : undefined,
  }
}

function sideNamed(knee: string): Side {
  return knee === "left" || knee === "right" ? knee : "unknown"
}

const SIDES: readonly Side[] = ["left", "right", "unknown"]

function byKnee(a: string, b: string): number {
  return SIDES.indexOf(sideNamed(a)) - SIDES.indexOf(sideNamed(b)) || (a < b ? -1 : 1)
}

function append<Key>(groups: Map<Key, RunDigest[]>, key: Key, digest: RunDigest): void {
  const group = groups.get(key)
  if (group) group.push(digest)
  else groups.set(key, [digest])
}

function sum(runs: readonly RunDigest[], of: (run: RunDigest) => number): number {
  return runs.reduce((total, run) => total + of(run), 0)
}
