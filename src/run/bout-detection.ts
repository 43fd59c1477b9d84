/**
 * Finds bouts of running in closed strides (docs/measuring.md): from the first of 8 running strides that lie, initial contact
 * to last toe-off, within 10 s, to the last before 3 s without one (toe-off to next contact). 3 s without one also end a
 * beginning. Strides decide by their own times; the clock only says that no stride can come any more.
 */
import { Activity, type Stride } from "../motion/stride"
import { PendingStrides } from "./pending-strides"

/** What a bout is: docs/measuring.md, "What is counted". */
export const BOUT_STRIDES = 8
export const BOUT_WINDOW_MS = 10_000
export const BOUT_GAP_MS = 3000
/** So many strides of a bout wait to be counted at most: the first 8, and those that come while a block of the time line closes. */
const WAITING = 12
/** A stride may arrive this long after its initial contact: it closes after toe-off, and gait takes some strides to tell. */
export const REPORT_DELAY_MS = 3000
/** A stride further back than this is no repetition: the clock began anew. */
export const CLOCK_RESTART_MS = 10_000

export interface BoutSink {
  boutBegan(startMs: number): void
  /**
   * Also the 8 that made the bout, once it began, a part of one a step(). The stride is lent for the call.
   * @returns true when it is counted; until then it is lent again
   */
  strideInBout(stride: Readonly<Stride>): boolean
  boutEnded(endMs: number): void
  clockRestarted(): void
}

export class BoutDetection {
  private readonly sink: BoutSink
  /** Before a bout those that may yet become one, in it those that are not counted yet. */
  private readonly pending = new PendingStrides(WAITING)
  private lastToeOffMs: number | undefined
  private inBout = false
  /** In a bout, strides wait for step(). */
  isBusy = false

  constructor(sink: BoutSink) {
    this.sink = sink
  }

  /** First contact of the strides that may yet become a bout. */
  get pendingSinceMs(): number | undefined {
    return this.inBout || this.pending.count === 0 ? undefined : this.pending.firstContactMs
  }

  /** The bout under way ends with this stride, before it or because the clock began anew. */
  endsBout(stride: Readonly<Stride>): boolean {
    if (!this.inBout) return false
    const pauseMs = stride.contactMs - (this.lastToeOffMs ?? 0)
    return pauseMs >= BOUT_GAP_MS || pauseMs < -CLOCK_RESTART_MS
  }

  /**
   * Walking, repeated and overlapping strides and those without a stance of gait are not counted. The others wait for step().
   * @returns whether it is in a bout
   */
  stride(stride: Readonly<Stride>): boolean {
    if (stride.gait !== Activity.run) return false
    const stanceMs = stride.toeOffMs - stride.contactMs
    if (!(stanceMs > 0 && stanceMs < BOUT_GAP_MS)) return false
    if (this.lastToeOffMs !== undefined) {
      const pauseMs = stride.contactMs - this.lastToeOffMs
      if (pauseMs < -CLOCK_RESTART_MS) this.restart()
      else if (pauseMs < 0) return false
      else if (pauseMs >= BOUT_GAP_MS) this.interrupt()
    }
    this.lastToeOffMs = stride.toeOffMs
    if (this.inBout) {
      while (this.pending.count === WAITING) this.step()
      this.pending.push(stride)
      this.isBusy = true
    } else this.consider(stride)
    return this.inBout
  }

  /** Counts a part of the oldest stride of the bout that waits: no sample bears all of one, let alone the first 8. */
  step(): void {
    if (!this.inBout || this.pending.count === 0) return
    if (!this.sink.strideInBout(this.pending.oldest)) return
    this.pending.dropOldest()
    this.isBusy = this.pending.count > 0
  }

  tick(nowMs: number): void {
    if (this.lastToeOffMs === undefined) return
    const pauseMs = nowMs - this.lastToeOffMs
    if (pauseMs < -CLOCK_RESTART_MS) this.restart()
    else if (pauseMs >= BOUT_GAP_MS + REPORT_DELAY_MS) this.interrupt()
  }

  /** Outside bouts: what was found before ended here. */
  goOnFrom(lastToeOffMs: number | undefined): void {
    this.lastToeOffMs = lastToeOffMs
  }

  /** Ends the bout, or the beginning of one, with its last stride. */
  interrupt(): void {
    if (!this.inBout) {
      this.pending.clear()
      return
    }
    while (this.pending.count > 0) this.step()
    this.inBout = false
    this.sink.boutEnded(this.lastToeOffMs ?? 0)
  }

  private consider(stride: Readonly<Stride>): void {
    const pending = this.pending
    pending.push(stride)
    while (stride.toeOffMs - pending.firstContactMs > BOUT_WINDOW_MS) pending.dropOldest()
    if (pending.count < BOUT_STRIDES) return
    this.inBout = true
    this.isBusy = true
    this.sink.boutBegan(pending.firstContactMs)
  }

  private restart(): void {
    this.interrupt()
    this.lastToeOffMs = undefined
    this.sink.clockRestarted()
  }
}
