/** The last rest, which may have been standing: up (Q14, in the sensor's frame) at the ticks at which the sensor rests in, up then out. */
import { Vector } from "./vector"

/**
 * Rest is looked at every so many ticks (0.2 s: more than the 16 samples that a movement takes to end it), and believed when the next look
 * finds it as well.
 */
const REST_TICKS = 3
/** After gait, up needs so many looks (3 s) to be exact: the filter's time constant. */
const SETTLED_LOOKS = 16

export class LastRest {
  /** Counts where there was a rest. */
  readonly up = new Vector()
  hasRested = false
  // The newer pose may already be the beginning of a movement.
  private readonly newerUp = new Vector()
  private ticks = 0
  private looks = 0

  /** A tick at rest. @returns true when `up` is new and exact */
  tick(upX: number, upY: number, upZ: number): boolean {
    this.ticks++
    if (this.ticks < REST_TICKS) return false
    this.ticks = 0
    this.up.copy(this.newerUp)
    this.newerUp.set(upX, upY, upZ)
    this.hasRested = this.up.normalize()
    if (this.looks < SETTLED_LOOKS) this.looks++
    return this.hasRested && this.looks === SETTLED_LOOKS
  }

  /** A window of gait: up has to settle again. */
  gaitSeen(): void {
    this.looks = 0
  }
}
