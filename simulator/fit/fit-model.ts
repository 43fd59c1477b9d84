/**
 * From training tables to the coefficients of a flexion model (src/motion/flexion-model.ts says what each is). Every step
 * is a ridge regression or a mean, so that the same tables give the same integers.
 */
import { type FlexionModel, KNOTS, type LinearReadout } from "../../src/motion/flexion-model"
import { type LinearFit, ridge } from "./ridge"
import { CURVE_POINTS, type TrainingRunner, type TrainingSample } from "./training-table"

/** Counts up whenever the shipped coefficients change. */
export const MODEL_VERSION = 1

/** Penalties as shares of the rows' number, chosen on development runners left out in turn. */
const READOUT_PENALTY = 0.03
const LIVE_PENALTY = 0.0003
/** How long a part of a stride can last (swing, reach, push), ms: 99 % of the development runners' are shorter. */
const PART_MS = [380, 320, 300]
/** Terms at each knot: constant, thigh, rate, range, period. */
const TERMS = 5
/** So that the live model's terms are of one size: cdeg, cdeg, counts, cdeg, ms to about 1. */
const TERM_SIZE = [1, 3000, 4000, 1500, 80]
const RANGE_MEAN_CDEG = 6000
const PERIOD_MEAN_MS = 700
const SHAPE_CELLS = 16

export function fitModel(runners: readonly TrainingRunner[], version = MODEL_VERSION): FlexionModel {
  const strides = runners.flatMap((runner) => runner.strides)
  const features = strides.map((stride) => stride.features)
  const bend = fitBends(runners)
  return {
    version,
    peakErrorCdeg: leftOutPeakErrorCdeg(runners),
    bendSlopeQ10: Math.round(bend.slope * 1024),
    bendOffsetCdeg: Math.round(bend.offsetCdeg),
    live: fitLive(runners),
    stancePeak: readout(
      ridge(
        features,
        strides.map((stride) => stride.peakCdeg),
        READOUT_PENALTY,
      ),
    ),
    contact: readout(
      ridge(
        features,
        strides.map((stride) => stride.contactDms),
        READOUT_PENALTY,
      ),
    ),
    toeOff: readout(
      ridge(
        features,
        strides.map((stride) => stride.toeOffDms),
        READOUT_PENALTY,
      ),
    ),
    ...fitShape(strides.map((stride) => stride.curveCdeg)),
  }
}

/** Each runner's stance peaks read out with what the others' give. */
function leftOutPeakErrorCdeg(runners: readonly TrainingRunner[]): number {
  const errors = runners.map((left) => {
    const others = runners.filter((runner) => runner !== left).flatMap((runner) => runner.strides)
    const { constant, weights } = ridge(
      others.map((stride) => stride.features),
      others.map((stride) => stride.peakCdeg),
      READOUT_PENALTY,
    )
    return mean(
      left.strides.map(({ features, peakCdeg }) =>
        Math.abs(
          weights.reduce((sum, weight, i) => sum + weight * (features[i] as number), constant) - peakCdeg,
        ),
      ),
    )
  })
  return Math.round(mean(errors))
}

function readout({ constant, weights }: LinearFit): LinearReadout {
  return { constant: Math.round(constant), weightsQ12: weights.map((weight) => Math.round(weight * 4096)) }
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

function fitLive(runners: readonly TrainingRunner[]): FlexionModel["live"] {
  const rows: Float64Array[] = []
  const wanted: number[] = []
  for (const { samples, periodUs } of runners)
    for (const sample of samples) {
      rows.push(liveRow(sample, periodUs))
      wanted.push(sample[6])
    }
  const { constant, weights } = ridge(rows, wanted, LIVE_PENALTY)
  const term = (knot: number, index: number) =>
    (weights[knot * TERMS + index] as number) / (TERM_SIZE[index] as number)
  const table = (scale: number, index: number) =>
    Array.from({ length: PART_MS.length * KNOTS }, (_, knot) => Math.round(term(knot, index) * scale))
  return {
    partMs: PART_MS,
    constantCdeg: Array.from({ length: PART_MS.length * KNOTS }, (_, knot) =>
      Math.round(constant + term(knot, 0) - term(knot, 3) * RANGE_MEAN_CDEG - term(knot, 4) * PERIOD_MEAN_MS),
    ),
    thighQ12: table(4096, 1),
    rateQ12: table(4096, 2),
    rangeQ12: table(4096, 3),
    periodQ8: table(256, 4),
  }
}

/** A sample as the live model sees it: its terms, shared between the two knots around it. */
function liveRow(
  [part, sincePart, thigh, rate, range, period]: TrainingSample,
  periodUs: number,
): Float64Array {
  const row = new Float64Array(PART_MS.length * KNOTS * TERMS)
  const partUs = (PART_MS[part] as number) * 1000
  const position = Math.min((sincePart * periodUs * (KNOTS - 1)) / partUs, KNOTS - 1 - 1 / 256)
  const knot = part * KNOTS + Math.floor(position)
  const share = position - Math.floor(position)
  const terms = [1, thigh, rate, range - RANGE_MEAN_CDEG, period - PERIOD_MEAN_MS]
  terms.forEach((term, index) => {
    const value = term / (TERM_SIZE[index] as number)
    row[knot * TERMS + index] = value * (1 - share)
    row[(knot + 1) * TERMS + index] = value * share
  })
  return row
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
