/** When a run began, for files: told by the device, or reckoned from when this phone got it. By the zone of the run, never the phone's. */
import type { KeptRun } from "../data/kept"

const MS_PER_S = 1000
const QUARTER_S = 15 * 60
const QUARTERS_PER_HOUR = 4
const MINUTES_PER_QUARTER = 15
/** "2026-05-03T07:30:00" */
const DATE_TIME_LENGTH = 19

export interface ExportedStart {
  /** Unix time, ms. */
  startMs: number
  /** The device did not know the time: the run ended at the latest when the phone got it. */
  isEstimated: boolean
  /** How far the wearer's clocks were ahead of UTC; undefined while the device does not know the time. */
  zoneS: number | undefined
}

export function exportedStart({ start, receivedMs }: KeptRun, durationMs: number): ExportedStart {
  if (start.unixS === 0) return { startMs: receivedMs - durationMs, isEstimated: true, zoneS: undefined }
  return {
    startMs: start.unixS * MS_PER_S,
    isEstimated: false,
    zoneS: start.zoneQuarters * QUARTER_S,
  }
}

/** ISO 8601 with the offset of the zone: "2026-05-03T07:30:00+02:00". @param unixS whole seconds */
export function isoLocal(unixS: number, zoneQuarters: number): string {
  const local = new Date((unixS + zoneQuarters * QUARTER_S) * MS_PER_S)
  const quarters = Math.abs(zoneQuarters)
  const hours = twoDigits(Math.floor(quarters / QUARTERS_PER_HOUR))
  const minutes = twoDigits((quarters % QUARTERS_PER_HOUR) * MINUTES_PER_QUARTER)
  return `${local.toISOString().slice(0, DATE_TIME_LENGTH)}${zoneQuarters < 0 ? "-" : "+"}${hours}:${minutes}`
}

/** ISO 8601 in UTC: "2026-05-03T05:30:00Z". */
export function isoUtc(unixMs: number): string {
  return `${new Date(unixMs).toISOString().slice(0, DATE_TIME_LENGTH)}Z`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0")
}
