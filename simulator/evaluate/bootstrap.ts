/**
 * How sure a mean over runners is: percentile bootstrap (Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13). Runners are
 * drawn with replacement, because strides of one runner tell little new. With 18 runners it covers a little less than it says.
 */
import { Draws } from "../draws"
import { mean, quantile } from "./statistics"

export interface Interval {
  low: number
  high: number
}

const RESAMPLES = 2000
const COVERAGE = 0.95
/** The same in every evaluation, so that columns of the same runners are resampled alike and figures come out again. */
const SEED = 20_170_509

/** Of the mean of a value a runner, null where a runner has none; null when fewer than two have one. */
export function meanInterval(values: readonly (number | null)[], seed = SEED): Interval | null {
  if (values.filter((value) => value !== null).length < 2) return null
  const draws = new Draws(seed)
  const means: number[] = []
  while (means.length < RESAMPLES) {
    const drawn = values.map(() => values[draws.below(values.length)] as number | null)
    const middle = mean(drawn.filter((value) => value !== null))
    if (middle !== null) means.push(middle)
  }
  const sorted = Float64Array.from(means).sort()
  const tail = (1 - COVERAGE) / 2
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) }
}
