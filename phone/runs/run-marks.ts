/** What happened at moments of a run: buzzes and pain marks, with their time since its start, in words. */
import { type Pain, PainSource, type Run } from "../../src/ble/run-codec"
import { Activity } from "../../src/motion/stride"
import { BUZZ_WORDS } from "../../src/run/summary"
import { degrees } from "./number-words"
import { inDeg, inLoad, sinceStartS } from "./record-units"
import { type AroundBuzz, aroundBuzz, type Block } from "./time-line"

const ACTIVITY_WORDS: Readonly<Record<number, string>> = {
  [Activity.still]: "standing still",
  [Activity.walk]: "walking",
  [Activity.run]: "running",
  [Activity.bend]: "bending the knee",
  [Activity.sit]: "sitting",
  [Activity.stairs]: "on stairs",
  [Activity.other]: "moving",
}
const SOURCE_WORDS: Readonly<Record<number, string>> = {
  [PainSource.button]: "marked by the button",
  [PainSource.phone]: "marked by a phone",
}
/** Codes that a later firmware may have. */
const UNKNOWN_ACTIVITY = "doing something that this version does not know"
const UNKNOWN_SOURCE = "marked in a way that this version does not know"
const UNKNOWN_REASON = "for a reason that this version does not know"

export interface BuzzMark {
  atS: number
  reasonWords: string
  around: AroundBuzz | undefined
  /** What the knee did after it, as far as the blocks tell. */
  afterWords: string
}

export interface PainMark {
  atS: number
  /** The knee at the mark; undefined when it was not calibrated. */
  kneeDeg: number | undefined
  /** In gait, the deepest loaded bend of the last stride before. */
  strideDeg: number | undefined
  /** Of the run so far. */
  load: number
  compressions: number
  activity: Activity
  activityWords: string
  sourceWords: string
}

/** @param activity a code of src/motion/stride.ts */
export function activityWords(activity: number): string {
  return ACTIVITY_WORDS[activity] ?? UNKNOWN_ACTIVITY
}

/** @param detectableDeg the smallest change of a median depth that is more than noise, where it was measured; blocks do not tell the pace */
export function buzzMarks(run: Run, blocks: readonly Block[], detectableDeg: number | undefined): BuzzMark[] {
  return run.buzzes.map(({ timeMs, reason }) => {
    const atS = sinceStartS(run, timeMs)
    const around = aroundBuzz(blocks, atS)
    const afterWords = around
      ? changeWords(around, run.blockMinutes, detectableDeg)
      : "The record does not tell what the knee did after it."
    return { atS, reasonWords: BUZZ_WORDS[reason] ?? UNKNOWN_REASON, around, afterWords }
  })
}

export function painMarks(run: Run): PainMark[] {
  return run.pains.map((pain) => ({
    atS: sinceStartS(run, pain.timeMs),
    kneeDeg: angleDeg(pain.kneeCdeg),
    strideDeg: angleDeg(pain.peakFlexionCdeg),
    load: inLoad(pain.milliLoad),
    compressions: pain.compressions,
    activity: pain.activity,
    ...wordsOf(pain),
  }))
}

function wordsOf({ activity, source }: Pain): Pick<PainMark, "activityWords" | "sourceWords"> {
  return {
    activityWords: activityWords(activity),
    sourceWords: SOURCE_WORDS[source] ?? UNKNOWN_SOURCE,
  }
}

function changeWords(
  { beforeDeg, afterDeg }: AroundBuzz,
  blockMinutes: number,
  detectableDeg: number | undefined,
): string {
  const minutes = blockMinutes === 1 ? "minute" : `${blockMinutes} minutes`
  const figures = `Half of the bends were deeper than ${degrees(beforeDeg)} in the ${minutes} before, ${degrees(afterDeg)} in the ${minutes} after`
  if (detectableDeg === undefined) return `${figures}. How much of that is noise was not measured.`
  const band = `a change below ${degrees(detectableDeg)} can be noise or another pace`
  if (Math.abs(afterDeg - beforeDeg) < detectableDeg)
    return `${figures}: no change that can be told, since ${band}.`
  return `${figures}: ${afterDeg < beforeDeg ? "less" : "more"} deep (${band}).`
}

/** A record has 0 for none. */
function angleDeg(cdeg: number): number | undefined {
  return cdeg === 0 ? undefined : inDeg(cdeg)
}
