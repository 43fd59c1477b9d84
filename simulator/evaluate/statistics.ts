/** Mean, spread, median and quantiles of a list; null of nothing, where there can be nothing. */

export function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

export function meanAbsolute(values: number[]): number | null {
  return mean(values.map(Math.abs))
}

export function standardDeviation(values: number[]): number | null {
  const middle = mean(values)
  if (middle === null) return null
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) ?? 0)
}

/** Mean of the two middle values; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const upper = sorted.length >> 1
  const lower = sorted.length % 2 === 1 ? upper : upper - 1
  return ((sorted[lower] as number) + (sorted[upper] as number)) / 2
}

/** Linear between the sorted values (Hyndman & Fan 1996, type 7); NaN of nothing. @param share 0 to 1 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const from = sorted[below] as number
  const to = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return from + (place - below) * (to - from)
}
