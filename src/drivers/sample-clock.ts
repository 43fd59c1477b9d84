/**
 * When the samples of a FIFO were taken, in ms since boot. The chip takes them on a clock of its own: this one counts along
 * with the chip's period and is corrected slowly, so that a late read does not bend time. What a batch tells it:
 *
 * - read on time (the FIFO just at its watermark): the newest sample is as old as the interrupt took. Its error corrects
 *   phase and period (a second-order loop); ±0.5 ms of a clock with whole milliseconds average out to under 0.1 ms.
 * - read late: nothing, but a sample cannot be newer than its read.
 * - far too few samples for the time that has passed: samples are missing. It jumps and says how many.
 */

const US_PER_MS = 1000
/** `time.ticks` counts whole ms: an instant that it names lies half of one later on average, and one at most. */
const TICK_MS = 1
const HALF_TICK_MS = TICK_MS / 2
/** Loop gain on the phase, a batch: a time constant of 32 batches (5 s at 104 Hz). */
const PHASE_GAIN = 1 / 16
/** On the period: with this share of it the loop's damping is 0.7. */
const PERIOD_GAIN = PHASE_GAIN ** 2 / 2
/** Until then the phase is the mean of what was seen. */
const WARM_UP_BATCHES = 1 / PHASE_GAIN
/** One batch counts no more than this: an interrupt that another task held up. */
const MAX_ERROR_MS = 1
/** Of a period that is known: the LSM6DSO's FREQ_FINE is trimmed to half a step (0.075 %); temperature adds to it. */
const MAX_PERIOD_ERROR = 0.005
/** After so many batches on time a period is known that was not: the gains of a straight line fitted to them have become the loop's. */
const LEARNING_BATCHES = 56
/** Samples are missing when the newest would be older than this. */
const GAP_PERIODS = 1.5

/** For `beforeBatch`. */
export const UNKNOWN_RESIDUE = -1

export class SampleClock {
  periodUs = 0
  private nominalUs = 0
  /** How far the real period may be off `nominalUs`, as a share of it. */
  private tolerance = MAX_PERIOD_ERROR
  /** Time of the newest sample so far; NaN before the first. */
  newestMs = Number.NaN
  /** Batches on time since the phase was last set; below 0 the phase is not known. */
  private onTimeBatches = -1

  /** Whether there was a batch yet. */
  get isSet(): boolean {
    return !Number.isNaN(this.newestMs)
  }

  /**
   * The chip was (re)started with this period: the time so far stands, the phase does not. A period that is known less well than a trimmed chip's is
   * learnt first.
   */
  start(periodUs: number, tolerance = MAX_PERIOD_ERROR): void {
    this.periodUs = periodUs
    this.nominalUs = periodUs
    this.tolerance = tolerance
    this.onTimeBatches = -1
  }

  /** Whether `count` samples found at `readMs` are too few for the time that has passed. */
  isBehind(count: number, readMs: number): boolean {
    const periodMs = this.periodUs / US_PER_MS
    return readMs + HALF_TICK_MS - this.newestMs - count * periodMs >= GAP_PERIODS * periodMs
  }

  /**
   * `count` samples were found at `readMs`. Moves past samples that are missing before them and gives their number.
   * `residue`: missing samples modulo 4 where the chip itself tells (its slot counter runs on through an overrun), else UNKNOWN_RESIDUE.
   */
  beforeBatch(count: number, readMs: number, isOnTime: boolean, residue: number): number {
    const periodMs = this.periodUs / US_PER_MS
    const newestMs = this.newestMs + count * periodMs
    const atMs = readMs + HALF_TICK_MS
    if (!this.isSet) {
      this.newestMs = atMs - (count + (isOnTime ? 0 : 0.5)) * periodMs
      return 0
    }
    if (residue < 0 && !this.isBehind(count, readMs)) return 0
    const behindMs = atMs - newestMs
    const behind = behindMs / periodMs
    if (residue >= 0) {
      // The newest sample is half a period old on average; the residue says which whole number is meant.
      const lost = residue + 4 * Math.max(0, Math.round((behind - 0.5 - residue) / 4))
      this.newestMs += lost * periodMs
      return lost
    }
    const lost = isOnTime ? Math.round(behind) : Math.floor(behind)
    this.newestMs += isOnTime ? behindMs : lost * periodMs
    if (isOnTime) this.onTimeBatches = 0
    return lost
  }

  /**
   * The batch held `slots` sample times, those missing in its middle included. `isPolled`: it was not read because of its newest sample, which is
   * half a period old then on average.
   */
  afterBatch(slots: number, readMs: number, isOnTime: boolean, isPolled = false): void {
    this.newestMs += (slots * this.periodUs) / US_PER_MS
    const errorMs = readMs + HALF_TICK_MS - this.newestMs
    if (isOnTime) this.correct(errorMs, slots)
    else if (isPolled) this.correct(errorMs - this.periodUs / (2 * US_PER_MS), slots)
    const futureMs = this.newestMs - (readMs + TICK_MS)
    if (futureMs > 0) this.newestMs -= futureMs
  }

  private correct(errorMs: number, slots: number): void {
    if (this.onTimeBatches < 0) {
      this.newestMs += errorMs
      this.onTimeBatches = 1
      return
    }
    this.onTimeBatches += 1
    if (this.tolerance > MAX_PERIOD_ERROR) {
      this.learn(errorMs, slots)
      return
    }
    if (this.onTimeBatches < WARM_UP_BATCHES) {
      this.newestMs += errorMs / this.onTimeBatches
      return
    }
    const boundedMs = Math.max(-MAX_ERROR_MS, Math.min(MAX_ERROR_MS, errorMs))
    this.newestMs += boundedMs * PHASE_GAIN
    this.turn((boundedMs * PERIOD_GAIN * US_PER_MS) / slots)
  }

  /** Phase and period are those of the straight line through what was seen (least squares, as the gains of an alpha-beta filter). */
  private learn(errorMs: number, slots: number): void {
    const batches = this.onTimeBatches
    const share = 2 / (batches * (batches + 1))
    this.newestMs += errorMs * (2 * batches - 1) * share
    this.turn((errorMs * 3 * share * US_PER_MS) / slots)
    if (batches < LEARNING_BATCHES) return
    this.nominalUs = this.periodUs
    this.tolerance = MAX_PERIOD_ERROR
  }

  private turn(byUs: number): void {
    const bandUs = this.nominalUs * this.tolerance
    this.periodUs = Math.max(this.nominalUs - bandUs, Math.min(this.nominalUs + bandUs, this.periodUs + byUs))
  }
}
