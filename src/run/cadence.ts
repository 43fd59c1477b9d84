/**
 * Cadence from the times between a bout's initial contacts, in 1/10 steps per minute (both legs). For an unbroken bout it is
 * 120 × (strides − 1) ÷ seconds from first to last contact. A stride's own period is not summed: that of the last one
 * ends with a step that is no longer running.
 */
import { divide } from "../motion/fixed-point"
import type { Stride } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"

/** Two steps a stride, 60,000 ms a minute, tenths: in thousands. */
const THOUSAND_DSPM_MS_PER_STRIDE = 2 * 60 * 10
const THOUSAND_DIGITS = 3
/** An interval longer than 3/2 of the stride that it follows misses a stride (data lost): it says nothing of cadence. */
const HOLE_NUMERATOR = 3
const HOLE_DENOMINATOR = 2
/** What dspmOf() reckons with in an int32: two and a half days of running. */
const MOST_MS = 214_748_364
/** Shorter than any stride. */
const LEAST_INTERVAL_MS = 200

export class Cadence {
  private intervals = 0
  private intervalsMs = 0
  /** The same where the bout began. */
  private boutIntervals = 0
  private boutIntervalsMs = 0
  private lastContactMs = 0
  private lastPeriodMs = 0
  private inBout = false

  clear(): void {
    this.intervals = 0
    this.intervalsMs = 0
    this.inBout = false
  }

  /** The next contact is a bout's first: the pause before it is no stride. */
  beginBout(): void {
    this.boutIntervals = this.intervals
    this.boutIntervalsMs = this.intervalsMs
    this.inBout = false
  }

  add(stride: Readonly<Stride>): void {
    const { contactMs } = stride
    const intervalMs = contactMs - this.lastContactMs
    if (this.inBout && intervalMs * HOLE_DENOMINATOR <= this.lastPeriodMs * HOLE_NUMERATOR) {
      this.intervals += 1
      this.intervalsMs += intervalMs
    }
    this.lastContactMs = contactMs
    this.lastPeriodMs = stride.periodMs
    this.inBout = true
  }

  /** Of all bouts; the next contact is a bout's first. */
  write(out: StateWriter): void {
    out.u32(this.intervals)
    out.u32(this.intervalsMs)
  }

  /** Into one that is clear. @throws RangeError when nobody steps so often */
  read(state: StateReader): void {
    const intervals = state.u32()
    const intervalsMs = state.u32()
    if (intervalsMs > MOST_MS || intervals * LEAST_INTERVAL_MS > intervalsMs)
      throw new RangeError(`cadence: ${intervals} strides in ${intervalsMs} ms`)
    this.intervals = intervals
    this.intervalsMs = intervalsMs
  }

  /** Of all bouts; 0 when unknown. */
  get dspm(): number {
    return dspmOf(this.intervals, this.intervalsMs)
  }

  /** Of the last bout. */
  get boutDspm(): number {
    return dspmOf(this.intervals - this.boutIntervals, this.intervalsMs - this.boutIntervalsMs)
  }
}

/** Rounded. Of a day's strides the whole product would leave int32: its thousands come digit by digit. */
function dspmOf(intervals: number, intervalsMs: number): number {
  if (intervals === 0) return 0
  let rest = intervals * THOUSAND_DSPM_MS_PER_STRIDE
  let dspm = divide(rest, intervalsMs)
  rest -= dspm * intervalsMs
  for (let digit = 0; digit < THOUSAND_DIGITS; digit++) {
    const part = divide(rest * 10, intervalsMs)
    rest = rest * 10 - part * intervalsMs
    dspm = dspm * 10 + part
  }
  return rest << 1 >= intervalsMs ? dspm + 1 : dspm
}
