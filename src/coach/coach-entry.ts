/** What the device keeps of a readiness test, a routine, or the first steps after a long sitting; times in ms since boot, angles in 1/100°. */
import { constant } from "../constant"
import type { CoachAnswer, Readiness } from "./routine"

/** Readiness: a test; routine: any other; sitting: the first steps after rising from a long sitting. */
export const CoachEntryKind = constant({ readiness: 1, routine: 2, sitting: 3 } as const)
export type CoachEntryKind = (typeof CoachEntryKind)[keyof typeof CoachEntryKind]

/** Complete: to its last step; optionalDone: also what is only done if wanted. */
export const CoachEntryFlag = constant({ complete: 1, optionalDone: 2 } as const)

/** Without what only the device as a whole knows: boot and calendar time. */
export interface CoachEntry {
  kind: CoachEntryKind
  /** 0 for sitting. */
  routine: number
  endMs: number
  /** Sitting: how long the wearer sat. */
  durationS: number
  /** Bends counted; sitting: steps watched. */
  repeats: number
  /** Median of the bends' deepest flexion, 0 without bends. */
  depthCdeg: number
  /** Mean duration of a bend, 0 without bends. */
  meanMs: number
  /** How often the bends stopped or turned on their way, all together. */
  halts: number
  answer: CoachAnswer
  readiness: Readiness
  flags: number
}

/** What only the device as a whole knows of when an entry ended. */
export interface CoachStamp {
  readonly bootId: number
  /** Unix time, s; 0: nobody had told the time. */
  readonly unixS: number
  /** How far the wearer's clocks were ahead of UTC, in quarters of an hour. */
  readonly zoneQuarters: number
}

/** An entry as the log has it. */
export type LoggedEntry = Readonly<CoachEntry> & CoachStamp
