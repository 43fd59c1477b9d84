/**
 * Suggests a threshold of the wearer's own from pain marks, and never sets it. In gait the flexion that counts is the deepest loaded bend of the stride before
 * the mark; standing or in a slow bend it is the knee's angle at the mark. Sitting bends the knee deep without load, so it is left out.
 */
import { Activity } from "../../src/motion/stride"
import { SETTINGS } from "../../src/storage/settings"
import { localDay, placedMs } from "./local-time"
import { median } from "./median"
import { count, degrees } from "./number-words"
import type { PainMark } from "./run-marks"
import type { RunView } from "./run-view"

/** One day's marks share its shoes, its pace and its strap. From three days a typical depth shows; a choice of ours. */
export const LEAST_DAYS = 3
/** In all, since a single press can be a slip of the finger; a choice of ours. */
export const LEAST_MARKS = 5
const THRESHOLD: Extract<(typeof SETTINGS)[number], { name: "thresholdDeg" }> = SETTINGS[0]
const { min: LOWEST_DEG, max: HIGHEST_DEG } = THRESHOLD

export interface ThresholdSuggestion {
  /** Whole degrees within the setting's range; undefined while there are too few marks. */
  thresholdDeg: number | undefined
  /** Marks that count, and the runs and local days that they are from. */
  marks: number
  runs: number
  days: number
  words: string
}

/** @param runs of one knee; those that were measured like the newest count, since another way shifts all depths by some degrees */
export function suggestThreshold(runs: readonly RunView[]): ThresholdSuggestion {
  const painful = likeNewest(runs)
    .map((run) => ({ run, flexionsDeg: run.pains.flatMap(painfulFlexion) }))
    .filter(({ flexionsDeg }) => flexionsDeg.length > 0)
  const days = new Map<number, number[]>()
  for (const { run, flexionsDeg } of painful)
    days.set(localDay(run), [...(days.get(localDay(run)) ?? []), ...flexionsDeg])
  const marks = painful.reduce((sum, { flexionsDeg }) => sum + flexionsDeg.length, 0)
  const found = { marks, runs: painful.length, days: days.size }
  if (days.size < LEAST_DAYS || marks < LEAST_MARKS)
    return { ...found, thresholdDeg: undefined, words: tooFewWords(found) }
  const lowestDeg = Math.min(...[...days.values()].map(median))
  const thresholdDeg = Math.max(LOWEST_DEG, Math.min(HIGHEST_DEG, Math.ceil(lowestDeg) - 1))
  const usualDeg = median(painful.map(({ run }) => run.peak.medianDeg))
  return { ...found, thresholdDeg, words: words(found, thresholdDeg, lowestDeg, usualDeg) }
}

/** Standing nearly straight says nothing of depth: below the setting's range a mark is left out. */
function painfulFlexion({ activity, kneeDeg, strideDeg }: PainMark): number[] {
  const isHeld = activity === Activity.still || activity === Activity.bend
  const flexionDeg = strideDeg ?? (isHeld ? kneeDeg : undefined)
  return flexionDeg !== undefined && flexionDeg >= LOWEST_DEG ? [flexionDeg] : []
}

function likeNewest(runs: readonly RunView[]): RunView[] {
  const newest = [...runs].sort((a, b) => placedMs(b) - placedMs(a))[0]
  return runs.filter(
    ({ peak, modelVersion }) =>
      peak.measuring === newest?.peak.measuring && modelVersion === newest.modelVersion,
  )
}

type Found = Pick<ThresholdSuggestion, "marks" | "runs" | "days">

function foundWords({ marks, runs, days }: Found): string {
  return `${count(marks, "mark")} in ${count(runs, "run")} on ${count(days, "day")}`
}

function tooFewWords(found: Found): string {
  return `No suggestion yet: ${foundWords(found)} tell a depth. It takes ${LEAST_MARKS} marks on ${LEAST_DAYS} days, since one day has its own shoes, pace and strap.`
}

function words(found: Found, thresholdDeg: number, lowestDeg: number, usualDeg: number): string {
  const where = `On the day with the least, half of the marks came at ${degrees(lowestDeg)} or less (${foundWords(found)}).`
  const usual =
    lowestDeg <= usualDeg
      ? ` Half of your strides in these runs bend past ${degrees(usualDeg)} anyway, so depth alone may not be what hurts.`
      : ""
  return `${where} A threshold of ${thresholdDeg}° would count the bends from there on.${usual} Set it only if that fits what you feel, or what your physiotherapist says.`
}
