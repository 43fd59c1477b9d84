/**
 * The live part of a flexion model: the curve that a stride's features promise (a reduced-rank ridge regression), and by how
 * much a stride that differs from it does so in the knee when it does in the thigh (a regression at each knot).
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix"
import { type FlexionModel, KNOTS, SCORES } from "../../src/motion/flexion-model"
import { type LinearFit, ridge, ridgeEach } from "./ridge"
import { everyOther, readout, shapeRow } from "./stride-row"
import type { TrainingRunner, TrainingStride } from "./training-table"

/** Shares of the rows' number, chosen on development runners left out in turn. */
const CURVE_PENALTY = 0.03
const DEVIATION_PENALTY = 1e-4
const Q12 = 4096
const Q8 = 256
/** The features: stride time, then the thigh at sixteenths. */
const THIGH = 1
const PHASES = KNOTS / 2
/** 1/100° per ms to gyroscope counts of 0.07 °/s. */
const COUNTS_PER_CDEG_MS = 10 / 0.07

export function fitLive(runners: readonly TrainingRunner[]): FlexionModel["live"] {
  const strides = runners.flatMap((runner) => runner.strides)
  const rows = strides.map((stride) => shapeRow(everyOther(stride.features)))
  const knees = knots((knot) => strides.map((stride) => stride.kneeCdeg[knot] as number))
  const fits = ridgeEach(rows, knees, CURVE_PENALTY)
  const mean = knees.map(meanOf)
  const shapes = mainShapes(
    rows.map((row) => fits.map((fit, knot) => predict(fit, row) - (mean[knot] as number))),
    SCORES,
  )
  const scores = shapes.map((shape) => readout(combined(fits, shape, mean)))
  const deviations = fitDeviations(runners)
  const meanCdeg = deviations.map(({ constant }, knot) => (mean[knot] as number) + constant)
  const [perThigh, perRate] = [0, 1].map((i) => deviations.map(({ weights }) => weights[i] as number)) as [
    number[],
    number[],
  ]
  const references = strides.map(referenceOf)
  return {
    scores,
    basisQ12: shapes.map((shape) => shape.map((value) => Math.round(value * Q12))),
    meanCdeg: meanCdeg.map(Math.round),
    thighQ12: perThigh.map((value) => Math.round(value * Q12)),
    rateQ12: perRate.map((value) => Math.round(value * Q12)),
    startCdeg: knots((knot) => {
      const thigh = meanOf(references.map(({ thighCdeg }) => thighCdeg[knot] as number))
      const rate = meanOf(references.map(({ rateCounts }) => rateCounts[knot] as number))
      const own = (perThigh[knot] as number) * thigh + (perRate[knot] as number) * rate
      return Math.round((meanCdeg[knot] as number) - own)
    }),
  }
}

/** The shapes, of length 1, along which most of what is predicted lies. */
function mainShapes(predicted: readonly number[][], ranks: number): number[][] {
  const sums = new Float64Array(KNOTS * KNOTS)
  for (const curve of predicted)
    for (let i = 0; i < KNOTS; i++)
      for (let j = 0; j < KNOTS; j++)
        sums[i * KNOTS + j] = (sums[i * KNOTS + j] as number) + (curve[i] as number) * (curve[j] as number)
  const covariance = Matrix.from1DArray(KNOTS, KNOTS, sums)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  })
  return realEigenvalues
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, ranks)
    .map(({ index }) => eigenvectorMatrix.getColumn(index))
}

/** The fit of a shape's score: the curves' fits along it. */
function combined(fits: readonly LinearFit[], shape: readonly number[], mean: readonly number[]): LinearFit {
  const along = (of: (fit: LinearFit, knot: number) => number) =>
    fits.reduce((sum, fit, knot) => sum + (shape[knot] as number) * of(fit, knot), 0)
  return {
    constant: along((fit, knot) => fit.constant - (mean[knot] as number)),
    weights: (fits[0] as LinearFit).weights.map((_, i) => along((fit) => fit.weights[i] as number)),
  }
}

/**
 * At each knot: by how much the knee differs from the last stride's true curve, as a constant and per difference of thigh and
 * rate, over the samples within half a knot of it.
 */
function fitDeviations(runners: readonly TrainingRunner[]): LinearFit[] {
  const rows: number[][][] = knots(() => [])
  const wanted: number[][] = knots(() => [])
  for (const { strides, samples } of runners) {
    const references = strides.map(referenceOf)
    for (const [stride, place, thigh, rate, knee] of samples) {
      const known = strides[stride] as TrainingStride
      const { thighCdeg, rateCounts } = references[stride] as Reference
      const knot = Math.round(place / Q8) % KNOTS
      rows[knot]?.push([thigh - between(thighCdeg, place), rate - between(rateCounts, place)])
      wanted[knot]?.push(knee - between(known.kneeCdeg, place))
    }
  }
  return knots((knot) => ridge(rows[knot] as number[][], wanted[knot] as number[], DEVIATION_PENALTY))
}

interface Reference {
  thighCdeg: number[]
  rateCounts: number[]
}

/** A stride's thigh and its rate at every knot, as src/motion/stride-curve.ts makes them of the features. */
function referenceOf({ features }: TrainingStride): Reference {
  const thighAt = (knot: number) => {
    const phase = Math.floor(knot / 2)
    const here = features[THIGH + (phase % PHASES)] as number
    return knot % 2 === 0 ? here : (here + (features[THIGH + ((phase + 1) % PHASES)] as number)) / 2
  }
  const thighCdeg = knots(thighAt)
  const eighthMs = (features[0] as number) / 8
  const rateCounts = knots((knot) => {
    const rise = thighAt((knot + 2) % KNOTS) - thighAt((knot + KNOTS - 2) % KNOTS)
    return (rise / eighthMs) * COUNTS_PER_CDEG_MS
  })
  return { thighCdeg, rateCounts }
}

function between(curve: readonly number[], placeQ8: number): number {
  const knot = Math.floor(placeQ8 / Q8)
  const share = placeQ8 / Q8 - knot
  return (curve[knot] as number) * (1 - share) + (curve[(knot + 1) % KNOTS] as number) * share
}

function knots<Value>(of: (knot: number) => Value): Value[] {
  return Array.from({ length: KNOTS }, (_, knot) => of(knot))
}

function predict({ constant, weights }: LinearFit, row: readonly number[]): number {
  return row.reduce((sum, value, i) => sum + value * (weights[i] as number), constant)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
