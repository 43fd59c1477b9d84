/** A run in a line: what lists and trends need of it, so that ten years of runs open without decoding ten years of records. */
import type { RunStart } from "../link/run-store"

/** The record has an older or a newer layout than this version knows, or is no record at all. */
export type Unreadable = "older" | "newer" | "damaged"

/** Changes with what is digested: digests of another version are made anew from the records. */
export const DIGEST_VERSION = 1

export interface RunDigest {
  version: typeof DIGEST_VERSION
  key: string
  deviceId: string
  runId: number
  bootId: number
  start: RunStart
  receivedMs: number
  /** Why this version cannot read the record; then all numbers that come from it are 0 or empty. */
  unreadable?: Unreadable
  durationS: number
  strides: number
  /** Steps of both legs a minute. */
  cadenceSpm: number
  /** Median time of this foot on the ground. */
  contactTimeMs: number
  thresholdDeg: number
  /** Past the wearer's threshold. */
  compressions: number
  /** Past 30, 35, 40, 45 and 50°. */
  compressionsByDepth: number[]
  /** Median stance peak. */
  peakMedianDeg: number
  peakErrorDeg: number
  secondsPastThreshold: number
  degreeSecondsPastThreshold: number
  /** Relative load. */
  load: number
  buzzes: number
  pains: number
  /** Strides whose knee two sensors measured; the others' is estimated. */
  measuredStrides: number
  /** Two sensors measured most strides. */
  isMeasured: boolean
  /** Something about the data has to be said beside every number of it: see RunView.quality. */
  isDoubtful: boolean
  /** "major.minor.patch" */
  firmware: string
  modelVersion: number
  calibrationVersion: number
}
