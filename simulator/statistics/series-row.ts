/** One run of a series: its figures, or why it has none. */
import type { RunFigures } from "./run-figures"

/** A run that failed is told, and ends no other. */
export interface FailedRun {
  seed: number
  error: string
}
export type SeriesRow = RunFigures | FailedRun

export function hasFailed(row: SeriesRow): row is FailedRun {
  return "error" in row
}
