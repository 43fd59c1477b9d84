/** How a run's knee was measured, and how far its figures are off on average where the record itself does not say. */
import MEAN_ERROR_FILE from "./mean-error.json" with { type: "json" }

/** One sensor; one that two sensors taught its wearer; two sensors for every stride. */
export type Worn = keyof typeof MEAN_ERROR_FILE.worn
/** `mixed`: two sensors measured some of the strides, the others are estimates. */
export type Measuring = Worn | "mixed"

/** Mean absolute errors on runners that the model was not fitted to. */
export interface MeanError {
  contactTimeMs: number
  cadenceSpm: number
  /** Percentage points of strides, for each of DEPTH_BANDS_DEG. */
  sharePoints: number[]
}

export const MEASURING_WORDS: Readonly<Record<Measuring, string>> = {
  one: "one sensor: the knee is estimated from the thigh",
  taught: "one sensor, taught by a second one: the knee is estimated from the thigh",
  two: "two sensors: the knee is measured",
  mixed: "two sensors for some of the strides: the others are estimated from the thigh",
}

/** Mean error of the deepest loaded bend of a stride. */
export function peakErrorDeg(worn: Worn): number {
  return MEAN_ERROR_FILE.worn[worn].peakDeg
}

/** Of a run or its digest. */
export interface MeasuredStrides {
  strides: number
  measuredStrides: number
  peakErrorDeg: number
}

export function measuringOf(run: MeasuredStrides): Measuring {
  if (run.measuredStrides === 0) return estimateOf(run)
  return run.measuredStrides < run.strides ? "mixed" : "two"
}

/** Of a mixed run the weaker errors: those of its estimates. Undefined for a flexion model that they were not measured with. */
export function meanErrorOf(run: MeasuredStrides, modelVersion: number): MeanError | undefined {
  const measuring = measuringOf(run)
  const error = MEAN_ERROR_FILE.worn[measuring === "mixed" ? estimateOf(run) : measuring]
  return error.modelVersion === modelVersion ? error : undefined
}

/** The record tells a taught estimate by its smaller error band alone. */
function estimateOf({ peakErrorDeg }: MeasuredStrides): "one" | "taught" {
  const { one, taught } = MEAN_ERROR_FILE.worn
  return Math.abs(peakErrorDeg - taught.peakDeg) < Math.abs(peakErrorDeg - one.peakDeg) ? "taught" : "one"
}
