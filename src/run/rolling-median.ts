/** Median of the newest few values, int16, without allocation: a ring in order of time, and behind it the same values in order of size. */

export class RollingMedian {
  /** One array: two take 7 slots more. */
  private readonly values: Int16Array
  private readonly capacity: number
  private next = 0
  private count = 0
  /** How many of the newest values are in `sorted`. */
  private window: number

  /** @param capacity the longest window */
  constructor(capacity: number) {
    this.values = new Int16Array(2 * capacity)
    this.capacity = capacity
    this.window = capacity
  }

  clear(): void {
    this.next = 0
    this.count = 0
  }

  /** How many values count from now on; those that have come already count too. */
  setWindow(window: number): void {
    const fits = Math.min(Math.max(window, 1), this.capacity)
    if (fits === this.window) return
    this.window = fits
    for (let size = 0; size < this.size; size++) this.insert(this.newest(size), size)
  }

  add(value: number): void {
    let size = this.size
    if (size === this.window) this.remove(this.newest(size - 1), size--)
    this.insert(value, size)
    this.values[this.next] = value
    this.next = (this.next + 1) % this.capacity
    if (this.count < this.capacity) this.count += 1
  }

  /** True once the window is full. */
  get full(): boolean {
    return this.count >= this.window
  }

  /** Mean of the two middle values; 0 of nothing. */
  get median(): number {
    const size = this.size
    if (size === 0) return 0
    const upper = size >> 1
    const lower = size & 1 ? upper : upper - 1
    return (this.sorted(lower) + this.sorted(upper)) >> 1
  }

  private get size(): number {
    return Math.min(this.count, this.window)
  }

  /** The value that came `age` values before the newest. */
  private newest(age: number): number {
    const capacity = this.capacity
    return this.values[(this.next - 1 - age + 2 * capacity) % capacity] ?? 0
  }

  private sorted(rank: number): number {
    return this.values[this.capacity + rank] ?? 0
  }

  private insert(value: number, size: number): void {
    const capacity = this.capacity
    const at = capacity + this.rank(value, size)
    this.values.copyWithin(at + 1, at, capacity + size)
    this.values[at] = value
  }

  private remove(value: number, size: number): void {
    const capacity = this.capacity
    const at = capacity + this.rank(value, size)
    this.values.copyWithin(at, at + 1, capacity + size)
  }

  /** How many of the first `size` sorted values are smaller than `value`. */
  private rank(value: number, size: number): number {
    let low = 0
    let high = size
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sorted(middle) < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
