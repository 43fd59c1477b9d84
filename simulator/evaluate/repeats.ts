/**
 * The device's errors on repeated measurements of one wearer: of each bout, and of each half of a bout. In: matched stances by bout, trace
 * and truth columns. Out: signed errors of the median stance peak (degrees), of the compressions' share of strides a depth (percentage
 * points) and of the load a stride (%). What really changed between two measurements is in none of them.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { TraceColumns } from "./delay"
import { meanLoad } from "./reference-load"
import type { MatchedStance } from "./stance-matching"
import { median } from "./statistics"
import type { TruthColumns } from "./truth"

export interface RepeatError {
  peakDeg: number
  /** In the order of DEPTH_BANDS_DEG. */
  sharePoints: number[]
  loadPercent: number | null
}

export interface BoutRepeats {
  whole: RepeatError
  halves: [first: RepeatError, second: RepeatError]
}

/** A half with fewer strides says nothing of a runner. */
const LEAST_STRIDES = 8
const PERCENT = 100

/** A bout with too few strides is left out. */
export function repeatErrors(
  bouts: readonly (readonly MatchedStance[])[],
  trace: TraceColumns,
  truth: TruthColumns,
): BoutRepeats[] {
  return bouts.flatMap((stances) => {
    const counted = stances.filter((stance) => stance.countedPeakDeg !== undefined)
    if (counted.length < 2 * LEAST_STRIDES) return []
    const error = (part: readonly MatchedStance[]) => errorOf(part, trace, truth)
    const middle = counted.length >> 1
    return [
      { whole: error(counted), halves: [error(counted.slice(0, middle)), error(counted.slice(middle))] },
    ]
  })
}

function errorOf(part: readonly MatchedStance[], trace: TraceColumns, truth: TruthColumns): RepeatError {
  const countedDeg = part.map((stance) => stance.countedPeakDeg as number)
  const trueDeg = part.map((stance) => stance.truth.peakDeg)
  const share = (peaksDeg: number[], depth: number) =>
    peaksDeg.filter((peakDeg) => peakDeg > depth).length / peaksDeg.length
  const device = part.flatMap((stance) => (stance.device ? [stance.device] : []))
  const estimated = meanLoad(device, trace.timeS, trace.thighDeg)
  const real = meanLoad(
    part.map((stance) => stance.truth),
    truth.timeS,
    truth.thighDeg,
  )
  return {
    peakDeg: median(countedDeg) - median(trueDeg),
    sharePoints: DEPTH_BANDS_DEG.map((depth) => (share(countedDeg, depth) - share(trueDeg, depth)) * PERCENT),
    loadPercent: estimated === null || real === null ? null : (estimated / real - 1) * PERCENT,
  }
}
