/** What the readiness test says: from what came of it, and whether one hurt lately. It is about today's run, and no diagnosis. Own choice of limits, within the sensor's error of the 30° that are asked for. */
import type { Rows } from "../run/summary"
import {
  type CoachEntry,
  CoachEntryFlag,
  CoachEntryKind,
  type CoachStamp,
  type LoggedEntry,
} from "./coach-entry"
import { CoachAnswer, type DeviceRoutine, Readiness } from "./routine"
import { askedBends } from "./step-times"

const DEPTH_CDEG = 2500
const HALTS_A_BEND = 2
const HOUR_MS = 3_600_000
const PAIN_WITHIN_MS = 6 * HOUR_MS
const MS_PER_S = 1000

/** @param earlier entries of before this one */
export function readinessOf(
  test: Readonly<CoachEntry>,
  routine: DeviceRoutine,
  stamp: CoachStamp,
  earlier: Rows<LoggedEntry>,
): Readiness {
  const { answer, flags, repeats, depthCdeg, halts } = test
  if (answer === CoachAnswer.pain)
    return hasHurtWithin(PAIN_WITHIN_MS, test.endMs, stamp, earlier) ? Readiness.notToday : Readiness.warmUp
  const isComplete = (flags & CoachEntryFlag.complete) !== 0
  if (answer === CoachAnswer.none || !isComplete || repeats < askedBends(routine)) return Readiness.unknown
  return depthCdeg >= DEPTH_CDEG && halts <= HALTS_A_BEND * repeats ? Readiness.ready : Readiness.warmUp
}

function hasHurtWithin(withinMs: number, nowMs: number, now: CoachStamp, log: Rows<LoggedEntry>): boolean {
  for (let index = 0; index < log.length; index++) {
    const entry = log.at(index)
    if (entry?.kind !== CoachEntryKind.readiness || entry.answer !== CoachAnswer.pain) continue
    const ageMs = ageOf(entry, nowMs, now)
    if (ageMs >= 0 && ageMs <= withinMs) return true
  }
  return false
}

/** -1 where nobody knows: in another boot, without the time. */
function ageOf(entry: LoggedEntry, nowMs: number, now: CoachStamp): number {
  if (entry.unixS !== 0 && now.unixS !== 0) return (now.unixS - entry.unixS) * MS_PER_S
  return entry.bootId === now.bootId ? (nowMs - entry.endMs) | 0 : -1
}
