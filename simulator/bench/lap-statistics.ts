/** Mean, 99th percentile and maximum of a cost; whole numbers, so that they can be compared to the last digit. */
export interface Cost {
  mean: number
  p99: number
  max: number
}

const HIGH_SHARE = 0.99

/** @throws RangeError when there is nothing. */
export function costOf(counts: readonly number[]): Cost {
  if (counts.length === 0) throw new RangeError("a cost of nothing: no lap was metered")
  const sorted = [...counts].sort((a, b) => a - b)
  const sum = sorted.reduce((total, count) => total + count, 0)
  return {
    mean: Math.round(sum / sorted.length),
    p99: sorted[Math.ceil(HIGH_SHARE * sorted.length) - 1] as number,
    max: sorted.at(-1) as number,
  }
}
