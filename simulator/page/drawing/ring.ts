/** The newest rows of a stream of numbers, in arrays that are made once: what is drawn many times a second allocates nothing. Rows come in order of their time, s. */

/** Rows further apart than this are not joined: there was nothing to be told between them. */
const GAP_S = 0.5

export class Ring {
  readonly #times: Float64Array
  readonly #columns: Float64Array[]
  /** Rows ever pushed. */
  #pushed = 0

  /** @param capacity rows that are kept @param columns numbers of a row beside its time */
  constructor(capacity: number, columns: number) {
    this.#times = new Float64Array(capacity)
    this.#columns = Array.from({ length: columns }, () => new Float64Array(capacity))
  }

  get length(): number {
    return Math.min(this.#pushed, this.#times.length)
  }

  /** Time of the newest row, s; NaN while there is none. */
  get newestS(): number {
    return this.#pushed === 0 ? Number.NaN : this.#time(this.#pushed - 1)
  }

  clear(): void {
    this.#pushed = 0
  }

  /** A row: its time, then its numbers. One that is no later than the newest is left out. */
  push(row: readonly number[]): void {
    const timeS = row[0] as number
    if (timeS <= this.newestS) return
    const place = this.#pushed % this.#times.length
    this.#times[place] = timeS
    this.#columns.forEach((column, index) => {
      column[place] = row[index + 1] ?? Number.NaN
    })
    this.#pushed++
  }

  /** On the line between the rows around `timeS`; NaN before the first, after the last and where rows are missing. */
  at(timeS: number, column: number): number {
    const after = this.#firstFrom(timeS)
    if (after >= this.#pushed) return Number.NaN
    const afterS = this.#time(after)
    if (afterS === timeS) return this.#value(after, column)
    if (after <= this.#oldest) return Number.NaN
    const beforeS = this.#time(after - 1)
    if (afterS - beforeS > GAP_S) return Number.NaN
    const share = (timeS - beforeS) / (afterS - beforeS)
    const before = this.#value(after - 1, column)
    return before + share * (this.#value(after, column) - before)
  }

  /** Of the last row up to `timeS`: for what is either so or so. NaN where `at` has none. */
  stepAt(timeS: number, column: number): number {
    const after = this.#firstFrom(timeS)
    if (after < this.#pushed && this.#time(after) === timeS) return this.#value(after, column)
    if (after >= this.#pushed || after <= this.#oldest) return Number.NaN
    return this.#time(after) - this.#time(after - 1) > GAP_S ? Number.NaN : this.#value(after - 1, column)
  }

  get #oldest(): number {
    return Math.max(0, this.#pushed - this.#times.length)
  }

  #time(row: number): number {
    return this.#times[row % this.#times.length] as number
  }

  #value(row: number, column: number): number {
    return this.#columns[column]?.[row % this.#times.length] as number
  }

  /** Number of the first row at `timeS` or later, of all that were pushed. */
  #firstFrom(timeS: number): number {
    let low = this.#oldest
    let high = this.#pushed
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#time(middle) < timeS) low = middle + 1
      else high = middle
    }
    return low
  }
}
