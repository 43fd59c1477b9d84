/** Which pain score the wearer is asked for now: one at a time, while it can still tell something, and never again once it was turned down. */
import type { KeptDevice, PainScore, Preferences, ScoreTime } from "../data/kept"
import { dateWords, placedMs, timeWords } from "../runs/local-time"
import { type DueScore, painRule } from "../runs/pain-rule"
import type { RunDigest } from "../runs/run-digest"

/** The last score of a run is due a day after it; an older one is not looked at. */
const LOOKED_AT_MS = 3 * 86_400_000

export interface AskedScore {
  run: RunDigest
  time: ScoreTime
}

/**
 * Of several the one that is soonest too late. Of a run whose time is not known nobody asks by themselves.
 * @param digests newest first
 * @param nowMs Unix time
 */
export function askedScore(
  digests: readonly RunDigest[],
  scores: readonly PainScore[],
  preferences: Preferences,
  nowMs: number,
): AskedScore | undefined {
  let asked: AskedScore | undefined
  let soonestMs = Number.POSITIVE_INFINITY
  for (const run of digests) {
    if (placedMs(run) < nowMs - LOOKED_AT_MS) break
    const due = askedOf(run, scores, preferences, nowMs)
    if (due && due.untilMs < soonestMs) {
      asked = { run, time: due.time }
      soonestMs = due.untilMs
    }
  }
  return asked
}

type OpenScore = DueScore & { untilMs: number }

/** The score of this run that is asked for now; the others can be given all the same. @param nowMs Unix time */
export function askedOf(
  run: RunDigest,
  scores: readonly PainScore[],
  { asksForScores, asksFromMs = 0 }: Preferences,
  nowMs: number,
): OpenScore | undefined {
  if (!asksForScores || placedMs(run) < asksFromMs || run.unreadable) return undefined
  const due = painRule(run, scores, nowMs).due
  return due && isOpen(due, nowMs) ? due : undefined
}

function isOpen(due: DueScore, nowMs: number): due is OpenScore {
  return due.fromMs !== undefined && due.untilMs !== undefined && due.fromMs <= nowMs
}

/** Turned down, this run and those before it are not asked about. */
export function withoutAsking(preferences: Preferences, { run }: AskedScore): Preferences {
  return { ...preferences, asksFromMs: placedMs(run) + 1 }
}

/** "How is your knee now, an hour after your run of Sun, 3 May 2026, 07:05?"; of several devices it says which knee. */
export function askedWords({ run, time }: AskedScore, devices: readonly KeptDevice[]): string {
  const side = devices.length > 1 ? devices.find(({ id }) => id === run.deviceId)?.side : undefined
  const knee = side === undefined || side === "unknown" ? "knee" : `${side} knee`
  const which = `your run of ${dateWords(run)}, ${timeWords(run)}`
  switch (time) {
    case "after":
      return `How much did your ${knee} hurt at most during ${which}?`
    case "hour":
      return `How is your ${knee} now, an hour after ${which}?`
    case "morning":
      return `How is your ${knee} this morning, after ${which}?`
  }
}
