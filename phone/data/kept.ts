/** What the companion keeps on the phone, as it is stored and as it is exported. */
import type { CoachFacts } from "../link/coach-store"
import type { RunStart } from "../link/run-store"

/** A run, byte for byte as the device recorded it; all that is shown is read from the record (phone/runs). */
export interface KeptRun {
  /** Device, boot and number: one run for ever (run-store.ts). */
  key: string
  /** Hex, as the device's identity tells it. */
  deviceId: string
  record: Uint8Array
  start: RunStart
  /** Unix time at which this phone got it, ms. */
  receivedMs: number
}

/** A readiness test, a routine, or the first steps after a long sitting. */
export type KeptCoachEntry = CoachFacts

/** The knee that a device is worn above. */
export type Side = "left" | "right" | "unknown"

export interface KeptDevice {
  /** Hex. */
  id: string
  /** As the wearer calls it. */
  name: string
  side: Side
  /** Version "major.minor.patch", and board. */
  firmware: string
  board: string
  /** Unix time of the last connection, ms. */
  seenMs: number
}

/** When a score is asked for: the rule of Esculier needs all three. */
export const SCORE_TIMES = ["after", "hour", "morning"] as const
export type ScoreTime = (typeof SCORE_TIMES)[number]

/** Pain from 0 (none) to 10 (the worst that can be imagined), as the wearer says. One for each run and time. */
export interface PainScore {
  runKey: string
  time: ScoreTime
  score: number
  /** Unix time at which it was given, ms. */
  givenMs: number
  /** Unix time of the last correction of what was said then, ms; undefined when there was none. */
  correctedMs?: number
}

export interface Preferences {
  /** Dark, light, or as the phone has it. */
  scheme: "system" | "light" | "dark"
  /** Pain scores are asked for. */
  asksForScores: boolean
  /** Of runs that began before nobody asks any more, Unix time, ms; undefined while the wearer has turned down none. */
  asksFromMs?: number
  /** The words about safety, which come before the first routine, were read. */
  hasReadSafety?: boolean
  /** The phone counts aloud in a routine. */
  countsAloud?: boolean
}
export const PREFERENCES: Preferences = { scheme: "system", asksForScores: true }
