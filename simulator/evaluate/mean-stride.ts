/**
 * The mean stride of a recording, true and as the device had it live: knee and thigh, degrees, at equal steps from one initial contact to the
 * next, over all strides of all bouts. In: truth stances by bout, trace and truth columns, the fitted delay in s.
 */
import type { TraceColumns } from "./delay"
import type { TruthColumns, TruthStance } from "./truth"

export interface MeanStride {
  trueKneeDeg: number[]
  kneeDeg: number[]
  trueThighDeg: number[]
  thighDeg: number[]
  /** Of the stride, that the leg is loaded. */
  stanceShare: number
}

/** From 0 to 100 % of the stride. */
export const STRIDE_POINTS = 51

/** Null without a stride that trace and truth both reach. */
export function meanStride(
  bouts: readonly (readonly TruthStance[])[],
  trace: TraceColumns,
  truth: TruthColumns,
  delayS: number,
): MeanStride | null {
  const strides = stridesOf(bouts)
  const mean = (timeS: ArrayLike<number>, values: ArrayLike<number>, lateS: number) =>
    meanCurve(strides, timeS, values, lateS)
  const stride: MeanStride = {
    trueKneeDeg: mean(truth.timeS, truth.kneeDeg, 0),
    kneeDeg: mean(trace.timeS, trace.kneeDeg, delayS),
    trueThighDeg: mean(truth.timeS, truth.thighDeg, 0),
    thighDeg: mean(trace.timeS, trace.thighDeg, delayS),
    stanceShare:
      strides.reduce(
        (sum, { stance, endS }) => sum + (stance.endS - stance.startS) / (endS - stance.startS),
        0,
      ) / strides.length,
  }
  const isWhole = [stride.trueKneeDeg, stride.kneeDeg].every((curve) => curve.every(Number.isFinite))
  return isWhole ? stride : null
}

/** From one contact of a leg to its next. */
export interface Stride {
  stance: TruthStance
  endS: number
}

export function stridesOf(bouts: readonly (readonly TruthStance[])[]): Stride[] {
  return bouts.flatMap((stances) =>
    stances.slice(1).map((next, i) => ({ stance: stances[i] as TruthStance, endS: next.startS })),
  )
}

/** Of a column with its times, at STRIDE_POINTS steps; NaN where a stride goes beyond it. */
export function meanCurve(
  strides: readonly Stride[],
  timeS: ArrayLike<number>,
  values: ArrayLike<number>,
  lateS = 0,
): number[] {
  return Array.from({ length: STRIDE_POINTS }, (_, point) => {
    const sum = strides.reduce((total, { stance, endS }) => {
      const share = point / (STRIDE_POINTS - 1)
      return total + valueAt(timeS, values, stance.startS + share * (endS - stance.startS) + lateS)
    }, 0)
    return sum / strides.length
  })
}

/** Linear between rows; NaN outside of them. */
function valueAt(timeS: ArrayLike<number>, values: ArrayLike<number>, momentS: number): number {
  let low = 0
  let high = timeS.length - 1
  if (high < 1 || momentS < (timeS[0] as number) || momentS > (timeS[high] as number)) return Number.NaN
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((timeS[middle] as number) <= momentS) low = middle
    else high = middle
  }
  const fromS = timeS[low] as number
  const share = (momentS - fromS) / ((timeS[high] as number) - fromS)
  return (values[low] as number) * (1 - share) + (values[high] as number) * share
}
