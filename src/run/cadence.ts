/**
 * Cadence from the times between a bout's initial contacts, in 1/10 steps per minute (both legs). For an unbroken bout it is
 * 120 × (strides − 1) ÷ seconds from first to last contact. A stride's own period is not summed: that of the last one
 * ends with a step that is no longer running.
 */
import type { Stride } from "../motion/stride"

/** Two steps a stride, 60,000 ms a minute, tenths. */
const DSPM_MS_PER_STRIDE = 2 * 60_000 * 10
/** An interval longer than 3/2 of the stride that it follows misses a stride (data lost): it says nothing of cadence. */
const HOLE_NUMERATOR = 3
const HOLE_DENOMINATOR = 2

export class Cadence {
  #intervals = 0
  #intervalsMs = 0
  #lastContactMs = 0
  #lastPeriodMs = 0
  #inBout = false

  clear(): void {
    this.#intervals = 0
    this.#intervalsMs = 0
    this.#inBout = false
  }

  /** The next contact is a bout's first: the pause before it is no stride. */
  pause(): void {
    this.#inBout = false
  }

  add(stride: Readonly<Stride>): void {
    const intervalMs = stride.contactMs - this.#lastContactMs
    if (this.#inBout && intervalMs * HOLE_DENOMINATOR <= this.#lastPeriodMs * HOLE_NUMERATOR) {
      this.#intervals += 1
      this.#intervalsMs += intervalMs
    }
    this.#lastContactMs = stride.contactMs
    this.#lastPeriodMs = stride.periodMs
    this.#inBout = true
  }

  /** 0 when unknown. */
  get dspm(): number {
    return this.#intervals === 0 ? 0 : Math.round((DSPM_MS_PER_STRIDE * this.#intervals) / this.#intervalsMs)
  }
}
