/**
 * How often a bend stops or turns on its way down and up; flexion (1/100°) and its speed in, a count out. It is the number of speed peaks less the two of a
 * smooth bend (number of peaks, one of the smoothness measures that Balasubramanian et al. 2015 compare, J NeuroEng Rehabil 12:112, doi:10.1186/s12984-015-0090-9): a
 * stop on the way adds one, a turn and another turn back add two. What sways while the bend is held at its deepest is left out.
 */

/** A turn is one when the knee has gone back so far. */
const TURN_CDEG = 200
/** A stop: slower than a quarter of the fastest of this way for so long; then faster than half of it, and so far on. */
const STOP_MS = 150
const SLOW_SHIFT = 2
const FAST_SHIFT = 1
/** The way begins past this speed; slower, nobody can tell a stop. */
const SPEED_MIN = 20
/** Within this of the deepest point the bend is held. */
const HOLD_CDEG = 500

export class HaltCount {
  halts = 0
  /** Of the way under way, down or up: furthest flexion, greatest speed, and what it was when it became slow. */
  private isUp = false
  private furthestCdeg = 0
  private fastest = 0
  private slowSinceMs = 0
  private slowCdeg = 0
  private isSlow = false
  /** The knee turned at this depth on its way down, and has not gone deeper yet by more than a hold sways. */
  private turnedCdeg = 0

  begin(kneeCdeg: number): void {
    this.halts = this.turnedCdeg = 0
    this.turn(false, kneeCdeg)
  }

  /**
   * A sample of the bend.
   * @param speed flexion's, in any unit that stays the same, positive downwards
   * @param peakCdeg deepest flexion of the bend so far
   */
  step(kneeCdeg: number, speed: number, peakCdeg: number, nowMs: number): void {
    const isUp = this.isUp
    const ahead = isUp ? this.furthestCdeg - kneeCdeg : kneeCdeg - this.furthestCdeg
    if (ahead > 0) this.furthestCdeg = kneeCdeg
    else if (ahead < -TURN_CDEG) {
      if (isUp) this.turnDown(peakCdeg)
      this.turn(!isUp, kneeCdeg)
      return
    }
    if (this.turnedCdeg > 0 && peakCdeg > this.turnedCdeg + HOLD_CDEG) {
      this.halts += 2
      this.turnedCdeg = 0
    }
    this.watchStop(kneeCdeg, isUp ? 0 - speed : speed, peakCdeg, nowMs)
  }

  private watchStop(kneeCdeg: number, speed: number, peakCdeg: number, nowMs: number): void {
    if (speed > this.fastest) this.fastest = speed
    const fastest = this.fastest
    if (fastest < SPEED_MIN) return
    if (speed < fastest >> SLOW_SHIFT) {
      if (this.isSlow) return
      this.isSlow = true
      this.slowSinceMs = nowMs
      this.slowCdeg = kneeCdeg
    } else if (this.isSlow && speed > fastest >> FAST_SHIFT) {
      this.isSlow = false
      const onCdeg = this.isUp ? this.slowCdeg - kneeCdeg : kneeCdeg - this.slowCdeg
      const isHold = this.isUp && this.slowCdeg > peakCdeg - HOLD_CDEG
      if (!isHold && onCdeg > TURN_CDEG && ((nowMs - this.slowSinceMs) | 0) > STOP_MS) this.halts++
    }
  }

  /** On its way up the knee bends again. */
  private turnDown(peakCdeg: number): void {
    if (this.furthestCdeg < peakCdeg - HOLD_CDEG) this.halts += 2
    else if (this.turnedCdeg === 0) this.turnedCdeg = peakCdeg
  }

  private turn(isUp: boolean, kneeCdeg: number): void {
    this.isUp = isUp
    this.furthestCdeg = kneeCdeg
    this.fastest = 0
    this.isSlow = false
  }
}
