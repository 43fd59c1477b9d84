/**
 * What the buzz for many compressions may be set to for the next run of a knee: a little above the most of the last 30 days without pain, and less after pain.
 * Small steps since in a study of 5,205 runners complaints came more often after sessions more than 10 % longer than any of the last 30 days (load-history.ts);
 * compressions stand in for distance, which the device does not know. Digests and scores in, a suggestion with its reasons out; nothing is set.
 */
import { SETTINGS, type Settings } from "../../src/storage/settings"
import type { PainScore } from "../data/kept"
import { firmwareMinor } from "./firmware-minor"
import { type DeviceSide, kneeOf } from "./knee"
import { HISTORY_DAYS, LEAST_RUNS, loadHistory, MARGIN } from "./load-history"
import { localDay, placedMs } from "./local-time"
import { count } from "./number-words"
import { painRule } from "./pain-rule"
import type { RunDigest } from "./run-digest"

/** Of the run that hurt, or of what went well before a test that hurt; a choice of ours. */
const AFTER_PAIN = 0.8
/** Of 10: as in the rule of pain-rule.ts. */
const MOST_PAIN = 2
const PERCENT = 100
/** Numbers from here on are rounded down to whole steps; choices of ours. */
const STEPS = [
  { from: 500, step: 50 },
  { from: 50, step: 10 },
  { from: 0, step: 1 },
]
const MOST = SETTINGS.find(({ name }) => name === "overloadCompressions")?.max ?? 0

const SHORTER_WORDS = "It hurt: make the next run clearly shorter, or leave it out."

export type PlanLimits = Pick<Settings, "overloadCompressions" | "overloadCompressionsAgain">

export interface LoadPlan {
  /** What to set; undefined when nothing is to be changed, or too little is known. */
  limits: PlanLimits | undefined
  /** Each a sentence or more. */
  reasons: string[]
}

export interface PlanSource {
  digests: readonly RunDigest[]
  devices: readonly DeviceSide[]
  scores: readonly PainScore[]
  /** Of the next run; its knee is planned for. */
  deviceId: string
  /** As the device has them now. */
  settings: PlanLimits & Pick<Settings, "thresholdDeg">
  /** The newest readiness test of today hurt, or said not today. */
  isTestPainful?: boolean
  /** By the wearer's clocks, days since 1970-01-01. */
  today: number
  /** Unix time. */
  nowMs: number
}

/** What a run was for the knee. `between`: neither free of pain nor more than the rule allows. */
type Outcome = "painFree" | "between" | "painful"

interface JudgedRun {
  run: RunDigest
  outcome: Outcome
}

/** Never above 110 % of the most compressions of a run of the last 30 days without pain; after pain less than in the run that hurt. */
export function planNextRun(source: PlanSource): LoadPlan {
  const recent = recentRuns(source)
  const [newest] = recent
  if (!newest) return unchanged(`There is no run of the last ${HISTORY_DAYS} days to plan by.`)
  const isPainful = outcomeOf(newest, source) === "painful" || source.isTestPainful === true
  const silence = silenceWords(newest, source.settings)
  if (silence !== undefined)
    return { limits: undefined, reasons: isPainful ? [silence, SHORTER_WORDS] : [silence] }
  const runs = recent
    .filter((run) => isComparable(run, newest))
    .map((run) => ({ run, outcome: outcomeOf(run, source) }))
  if (isPainful) return afterPain(runs, source)
  if (runs.length < LEAST_RUNS) return unchanged(tooFewWords(runs.length, recent.length))
  return afterGoodRuns(runs, newest, source)
}

/** Of this knee from the last 30 days, newest first. */
function recentRuns({ digests, devices, deviceId, today }: PlanSource): RunDigest[] {
  const knee = kneeOf(devices)
  return digests
    .filter((run) => !run.unreadable && knee(run.deviceId) === knee(deviceId))
    .filter((run) => localDay(run) >= today - HISTORY_DAYS && localDay(run) <= today)
    .sort((a, b) => placedMs(b) - placedMs(a))
}

/** Compressions past another threshold, or by another model, are other numbers. */
function isComparable(run: RunDigest, newest: RunDigest): boolean {
  return (
    !run.isDoubtful &&
    run.thresholdDeg === newest.thresholdDeg &&
    run.isMeasured === newest.isMeasured &&
    run.modelVersion === newest.modelVersion &&
    firmwareMinor(run.firmware) === firmwareMinor(newest.firmware)
  )
}

function outcomeOf(run: RunDigest, { scores, nowMs }: PlanSource): Outcome {
  const isBroken = painRule(run, scores, nowMs).parts.some(({ state }) => state === "broken")
  if (run.pains > 0 || isBroken) return "painful"
  const isScored = scores.some(({ runKey, score }) => runKey === run.key && score > MOST_PAIN)
  return isScored ? "between" : "painFree"
}

function afterPain(runs: readonly JudgedRun[], { settings, isTestPainful }: PlanSource): LoadPlan {
  const [last] = runs
  const painFree = mostPainFree(runs)
  const bounds = [...painBounds(runs), ...(painFree === undefined ? [] : [painFree * (1 + MARGIN)])]
  const reasons: string[] = []
  if (last?.outcome === "painful") {
    bounds.push(last.run.compressions * AFTER_PAIN)
    reasons.push("Your last run hurt: you marked pain, or its scores were above the rule.")
  }
  if (isTestPainful === true) {
    if (painFree !== undefined) bounds.push(painFree * AFTER_PAIN)
    reasons.push("Your knee hurt in today's readiness test.")
  }
  const suggested = bounds.length === 0 ? undefined : rounded(Math.min(...bounds))
  if (suggested === undefined) return { limits: undefined, reasons: [...reasons, SHORTER_WORDS] }
  if (suggested >= settings.overloadCompressions)
    return {
      limits: undefined,
      reasons: [...reasons, `Your limit is low enough: ${settings.overloadCompressions}.`],
    }
  return {
    limits: limitsOf(suggested, settings),
    reasons: [...reasons, "A lower limit buzzes earlier. Stop if it hurts, whatever the limit is."],
  }
}

function afterGoodRuns(runs: readonly JudgedRun[], newest: RunDigest, source: PlanSource): LoadPlan {
  const { settings, digests, devices } = source
  const painFree = mostPainFree(runs)
  if (painFree === undefined)
    return unchanged(
      `No run of the last ${HISTORY_DAYS} days was without pain, so there is nothing to build on.`,
    )
  const isBigStep = loadHistory(newest, digests, devices).isAbove
  const bound = Math.min(isBigStep ? painFree : painFree * (1 + MARGIN), ...painBounds(runs))
  const suggested = rounded(bound)
  const reasons = [
    `The most in a run without pain in the last ${HISTORY_DAYS} days was ${painFree} compressions (${count(runs.length, "run")} compared).`,
    ...(isBigStep
      ? ["Your last run was a big step already, so the next limit is not above it."]
      : [`The next limit is at most ${MARGIN * PERCENT} % above that.`]),
    ...(painBounds(runs).length > 0
      ? ["It stays below the run that hurt, until one as long has gone well."]
      : []),
  ]
  if (suggested === undefined || suggested === settings.overloadCompressions)
    return { limits: undefined, reasons: [...reasons, "Your limit can stay as it is."] }
  return { limits: limitsOf(suggested, settings), reasons }
}

function mostPainFree(runs: readonly JudgedRun[]): number | undefined {
  const counts = runs.filter(({ outcome }) => outcome === "painFree").map(({ run }) => run.compressions)
  return counts.length === 0 ? undefined : Math.max(...counts)
}

/** Just below each run that hurt, unless a later one with as many compressions did not. @param runs newest first */
function painBounds(runs: readonly JudgedRun[]): number[] {
  return runs.flatMap(({ run, outcome }, at) => {
    const later = mostPainFree(runs.slice(0, at)) ?? 0
    return outcome === "painful" && later < run.compressions ? [run.compressions - 1] : []
  })
}

/** Down, so that no bound is passed; undefined for what is no limit, since 0 never buzzes. */
function rounded(bound: number): number | undefined {
  const { step } = STEPS.find(({ from }) => bound >= from) ?? { step: 1 }
  const number = Math.min(MOST, Math.floor(bound / step) * step)
  return number > 0 ? number : undefined
}

/** The buzzes after the first in the proportion that the wearer has chosen. */
function limitsOf(
  overloadCompressions: number,
  { overloadCompressions: limit, overloadCompressionsAgain: again }: PlanLimits,
): PlanLimits {
  const inProportion = again === 0 ? 0 : (rounded((again * overloadCompressions) / limit) ?? 1)
  return { overloadCompressions, overloadCompressionsAgain: inProportion }
}

function unchanged(reason: string): LoadPlan {
  return { limits: undefined, reasons: [reason] }
}

/** Why no number can be said, whatever the runs were like; undefined when one can. */
function silenceWords(newest: RunDigest, settings: PlanSource["settings"]): string | undefined {
  if (newest.isDoubtful) return "The data of your last run is doubtful, so no limit is suggested by it."
  if (newest.thresholdDeg !== settings.thresholdDeg)
    return `Your last run was counted past ${newest.thresholdDeg}°, the next one will be past ${settings.thresholdDeg}°. Compressions past different thresholds cannot be compared, so no limit is suggested.`
  if (settings.overloadCompressions === 0)
    return "You have switched off the buzz for many compressions, so no limit is suggested."
  return undefined
}

function tooFewWords(comparable: number, all: number): string {
  const others =
    all > comparable
      ? " Others were counted past another threshold, by another version, or with doubtful data."
      : ""
  return `There ${comparable === 1 ? "is" : "are"} ${count(comparable, "run")} of the last ${HISTORY_DAYS} days to plan by. It takes ${LEAST_RUNS}.${others}`
}
