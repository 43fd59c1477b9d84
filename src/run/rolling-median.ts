/** Median of the newest few values, int16, without allocation: a ring in order of time beside the same values in order of size. */

export class RollingMedian {
  readonly #ring: Int16Array
  readonly #sorted: Int16Array
  #next = 0
  #count = 0
  /** How many of the newest values are in `#sorted`. */
  #window: number

  /** @param capacity the longest window */
  constructor(capacity: number) {
    this.#ring = new Int16Array(capacity)
    this.#sorted = new Int16Array(capacity)
    this.#window = capacity
  }

  clear(): void {
    this.#next = 0
    this.#count = 0
  }

  /** How many values count from now on; those that have come already count too. */
  setWindow(window: number): void {
    const fits = Math.min(Math.max(window, 1), this.#ring.length)
    if (fits === this.#window) return
    this.#window = fits
    for (let size = 0; size < this.#size; size++) this.#insert(this.#newest(size), size)
  }

  add(value: number): void {
    let size = this.#size
    if (size === this.#window) this.#remove(this.#newest(size - 1), size--)
    this.#insert(value, size)
    this.#ring[this.#next] = value
    this.#next = (this.#next + 1) % this.#ring.length
    if (this.#count < this.#ring.length) this.#count += 1
  }

  /** True once the window is full. */
  get full(): boolean {
    return this.#count >= this.#window
  }

  /** Mean of the two middle values; 0 of nothing. */
  get median(): number {
    const size = this.#size
    if (size === 0) return 0
    const upper = size >> 1
    const lower = size & 1 ? upper : upper - 1
    return ((this.#sorted[lower] ?? 0) + (this.#sorted[upper] ?? 0)) >> 1
  }

  get #size(): number {
    return Math.min(this.#count, this.#window)
  }

  /** The value that came `age` values before the newest. */
  #newest(age: number): number {
    const capacity = this.#ring.length
    return this.#ring[(this.#next - 1 - age + 2 * capacity) % capacity] ?? 0
  }

  #insert(value: number, size: number): void {
    const at = this.#rank(value, size)
    this.#sorted.copyWithin(at + 1, at, size)
    this.#sorted[at] = value
  }

  #remove(value: number, size: number): void {
    const at = this.#rank(value, size)
    this.#sorted.copyWithin(at, at + 1, size)
  }

  /** How many of the first `size` sorted values are smaller than `value`. */
  #rank(value: number, size: number): number {
    let low = 0
    let high = size
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
