/** What a leg does at a moment, read from its rows. Angles in °, times in s. */
import { COLUMN } from "./live"
import type { Ring } from "./ring"

/** Rows may be late by so much; then nobody knows any more how the leg is. */
const LATE_S = 0.5

export interface LegReading {
  kneeDeg: number
  thighDeg: number
  isLoaded: boolean
}

/** @param isHeld the leg stays as the last row has it: the motion is over. @returns undefined where nothing is known */
export function legReading(rows: Ring, timeS: number, isHeld: boolean): LegReading | undefined {
  const { newestS } = rows
  const at = timeS > newestS && (isHeld || timeS - newestS < LATE_S) ? newestS : timeS
  const kneeDeg = rows.at(at, COLUMN.knee)
  if (Number.isNaN(kneeDeg)) return undefined
  return { kneeDeg, thighDeg: rows.at(at, COLUMN.thigh), isLoaded: rows.stepAt(at, COLUMN.stance) > 0.5 }
}

/** Loaded, and bent past the threshold. */
export function isPast(reading: LegReading | undefined, thresholdDeg: number): boolean {
  return reading?.isLoaded === true && reading.kneeDeg > thresholdDeg
}
