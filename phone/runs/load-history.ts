/**
 * A run's load beside the largest of one run of the same knee in the 30 days before. In a study of 5,205 runners, sessions whose distance was more than 10 %
 * above the longest of the last 30 days were followed by complaints more often, while weekly ratios told nothing (Frandsen et al. 2025, Br J Sports Med
 * 59:1203–1210, doi:10.1136/bjsports-2024-109380). Here load stands in for distance, which the device does not know.
 */
import { firmwareMinor } from "./firmware-minor"
import { type DeviceSide, kneeOf } from "./knee"
import { hasTime, localDay, placedMs } from "./local-time"
import { count } from "./number-words"
import type { RunDigest } from "./run-digest"

export const HISTORY_DAYS = 30
/** A run whose load is larger by more is a big step. */
export const MARGIN = 0.1
/** With fewer the largest says little of what this wearer is used to; a choice of ours. */
export const LEAST_RUNS = 3
const PERCENT = 100

export interface LoadHistory {
  /** Runs that it is compared with. */
  runs: number
  /** Of one of them; undefined where they are too few. */
  largestLoad: number | undefined
  /** This run's load as a share of that one: 1 is as much. */
  share: number | undefined
  /** More than 10 % above the largest. */
  isAbove: boolean
  words: string
}

/** @param digests all, in any order; those of this knee from this run's local day and the 30 before it count, if they began before it */
export function loadHistory(
  run: RunDigest,
  digests: readonly RunDigest[],
  devices: readonly DeviceSide[],
): LoadHistory {
  if (run.unreadable) return unknown(0, "This run cannot be read by this version, so its load is not known.")
  const earlier = earlierRuns(run, digests, devices)
  const comparable = earlier.filter(
    ({ firmware, modelVersion }) =>
      firmwareMinor(firmware) === firmwareMinor(run.firmware) && modelVersion === run.modelVersion,
  )
  const largestLoad = comparable.reduce((largest, { load }) => Math.max(largest, load), 0)
  if (comparable.length < LEAST_RUNS || largestLoad === 0)
    return unknown(comparable.length, tooFewWords(comparable.length, earlier.length))
  const share = run.load / largestLoad
  const isAbove = share > 1 + MARGIN
  return { runs: comparable.length, largestLoad, share, isAbove, words: shareWords(share, isAbove, run) }
}

function earlierRuns(
  run: RunDigest,
  digests: readonly RunDigest[],
  devices: readonly DeviceSide[],
): RunDigest[] {
  const knee = kneeOf(devices)
  const ownKnee = knee(run.deviceId)
  const firstDay = localDay(run) - HISTORY_DAYS
  const beginMs = placedMs(run)
  return digests.filter(
    (other) =>
      !other.unreadable &&
      placedMs(other) < beginMs &&
      localDay(other) >= firstDay &&
      knee(other.deviceId) === ownKnee,
  )
}

function unknown(runs: number, words: string): LoadHistory {
  return { runs, largestLoad: undefined, share: undefined, isAbove: false, words }
}

function tooFewWords(comparable: number, all: number): string {
  const versions = all > comparable ? " Others were counted by another firmware or flexion model." : ""
  return `There ${comparable === 1 ? "is" : "are"} ${count(comparable, "run")} in the ${HISTORY_DAYS} days before to compare with. It takes ${LEAST_RUNS}.${versions}`
}

function shareWords(share: number, isAbove: boolean, run: RunDigest): string {
  const day = hasTime(run) ? "" : " Its day is not known, so the day on which your phone got it was taken."
  const figure = `The load of this run is ${Math.round(share * PERCENT)} % of the largest of one run in the ${HISTORY_DAYS} days before.${day}`
  if (!isAbove) return figure
  return (
    `${figure} That is a big step. Among 5,205 runners, complaints came more often after a run that was more than 10 % longer than any of ` +
    "the 30 days before. They measured distance; here load stands in for it. Plan the next run shorter, and build up in smaller steps."
  )
}
