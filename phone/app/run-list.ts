/** The list of runs as it is shown: by year and week, newest first, each run a row of words, with a mark where the runs before were counted by other versions. */
import { readinessBefore } from "../runs/coach-entries"
import { firmwareMinor } from "../runs/firmware-minor"
import { dateInYearWords, isoWeek, localDay, timeWords, weekWords } from "../runs/local-time"
import { count, share } from "../runs/number-words"
import type { RunDigest } from "../runs/run-digest"
import type { Kept } from "./app-state"
import { deviceWords } from "./device-words"
import { durationWords } from "./duration-words"
import { depthWords, wholeWords } from "./figure-words"

export interface RunRow {
  key: string
  /** "Sun 3 May" in a week whose title has the year, and "07:05" where it is known. */
  date: string
  time: string | undefined
  /** Name and side of the device, where there is more than one. */
  device: string | undefined
  /** What the last test before it said; undefined without one. */
  readiness: string | undefined
  duration: string
  compressions: string
  /** Of strides. */
  share: string
  depth: string
  load: string
  /** Of the largest load in the same year. */
  loadShare: number
  /** Undefined without any. */
  pains: string | undefined
  isDoubtful: boolean
  isUnreadable: boolean
  /** What counted this run and not the one before of the same device; undefined where that is the same. */
  change: string | undefined
}

export interface RunWeek {
  /** "27 Apr – 3 May 2026" */
  title: string
  total: string
  rows: RunRow[]
}

/** ISO years, newest first. */
export function yearsOf(digests: readonly RunDigest[]): number[] {
  return [...new Set(digests.map(yearOf))].sort((a, b) => b - a)
}

export function weeksOf(
  { digests, devices, coach }: Pick<Kept, "digests" | "devices" | "coach">,
  year: number,
): RunWeek[] {
  const ofYear = digests.filter((digest) => yearOf(digest) === year)
  const largestLoad = ofYear.reduce((largest, { load }) => Math.max(largest, load), 0)
  const changes = changesOf(digests)
  const weeks = new Map<string, RunDigest[]>()
  for (const digest of ofYear) {
    const title = weekWords(localDay(digest))
    weeks.set(title, [...(weeks.get(title) ?? []), digest])
  }
  return [...weeks].map(([title, runs]) => ({
    title,
    total: totalWords(runs),
    rows: runs.map((digest) => ({
      ...rowOf(digest, largestLoad),
      readiness: readinessBefore(digest, coach, devices).at(-1)?.verdict,
      device: devices.length > 1 ? deviceWords(devices, digest.deviceId) : undefined,
      change: changes.get(digest.key),
    })),
  }))
}

/** Of its week, so that no week is torn apart. */
function yearOf(digest: RunDigest): number {
  return isoWeek(localDay(digest)).year
}

function totalWords(runs: readonly RunDigest[]): string {
  const seconds = runs.reduce((sum, { durationS }) => sum + durationS, 0)
  return `${count(runs.length, "run")}, ${durationWords(seconds)}`
}

type Figures = Omit<RunRow, "readiness" | "device" | "change">

function rowOf(digest: RunDigest, largestLoad: number): Figures {
  const { key, durationS, compressions, strides, thresholdDeg, peakMedianDeg, peakErrorDeg, load, pains } =
    digest
  return {
    key,
    date: dateInYearWords(digest),
    time: timeWords(digest),
    duration: durationWords(durationS),
    compressions: `${wholeWords(compressions)} past ${thresholdDeg}°`,
    share: strides === 0 ? "no strides" : `${share(compressions / strides)} of strides`,
    depth: depthWords(peakMedianDeg, peakErrorDeg),
    load: wholeWords(load),
    loadShare: largestLoad === 0 ? 0 : load / largestLoad,
    pains: pains === 0 ? undefined : count(pains, "pain mark"),
    isDoubtful: digest.isDoubtful,
    isUnreadable: digest.unreadable !== undefined,
  }
}

/** By key of the first run after a change. Patches of the firmware change no figure. */
function changesOf(digests: readonly RunDigest[]): Map<string, string> {
  const changes = new Map<string, string>()
  const later = new Map<string, RunDigest>()
  for (const digest of digests) {
    if (digest.unreadable) continue
    const next = later.get(digest.deviceId)
    if (next && versionOf(next) !== versionOf(digest)) changes.set(next.key, versionOf(next))
    later.set(digest.deviceId, digest)
  }
  return changes
}

function versionOf({ firmware, modelVersion }: RunDigest): string {
  return `firmware ${firmwareMinor(firmware)}, model ${modelVersion}`
}
