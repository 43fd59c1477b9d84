/** Runs over weeks, for tests of the trends. */
import type { KeptDevice } from "../../../../phone/data/kept"
import type { RunDigest } from "../../../../phone/runs/run-digest"
import { DEVICE, daysBefore, digest } from "../digests"

export const RIGHT: KeptDevice = { ...DEVICE, id: "bbbb", name: "Spare", side: "right" }
/** Of the last made week: Sunday, 3 May 2026. */
export const SUNDAY = Date.UTC(2026, 4, 3) / 86_400_000

/** A run on the Sunday so many weeks before 3 May 2026. */
export function runOfWeek(weeksBefore: number, changes: Partial<RunDigest> = {}): RunDigest {
  return digest({ runId: 100 - weeksBefore, ...daysBefore(7 * weeksBefore), ...changes })
}

/** One run in each of so many weeks, newest first. */
export function weekly(weeks: number, changes: Partial<RunDigest> = {}): RunDigest[] {
  return Array.from({ length: weeks }, (_, week) => runOfWeek(week, changes))
}
