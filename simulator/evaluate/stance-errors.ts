/**
 * Errors stance by stance: peak flexion (degrees), initial contact, toe-off and contact time (ms, + = late or long). In: trace
 * rows, truth stances, the fitted delay in s. A trace stance answers for the truth stance with which it shares most of its time.
 */
import type { TraceColumns } from "./delay"
import { mean, meanAbsolute, standardDeviation } from "./statistics"
import type { TruthStance } from "./truth"

export interface StanceErrors {
  /** Of the peaks that strides are counted by. */
  countedPeakErrorDeg: number | null
  /** Of the deepest live angle in each stance. */
  stancePeakErrorDeg: number | null
  initialContactMeanMs: number | null
  initialContactSdMs: number | null
  toeOffMeanMs: number | null
  toeOffSdMs: number | null
  contactTimeErrorMs: number | null
  /** Truth stances for which the trace has none: they are in none of the errors above. */
  stancesUnmatched: number
}

/** A stance in the trace: from its first loaded sample to the first unloaded one, with the deepest flexion in between. */
export interface TraceStance {
  startS: number
  endS: number
  peakDeg: number
}

/** Shared time over joint time that two stances need to be the same one; above one half a stance has one partner at most. */
const LEAST_SHARED = 0.5
/** A counted peak belongs to the stance that ends within this of its toe-off. */
const PEAK_MATCH_S = 0.12
const MS_PER_S = 1000

export function traceStances(trace: TraceColumns): TraceStance[] {
  const stances: TraceStance[] = []
  let open: TraceStance | undefined
  for (let row = 0; row < trace.timeS.length; row++) {
    const timeS = trace.timeS[row] as number
    if (trace.stance[row] === 1) {
      open ??= { startS: timeS, endS: timeS, peakDeg: Number.NEGATIVE_INFINITY }
      open.peakDeg = Math.max(open.peakDeg, trace.kneeDeg[row] as number)
    } else if (open) {
      open.endS = timeS
      stances.push(open)
      open = undefined
    }
  }
  return stances
}

export function stanceErrors(trace: TraceColumns, truth: TruthStance[], delayS: number): StanceErrors {
  const candidates = traceStances(trace)
  const countedDeg: number[] = []
  const peaksDeg: number[] = []
  const contactsMs: number[] = []
  const toeOffsMs: number[] = []
  let unmatched = 0
  let next = 0
  for (const stance of truth) {
    while (next < candidates.length && (candidates[next] as TraceStance).endS - delayS <= stance.startS)
      next++
    const counted = trace.countedPeaks?.find(
      ({ toeOffS }) => Math.abs(toeOffS - delayS - stance.endS) < PEAK_MATCH_S,
    )
    if (counted) countedDeg.push(counted.peakDeg - stance.peakDeg)
    let found: TraceStance | undefined
    for (let i = next; i < candidates.length && !found; i++) {
      const candidate = candidates[i] as TraceStance
      if (candidate.startS - delayS >= stance.endS) break
      if (sharedTime(candidate, stance, delayS) > LEAST_SHARED) found = candidate
    }
    if (!found) {
      unmatched++
      continue
    }
    peaksDeg.push(found.peakDeg - stance.peakDeg)
    contactsMs.push((found.startS - delayS - stance.startS) * MS_PER_S)
    toeOffsMs.push((found.endS - delayS - stance.endS) * MS_PER_S)
  }
  return {
    countedPeakErrorDeg: meanAbsolute(countedDeg),
    stancePeakErrorDeg: meanAbsolute(peaksDeg),
    initialContactMeanMs: mean(contactsMs),
    initialContactSdMs: standardDeviation(contactsMs),
    toeOffMeanMs: mean(toeOffsMs),
    toeOffSdMs: standardDeviation(toeOffsMs),
    contactTimeErrorMs: meanAbsolute(contactsMs.map((contactMs, i) => (toeOffsMs[i] as number) - contactMs)),
    stancesUnmatched: unmatched,
  }
}

function sharedTime(candidate: TraceStance, stance: TruthStance, delayS: number): number {
  const startS = candidate.startS - delayS
  const endS = candidate.endS - delayS
  const sharedS = Math.min(endS, stance.endS) - Math.max(startS, stance.startS)
  const jointS = Math.max(endS, stance.endS) - Math.min(startS, stance.startS)
  return sharedS / jointS
}
