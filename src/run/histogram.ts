/**
 * Median and percentiles of a stream in fixed memory: counts in equal bins from 0 up, each value placed inside its bin as
 * if the bin's values were spread evenly over it. What it gives is less than one bin away from the exact order statistic.
 */

/** Stance peaks in 1/100°: 0 to 100° in half degrees. Beyond, values count in the outermost bin. */
export const PEAK_BIN_CDEG = 50
export const PEAK_BINS = 200
/** Contact times: 0 to 600 ms in steps of 2 ms, well under the sensor's sample period. */
export const CONTACT_BIN_MS = 2
export const CONTACT_BINS = 300

const PERCENT = 100

export class Histogram {
  readonly #binWidth: number
  readonly #bins: Uint32Array
  #count = 0

  constructor(binWidth: number, bins: number) {
    this.#binWidth = binWidth
    this.#bins = new Uint32Array(bins)
  }

  get count(): number {
    return this.#count
  }

  clear(): void {
    this.#bins.fill(0)
    this.#count = 0
  }

  add(value: number): void {
    const last = this.#bins.length - 1
    const index = Math.min(Math.max(Math.floor(value / this.#binWidth), 0), last)
    this.#bins[index] = (this.#bins[index] ?? 0) + 1
    this.#count += 1
  }

  /** Mean of the two middle values; 0 of nothing. */
  median(): number {
    if (this.#count === 0) return 0
    const upper = this.#count >> 1
    if (this.#count & 1) return this.#valueAt(upper)
    return (this.#valueAt(upper - 1) + this.#valueAt(upper)) >> 1
  }

  /** The smallest value that at least `percent` of the values do not exceed (nearest rank); 0 of nothing. */
  percentile(percent: number): number {
    return this.#valueAt(Math.max(Math.ceil((percent * this.#count) / PERCENT) - 1, 0))
  }

  /** The value with `rank` smaller ones before it. */
  #valueAt(rank: number): number {
    let before = 0
    for (let index = 0; index < this.#bins.length; index++) {
      const inBin = this.#bins[index] ?? 0
      if (rank < before + inBin) {
        // The middle of the value's own share of the bin.
        const halfShares = 2 * (rank - before) + 1
        return index * this.#binWidth + Math.floor((this.#binWidth * halfShares) / (2 * inBin))
      }
      before += inBin
    }
    return 0
  }
}
