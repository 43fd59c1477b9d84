/**
 * Catching up: samples from before anybody knew how the sensor is strapped on, kept in a backlog, are handed out again once gait has told
 * it, and those that come meanwhile wait behind them. Motion samples in and, later, out; the orientation goes back to where it
 * was.
 */
import { Backlog } from "./backlog"
import type { Orientation } from "./orientation"

/** Half of what was turned (as in pairing.ts), which is nearly the rate, and the force. */
export type Kept = readonly [x: number, y: number, z: number, ax: number, ay: number, az: number]

export class CatchingUp {
  /** Samples that wait for next(). */
  behind = 0
  /** Some have been handed out, and some still wait. */
  isUnderWay = false
  /** A new sample has to wait: for keep(). */
  isQueueing = false
  /** The sample that was handed out was stepped before: it has told all but angles. */
  isAgain = false
  /** Of those that wait, so many were stepped before, when they came. */
  again = 0
  private readonly orientation: Orientation
  private readonly periodUs: number
  private backlog: Backlog | undefined

  /** @param periodUs time between two motion samples, µs */
  constructor(periodUs: number, orientation: Orientation) {
    this.periodUs = periodUs
    this.orientation = orientation
    this.backlog = new Backlog(periodUs)
  }

  /** Samples that have come and count, but were not handed out yet. */
  get queued(): number {
    return this.isUnderWay ? this.behind : 0
  }

  keep(x: number, y: number, z: number, ax: number, ay: number, az: number): void {
    const backlog = this.backlog
    if (backlog) {
      if (backlog.beginsBlock) {
        const { upX, upY, upZ } = this.orientation
        backlog.putUp(upX, upY, upZ)
      }
      backlog.put(x, y, z, ax, ay, az)
    }
    if (this.behind > 0) this.behind++
  }

  /** The mount is known: what was kept waits for next(). */
  rewind(): void {
    if (!this.backlog) return
    this.behind = this.backlog.rewind()
    this.again = this.behind
    this.isQueueing = this.behind > 0
  }

  /** The oldest that waits; one at least does. Then done(). */
  next(): Kept {
    const { backlog } = this
    if (!backlog) throw new RangeError("catching up: no sample waits; ask `behind` first")
    if (!this.isUnderWay) this.orientation.restart(backlog.firstUp(0), backlog.firstUp(1), backlog.firstUp(2))
    this.isUnderWay = true
    this.isQueueing = false
    this.isAgain = this.again > 0
    if (this.isAgain) this.again--
    return backlog.next() as unknown as Kept
  }

  done(): void {
    this.behind--
    this.isAgain = false
    this.isQueueing = this.behind > 0
    if (this.behind > 0) return
    this.isUnderWay = false
    this.backlog = undefined
  }

  /** Samples were lost: what came before is no use. */
  clear(): void {
    if (this.behind > 0) this.forget()
    else this.backlog?.clear()
  }

  /** There is nothing to catch up with, and will not be. */
  forget(): void {
    this.behind = 0
    this.again = 0
    this.isUnderWay = false
    this.isQueueing = false
    this.isAgain = false
    this.backlog = undefined
  }

  /** Begins to keep samples. */
  restart(): void {
    this.forget()
    this.backlog = new Backlog(this.periodUs)
  }
}
