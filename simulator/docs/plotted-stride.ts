/**
 * The mean stride of all runners, for the picture: knee and thigh, true and live, and how far the live angle's error spreads between
 * runners (SD). Degrees, at equal steps from one initial contact to the next. In: a mean stride a runner.
 */
import type { MeanStride } from "../evaluate/mean-stride"
import { mean, standardDeviation } from "../evaluate/statistics"

export interface PlottedCurve {
  truthDeg: number[]
  deviceDeg: number[]
  errorSdDeg: number[]
}
export interface PlottedStride {
  /** Of the stride, that the leg is loaded. */
  stanceShare: number
  knee: PlottedCurve
  thigh: PlottedCurve
}

const DECIMALS = 2

/** Null of nobody. */
export function plottedStride(strides: readonly MeanStride[]): PlottedStride | null {
  if (strides.length === 0) return null
  return {
    stanceShare: meanOf(strides.map((stride) => stride.stanceShare)),
    knee: curve(strides.map(({ trueKneeDeg, kneeDeg }) => ({ truth: trueKneeDeg, device: kneeDeg }))),
    thigh: curve(strides.map(({ trueThighDeg, thighDeg }) => ({ truth: trueThighDeg, device: thighDeg }))),
  }
}

function curve(runners: readonly { truth: number[]; device: number[] }[]): PlottedCurve {
  const points = runners[0]?.truth.length ?? 0
  const at = (of: (runner: { truth: number[]; device: number[] }, point: number) => number) =>
    Array.from({ length: points }, (_, point) => runners.map((runner) => of(runner, point)))
  const truth = at((runner, point) => runner.truth[point] as number)
  const device = at((runner, point) => runner.device[point] as number)
  const error = at((runner, point) => (runner.device[point] as number) - (runner.truth[point] as number))
  return {
    truthDeg: truth.map(meanOf),
    deviceDeg: device.map(meanOf),
    errorSdDeg: error.map((values) => tidy(standardDeviation(values) ?? 0)),
  }
}

function meanOf(values: number[]): number {
  return tidy(mean(values) ?? 0)
}

function tidy(value: number): number {
  return Number(value.toFixed(DECIMALS))
}
