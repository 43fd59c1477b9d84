/**
 * What is wrong with the device now, and that the wearer feels it: one error buzz for all that goes wrong at a time, and none again for a part
 * that comes and goes. docs/faults.md says what becomes of which fault.
 */
import { Problem } from "../ble/layouts"
import type { Haptics } from "../haptics/haptics"
import { ERROR } from "../haptics/patterns"

/**
 * What is worth a look at the phone, since something is not measured or will be lost, and a hand can mend it or must know of it. Not felt: the
 * motor, which cannot be; what measuring goes on without (display, battery); what is past (brown-out, crash, rolled back, battery empty).
 */
const FELT =
  Problem.thighSensor | Problem.shankSensor | Problem.bus | Problem.flash | Problem.keyValue | Problem.button
/** A part may start slowly: what is wrong for so long after switching on is not felt yet. */
const FIRST_TICKS = 5
/** A problem that was not there for one whole minute is felt anew. */
const WELL_TICKS = 60

export abstract class Problems {
  /** What is wrong now (src/ble/layouts.ts, Problem). */
  problems = 0
  /** What was felt, until it has been well. */
  private felt = 0
  /** What was wrong at some time in this minute. */
  private seen = 0
  private ticks = 0

  /** Something in the status is new. */
  abstract changed(): void

  /** What is wrong from now on, or not any more. */
  problem(problem: Problem, isThere: boolean): void {
    const problems = isThere ? this.problems | problem : this.problems & ~problem
    if (problems === this.problems) return
    this.problems = problems
    this.seen |= problems
    this.changed()
  }

  /** Once a second: tells the wearer what is new. */
  tellWearer(haptics: Haptics): void {
    this.problem(Problem.motor, haptics.hasFailed)
    const problems = this.problems
    if (++this.ticks % WELL_TICKS === 0) {
      this.felt &= this.seen
      this.seen = problems
    }
    const fresh = problems & FELT & ~this.felt
    if (fresh === 0 || this.ticks < FIRST_TICKS) return
    // One buzz for all that came together. What else plays is waited for, a motor that fails is not.
    const { playing } = haptics
    if (playing && playing !== ERROR) return
    if (playing || haptics.play(ERROR) || haptics.hasFailed) this.felt |= fresh
  }
}
