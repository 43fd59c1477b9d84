/**
 * How late the trace is: one constant delay per recording (the chip's own filter, the filter's half sample), fitted so that
 * the thigh inclination agrees best. In: trace rows and truth columns, ascending times in s. Out: delay in s, + = trace late.
 */
import type { TruthColumns } from "./truth"

/** What the device knew, one entry a motion sample, in recording time: the columns of `replay --trace`. */
export interface TraceColumns {
  timeS: ArrayLike<number>
  kneeDeg: ArrayLike<number>
  thighDeg: ArrayLike<number>
  stance: ArrayLike<number>
  /** What the device counted its strides by, in order of time. */
  countedPeaks?: readonly { toeOffS: number; peakDeg: number }[]
}

/** The truth at the instants that the trace's rows speak of; NaN (or 0) where the recording does not reach. */
export interface AlignedTruth {
  kneeDeg: Float64Array
  thighDeg: Float64Array
  stance: Uint8Array
  running: Uint8Array
}

/** At most this much is removed, early or late: more is no delay of a filter. */
export const MAX_DELAY_S = 0.1
const COARSE_STEP_S = 0.01
const FINE_STEP_S = 0.001

/** Truth at `trace.timeS − delayS`: angles linear between samples, stance and running from the nearest sample. */
export function alignTruth(trace: TraceColumns, truth: TruthColumns, delayS: number): AlignedTruth {
  const rows = trace.timeS.length
  const last = truth.timeS.length - 1
  const aligned: AlignedTruth = {
    kneeDeg: new Float64Array(rows).fill(Number.NaN),
    thighDeg: new Float64Array(rows).fill(Number.NaN),
    stance: new Uint8Array(rows),
    running: new Uint8Array(rows),
  }
  let before = 0
  for (let row = 0; row < rows; row++) {
    const timeS = at(trace.timeS, row) - delayS
    while (before < last - 1 && at(truth.timeS, before + 1) <= timeS) before++
    const fromS = at(truth.timeS, before)
    const toS = at(truth.timeS, before + 1)
    if (!(timeS >= fromS && timeS <= toS)) continue
    const share = (timeS - fromS) / (toS - fromS)
    aligned.kneeDeg[row] = between(truth.kneeDeg, before, share)
    aligned.thighDeg[row] = between(truth.thighDeg, before, share)
    const nearest = before + Math.round(share)
    aligned.stance[row] = at(truth.stance, nearest)
    aligned.running[row] = at(truth.running, nearest)
  }
  return aligned
}

/**
 * The delay at which thigh RMSE over the running rows is least (over all rows when nobody runs): a grid of 10 ms, one of 1 ms
 * around its best, then a parabola through the three lowest. A stride takes 60 of the coarse steps or more, so there is one lowest point.
 */
export function fitDelayS(trace: TraceColumns, truth: TruthColumns): number {
  const running = alignTruth(trace, truth, 0).running
  const rows: number[] = []
  for (let row = 0; row < running.length; row++) if (running[row] === 1) rows.push(row)
  if (rows.length === 0) for (let row = 0; row < running.length; row++) rows.push(row)
  return bestDelayS((delayS) => meanSquare(trace, alignTruth(trace, truth, delayS).thighDeg, rows))
}

/** The delay of at most MAX_DELAY_S with the least cost, which has one lowest point there. */
export function bestDelayS(cost: (delayS: number) => number): number {
  const coarse = lowest(grid(0, MAX_DELAY_S, COARSE_STEP_S), cost)
  const fine = lowest(grid(coarse.delayS, COARSE_STEP_S, FINE_STEP_S), cost)
  if (Math.abs(fine.delayS) >= MAX_DELAY_S) return Math.sign(fine.delayS) * MAX_DELAY_S
  const offset = vertexOffset(cost(fine.delayS - FINE_STEP_S), fine.cost, cost(fine.delayS + FINE_STEP_S))
  return fine.delayS + offset * FINE_STEP_S
}

function grid(centreS: number, reachS: number, stepS: number): number[] {
  const steps = Math.round(reachS / stepS)
  return Array.from({ length: 2 * steps + 1 }, (_, i) => centreS + (i - steps) * stepS)
}

/** The least delay of those with the lowest cost: where nobody moves, all cost the same. */
function lowest(delaysS: number[], cost: (delayS: number) => number): { delayS: number; cost: number } {
  const candidates = delaysS.map((delayS) => ({ delayS, cost: cost(delayS) }))
  candidates.sort((a, b) => a.cost - b.cost || Math.abs(a.delayS) - Math.abs(b.delayS))
  return candidates[0] as { delayS: number; cost: number }
}

function meanSquare(trace: TraceColumns, truthDeg: Float64Array, rows: number[]): number {
  let sum = 0
  let count = 0
  for (const row of rows) {
    const error = at(trace.thighDeg, row) - at(truthDeg, row)
    if (Number.isNaN(error)) continue
    sum += error * error
    count++
  }
  return sum / count
}

/** Where, in steps from the middle one, the parabola through three neighbouring costs has its lowest point. */
function vertexOffset(left: number, middle: number, right: number): number {
  const curvature = left - 2 * middle + right
  return curvature > 0 ? (left - right) / (2 * curvature) : 0
}

function between(values: ArrayLike<number>, before: number, share: number): number {
  return at(values, before) * (1 - share) + at(values, before + 1) * share
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] as number
}
