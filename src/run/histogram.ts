/**
 * Median and percentiles of a stream in fixed memory: counts in equal bins from 0 up, each value placed inside its bin as
 * if the bin's values were spread evenly over it. What it gives is less than one bin away from the exact order statistic. The
 * median's bin is followed as values come, so that asking for it costs no search. Integers only, but for percentiles.
 */
import { constant } from "../constant"
import { divide } from "../motion/fixed-point"
import type { StateReader, StateWriter } from "../state-bytes"

/** Equal bins from 0 up; beyond, values count in the outermost one. In flash, for all histograms of a kind. */
export class Bins {
  readonly width: number
  readonly count: number
  readonly perWidthQ20: number
  /** Values from here on count in the last bin. */
  readonly lastFrom: number

  /** @param width times `count` 65,536 at most */
  constructor(width: number, count: number) {
    this.width = width
    this.count = count
    this.perWidthQ20 = Math.ceil((1 << 20) / width)
    this.lastFrom = width * (count - 1)
  }
}

/** Stance peaks in 1/100°: 0 to 100° in half degrees. */
export const PEAK_BINS_CDEG = constant(new Bins(50, 200))
/** Contact times: 0 to 600 ms in steps of 2 ms, well under the sensor's sample period. */
export const CONTACT_BINS_MS = constant(new Bins(2, 300))

/** A bin that is full takes no more values, nor counts them: half a day of running in one half degree. */
const BIN_MAX = 0xffff
/** The median's bin moves by so many, empty ones too, with a value; what is left is made up for later. */
const MOVES_A_VALUE = 8
/** Bins that clearSome() clears. */
const CLEARED_AT_A_TIME = 50
const PERCENT = 100

export class Histogram {
  private readonly axis: Bins
  private readonly bins: Uint16Array
  count = 0
  /** The bin of the median (of an even count, of the smaller middle value), and how many values lie in bins before it. */
  private middle = 0
  private before = 0
  /** Bins that clearSome() has cleared. */
  private cleared = 0

  /** @param bins room for the axis' count, all 0 */
  constructor(axis: Bins, bins = new Uint16Array(axis.count)) {
    this.axis = axis
    this.bins = bins
  }

  clear(): void {
    this.bins.fill(0)
    this.forget()
  }

  /** A part of clear(), bin by bin: fill() reckons in doubles. Nothing is added until it is done. @returns true then */
  clearSome(): boolean {
    if (this.count === 0) return true
    const bins = this.bins
    const bound = this.axis.count
    let bin = this.cleared
    for (let left = CLEARED_AT_A_TIME; left > 0 && bin < bound; left--) bins[bin++] = 0
    this.cleared = bin
    if (bin < bound) return false
    this.forget()
    return true
  }

  add(value: number): void {
    const bins = this.bins
    const axis = this.axis
    const index = value >= axis.lastFrom ? axis.count - 1 : value <= 0 ? 0 : (value * axis.perWidthQ20) >> 20
    const inBin = bins[index] as number
    if (inBin === BIN_MAX) return
    bins[index] = inBin + 1
    if (this.count++ === 0) this.middle = index
    else {
      if (index < this.middle) this.before += 1
      this.follow(MOVES_A_VALUE)
    }
  }

  /** Mean of the two middle values; 0 of nothing. */
  median(): number {
    const count = this.count
    if (count === 0) return 0
    this.follow(this.axis.count)
    const rank = (count - 1) >> 1
    const before = this.before
    const middle = this.middle
    const lower = this.placed(middle, rank - before)
    if (count & 1) return lower
    const inMiddle = this.bins[middle] as number
    if (rank + 1 < before + inMiddle) return (lower + this.placed(middle, rank + 1 - before)) >> 1
    let next = middle + 1
    while (this.bins[next] === 0) next++
    return (lower + this.placed(next, 0)) >> 1
  }

  /** The smallest value that at least `percent` of the values do not exceed (nearest rank); 0 of nothing. */
  percentile(percent: number): number {
    const rank = Math.max(Math.ceil((percent * this.count) / PERCENT) - 1, 0)
    const { count } = this.axis
    let before = 0
    for (let index = 0; index < count; index++) {
      const inBin = this.bins[index] as number
      if (rank < before + inBin) return this.placed(index, rank - before)
      before += inBin
    }
    return 0
  }

  /** From the first bin with a value to the last. */
  write(out: StateWriter): void {
    const bins = this.bins
    let first = 0
    let end = this.count === 0 ? 0 : bins.length
    while (first < end && bins[first] === 0) first++
    while (end > first && bins[end - 1] === 0) end--
    out.u16(first)
    out.u16(end)
    for (let bin = first; bin < end; bin++) out.u16(bins[bin] as number)
  }

  /** Into one that is clear; the median's bin is looked for from the first. @throws RangeError when it has other bins */
  read(state: StateReader): void {
    const bins = this.bins
    const first = state.u16()
    const end = state.u16()
    if (first > end || end > bins.length)
      throw new RangeError(`histogram: bins ${first} to ${end} of ${bins.length}`)
    let count = 0
    for (let bin = first; bin < end; bin++) {
      const inBin = state.u16()
      bins[bin] = inBin
      count += inBin
    }
    this.count = count
  }

  private forget(): void {
    this.count = 0
    this.middle = 0
    this.before = 0
    this.cleared = 0
  }

  /** Moves the median's bin to where it is now, by so many bins at most. */
  private follow(moves: number): void {
    const bins = this.bins
    const rank = (this.count - 1) >> 1
    let middle = this.middle
    let before = this.before
    for (let left = moves; left > 0; left--) {
      if (rank < before) before -= bins[--middle] as number
      else {
        const after = before + (bins[middle] as number)
        if (rank < after) break
        before = after
        middle++
      }
    }
    this.middle = middle
    this.before = before
  }

  /** The middle of the share that a bin's value has of it, the `place`-th from below. */
  private placed(index: number, place: number): number {
    const { width } = this.axis
    const halfShares = place + place + 1
    return index * width + divide(width * halfShares, (this.bins[index] as number) << 1)
  }
}
