/**
 * From training tables to the coefficients of a flexion model (src/motion/flexion-model.ts says what each is). Every step
 * is a ridge regression or a mean, so that the same tables give the same integers.
 */
import type { FlexionModel } from "../../src/motion/flexion-model"
import { fitLive } from "./fit-live"
import { type LinearFit, ridge } from "./ridge"
import { everyOther, plainReadout, readout, shapeRow } from "./stride-row"
import { CURVE_POINTS, type TrainingRunner, type TrainingStride } from "./training-table"

/** Counts up whenever the shipped coefficients change. */
export const MODEL_VERSION = 2

/** Penalties as shares of the rows' number, chosen on development runners left out in turn. */
const PEAK_PENALTY = 0.1
const EVENT_PENALTY = 0.003
const SHAPE_CELLS = 16

export function fitModel(runners: readonly TrainingRunner[], version = MODEL_VERSION): FlexionModel {
  const strides = runners.flatMap((runner) => runner.strides)
  const rows = strides.map((stride) => shapeRow(stride.features))
  const readOut = (of: (stride: TrainingStride) => number, penalty: number) =>
    readout(ridge(rows, strides.map(of), penalty))
  const bend = fitBends(runners)
  return {
    version,
    peakErrorCdeg: leftOutPeakErrorCdeg(runners),
    bendSlopeQ10: Math.round(bend.slope * 1024),
    bendOffsetCdeg: Math.round(bend.offsetCdeg),
    live: fitLive(runners),
    stancePeak: plainReadout(fitPeak(strides)),
    contact: readOut((stride) => stride.contactDms, EVENT_PENALTY),
    toeOff: readOut((stride) => stride.toeOffDms, EVENT_PENALTY),
    ...fitShape(strides.map((stride) => stride.curveCdeg)),
  }
}

/** The plain features: the peak is read a little better from the ways since the trough than about their mean. */
function fitPeak(strides: readonly TrainingStride[]): LinearFit {
  return ridge(
    strides.map((stride) => everyOther(stride.features)),
    strides.map((stride) => stride.peakCdeg),
    PEAK_PENALTY,
  )
}

/** Each runner's stance peaks read out with what the others' give. */
function leftOutPeakErrorCdeg(runners: readonly TrainingRunner[]): number {
  const errors = runners.map((left) => {
    const others = runners.filter((runner) => runner !== left).flatMap((runner) => runner.strides)
    const { constant, weights } = fitPeak(others)
    return mean(
      left.strides.map(({ features, peakCdeg }) =>
        Math.abs(
          everyOther(features).reduce((sum, value, i) => sum + value * (weights[i] as number), constant) -
            peakCdeg,
        ),
      ),
    )
  })
  return Math.round(mean(errors))
}

/** The mean wearer's bends: the mean of the runners' own slopes and offsets. */
function fitBends(runners: readonly TrainingRunner[]): { slope: number; offsetCdeg: number } {
  const lines = runners.map(({ bends }) => {
    const { constant, weights } = ridge(
      bends.map(([thigh]) => [thigh]),
      bends.map(([, knee]) => knee),
      0,
    )
    return { slope: weights[0] as number, offsetCdeg: constant }
  })
  return {
    slope: mean(lines.map((line) => line.slope)),
    offsetCdeg: mean(lines.map((line) => line.offsetCdeg)),
  }
}

/** Time and area above each sixteenth of the peak, as shares of the contact time; mean over all stances. */
function fitShape(curves: readonly number[][]): Pick<FlexionModel, "timeAboveQ14" | "areaAboveQ14"> {
  const cells = Array.from({ length: SHAPE_CELLS + 1 }, (_, cell) => cell / SHAPE_CELLS)
  const shares = cells.map((cell) => {
    const each = curves.map((curve) => above(curve, cell))
    return { time: mean(each.map(({ time }) => time)), area: mean(each.map(({ area }) => area)) }
  })
  return {
    timeAboveQ14: shares.map(({ time }) => Math.round(time * 16384)),
    areaAboveQ14: shares.map(({ area }) => Math.round(area * 16384)),
  }
}

/** Steps to a stretch of the curve when it is cut. */
const FINE = 16

function above(curve: readonly number[], cell: number): { time: number; area: number } {
  const peak = Math.max(...curve)
  const cut = peak * cell
  let time = 0
  let area = 0
  const steps = (CURVE_POINTS - 1) * FINE
  for (let step = 0; step < steps; step++) {
    const at = (step + 0.5) / FINE
    const from = curve[Math.floor(at)] as number
    const to = curve[Math.floor(at) + 1] as number
    const height = from + (to - from) * (at - Math.floor(at)) - cut
    if (height <= 0) continue
    time += 1 / steps
    area += height / peak / steps
  }
  return { time, area }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
