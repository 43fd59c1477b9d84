/** What is kept of two that are about the same thing; in either order the same. */
import type { RunStart } from "../link/run-store"
import { DataError } from "./companion-data"
import type { KeptCoachEntry, KeptDevice, KeptRun, PainScore } from "./kept"

/** Of one run, as two phones got it. @throws DataError when it is not one run */
export function mergedRun(one: KeptRun, other: KeptRun): KeptRun {
  if (!isSameRecord(one.record, other.record)) throw contradiction(one.key)
  return {
    ...one,
    start: laterStart(one.start, other.start),
    receivedMs: Math.min(one.receivedMs, other.receivedMs),
  }
}

/** Of one entry, as two phones got it, or one phone twice. */
export function mergedCoachEntry(one: KeptCoachEntry, other: KeptCoachEntry): KeptCoachEntry {
  return {
    ...one,
    end: laterStart(one.end, other.end),
    receivedMs: Math.min(one.receivedMs, other.receivedMs),
  }
}

export function isSameRecord(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

export function contradiction(key: string): DataError {
  return new DataError(
    "damaged",
    `Run ${key} is here already with other content, and a run never changes. Nothing was stored. Make a backup, then ask for help with it.`,
  )
}

/** One whose time is known counts more than one whose time is not. */
export function laterStart(one: RunStart, other: RunStart): RunStart {
  if (one.unixS !== other.unixS) return one.unixS > other.unixS ? one : other
  return one.zoneQuarters >= other.zoneQuarters ? one : other
}

export function newerScore(one: PainScore, other: PainScore): PainScore {
  const [oneMs, otherMs] = [saidMs(one), saidMs(other)]
  if (oneMs !== otherMs) return oneMs > otherMs ? one : other
  if (one.givenMs !== other.givenMs) return one.givenMs > other.givenMs ? one : other
  return one.score >= other.score ? one : other
}

function saidMs({ givenMs, correctedMs = givenMs }: PainScore): number {
  return correctedMs
}

export function newerDevice(one: KeptDevice, other: KeptDevice): KeptDevice {
  if (one.seenMs !== other.seenMs) return one.seenMs > other.seenMs ? one : other
  return order(one) >= order(other) ? one : other
}

/** Seen in the same millisecond: which one is of no importance, but it has to be the same one. */
function order({ name, side, firmware, board }: KeptDevice): string {
  return JSON.stringify([name, side, firmware, board])
}
