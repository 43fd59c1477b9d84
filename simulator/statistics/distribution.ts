/** How a figure is spread over the runs of a series: mean, SD, percentiles, the worst with its seed, and bins for a histogram. */
import { mean, quantile, standardDeviation } from "../evaluate/statistics"

export interface SeededValue {
  seed: number
  value: number
}

export interface Distribution {
  /** Runs that have a value. */
  runs: number
  mean: number
  /** Of these runs, not an estimate for others. */
  sd: number
  p5: number
  p25: number
  p50: number
  p75: number
  p95: number
  /** Furthest from 0; of several the one with the smallest seed. */
  worst: SeededValue
}

/** `from` ≤ value < `to`. */
export interface Bin {
  from: number
  to: number
  runs: number
}

/** Widths that a person counts in: these times a power of ten. */
const ROUND_WIDTHS = [1, 2, 5, 10]
const MOST_BINS = 16
/** Values that are closer are not told apart: a width is 10 to this at least. */
const LEAST_POWER = -6

/** Null of nothing. @param values in an order that depends on nothing but the seeds, as sums of doubles depend on it */
export function distributionOf(values: readonly SeededValue[]): Distribution | null {
  const [first] = values
  if (!first) return null
  const numbers = values.map(({ value }) => value)
  const sorted = Float64Array.from(numbers).sort()
  const at = (share: number) => quantile(sorted, share)
  return {
    runs: values.length,
    mean: mean(numbers) as number,
    sd: standardDeviation(numbers) as number,
    ...{ p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
    worst: values.reduce((worst, candidate) => (isWorse(candidate, worst) ? candidate : worst), first),
  }
}

function isWorse(candidate: SeededValue, worst: SeededValue): boolean {
  const [size, worstSize] = [Math.abs(candidate.value), Math.abs(worst.value)]
  return size > worstSize || (size === worstSize && candidate.seed < worst.seed)
}

/** Bins side by side from the least value to the greatest, of a round width, empty ones between them too. None of nothing. */
export function binsOf(values: readonly number[]): Bin[] {
  if (values.length === 0) return []
  const least = values.reduce((a, b) => Math.min(a, b))
  const greatest = values.reduce((a, b) => Math.max(a, b))
  const { per, width } = roundWidth(least, greatest)
  // A whole number of widths, multiplied before it is divided: 3 × 0.1 is not 0.3.
  const edge = (place: number) => (place * width) / per
  const placeOf = (value: number) => {
    const place = Math.floor((value * per) / width)
    if (value < edge(place)) return place - 1
    return value < edge(place + 1) ? place : place + 1
  }
  const first = placeOf(least)
  const bins = Array.from({ length: placeOf(greatest) - first + 1 }, (_, place) => ({
    ...{ from: edge(first + place), to: edge(first + place + 1), runs: 0 },
  }))
  for (const value of values) (bins[placeOf(value) - first] as Bin).runs++
  return bins
}

/** The smallest round width that does with MOST_BINS, as whole numbers: `width` / `per`. */
function roundWidth(least: number, greatest: number): { width: number; per: number } {
  const span = greatest - least
  if (span === 0) return { width: 1, per: 1 }
  // One bin of them may be cut by the ends.
  const needed = span / (MOST_BINS - 1)
  const power = Math.max(LEAST_POWER, Math.floor(Math.log10(needed)))
  const digit = ROUND_WIDTHS.find((round) => round * 10 ** power >= needed) ?? (ROUND_WIDTHS.at(-1) as number)
  return power < 0 ? { width: digit, per: 10 ** -power } : { width: digit * 10 ** power, per: 1 }
}
