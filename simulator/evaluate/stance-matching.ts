/**
 * Which stance of the trace, and which counted peak, answers for which true stance. In: trace rows, truth stances, the fitted
 * delay in s. A trace stance answers for the truth stance with which it shares most of its time.
 */
import type { TraceColumns } from "./delay"
import type { TruthStance } from "./truth"

/** A stance in the trace: from its first loaded sample to the first unloaded one, with the deepest flexion in between. */
export interface TraceStance {
  startS: number
  endS: number
  peakDeg: number
}

export interface MatchedStance {
  truth: TruthStance
  /** In the trace's own time, the delay still in it. */
  device: TraceStance | undefined
  /** What the device counted the stride by. */
  countedPeakDeg: number | undefined
}

/** Shared time over joint time that two stances need to be the same one; above one half a stance has one partner at most. */
const LEAST_SHARED = 0.5
/** A counted peak belongs to the stance that ends within this of its toe-off. */
const PEAK_MATCH_S = 0.12

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

/** One entry a truth stance, in their order. */
export function matchStances(
  trace: TraceColumns,
  truth: readonly TruthStance[],
  delayS: number,
): MatchedStance[] {
  const candidates = traceStances(trace)
  let next = 0
  return truth.map((stance) => {
    while (next < candidates.length && (candidates[next] as TraceStance).endS - delayS <= stance.startS)
      next++
    const counted = trace.countedPeaks?.find(
      ({ toeOffS }) => Math.abs(toeOffS - delayS - stance.endS) < PEAK_MATCH_S,
    )
    let device: TraceStance | undefined
    for (let i = next; i < candidates.length && !device; i++) {
      const candidate = candidates[i] as TraceStance
      if (candidate.startS - delayS >= stance.endS) break
      if (sharedTime(candidate, stance, delayS) > LEAST_SHARED) device = candidate
    }
    return { truth: stance, device, countedPeakDeg: counted?.peakDeg }
  })
}

function sharedTime(candidate: TraceStance, stance: TruthStance, delayS: number): number {
  const startS = candidate.startS - delayS
  const endS = candidate.endS - delayS
  const sharedS = Math.min(endS, stance.endS) - Math.max(startS, stance.startS)
  const jointS = Math.max(endS, stance.endS) - Math.min(startS, stance.startS)
  return sharedS / jointS
}
