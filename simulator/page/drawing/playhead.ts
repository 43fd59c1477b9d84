/**
 * Which moment is drawn: frames come about 20 times a second, the screen is drawn 60 times. The playhead goes on evenly at the speed that is played, a little
 * behind the newest frame. Times in s.
 */

/** So much of the clock's time the playhead is behind: one frame and some, so that the next is there when it is needed. */
const BEHIND_CLOCK_S = 0.07
/** Further behind than this it jumps. */
const JUMP_CLOCK_S = 0.5
/** How fast it makes up for being behind, or ahead: share of the difference in a second. */
const CORRECTION_PER_S = 2

export class Playhead {
  /** The moment to be drawn, s. */
  shownS = 0

  /** @param startS of what is played */
  reset(startS: number): void {
    this.shownS = startS
  }

  /**
   * @param elapsedS of the clock, since the step before
   * @param newestS of the frames that came
   * @param speed seconds of the device in one of the clock, as fast as it goes; 0 while it is paused
   */
  step(elapsedS: number, newestS: number, speed: number): number {
    const behindS = newestS - this.shownS
    const aimS = speed * BEHIND_CLOCK_S
    if (behindS < 0 || behindS > Math.max(1, speed) * JUMP_CLOCK_S) this.shownS = Math.max(0, newestS - aimS)
    else {
      // Paused, it goes on at the usual pace to the last moment that was told.
      const rate = Math.max(0, Math.max(1, speed) + (behindS - aimS) * CORRECTION_PER_S)
      this.shownS = Math.min(newestS, this.shownS + rate * elapsedS)
    }
    return this.shownS
  }
}
