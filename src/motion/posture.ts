/**
 * Activity outside gait: thigh inclination and rest in; still, bend, sit or other out, and each finished bend with its
 * peak flexion. A bend is a tilt forward and back again within some seconds; a thigh that stays up sits.
 */

import { BEND_MAX_MS, BEND_MIN_MS, BEND_PEAK_MAX_CDEG, BEND_PEAK_MIN_CDEG } from "./bend"
import { flatFootFlexionCdeg } from "./flexion"
import { Activity } from "./stride"
import type { Wearer } from "./wearer"

/** A tilt begins above and ends below these. */
const TILT_BEGIN_CDEG = 1200
const TILT_END_CDEG = 800
/** Sitting: the thigh is at rest above this, until it falls below the other. */
const SIT_BEGIN_CDEG = 5500
const SIT_END_CDEG = 4000

export class Posture {
  activity: Activity = Activity.other
  /** Since how many samples it has been so. */
  sinceSamples = 0
  /** The bend that step() told of: when its deepest point was, in samples ago, and its flexion there. */
  bendAge = 0
  bendPeakCdeg = 0
  private readonly wearer: Wearer
  private readonly bendMin: number
  private readonly bendMax: number
  /** Samples since a tilt began; 0: none is under way. */
  private tilted = 0
  private deepest = 0
  private sinceDeepest = 0

  /** @param periodUs sample period in µs */
  constructor(periodUs: number, wearer: Wearer) {
    this.wearer = wearer
    this.bendMin = Math.round((BEND_MIN_MS * 1000) / periodUs)
    this.bendMax = Math.round((BEND_MAX_MS * 1000) / periodUs)
  }

  /** @returns true when a bend has just finished */
  step(thighCdeg: number, resting: boolean): boolean {
    this.sinceSamples++
    if (this.activity === Activity.sit) {
      if (thighCdeg > SIT_END_CDEG) return false
      this.become(Activity.other, 0)
      this.tilted = 0
      return false
    }
    if (this.tilted > 0) return this.stepTilt(thighCdeg, resting)
    if (thighCdeg > TILT_BEGIN_CDEG) {
      this.tilted = 1
      this.deepest = thighCdeg
      this.sinceDeepest = 0
    } else this.become(Activity.still, 0)
    return false
  }

  /** Gait took over: a tilt under way was a stride. */
  reset(): void {
    this.tilted = 0
    this.activity = Activity.other
    this.sinceSamples = 0
  }

  /** @returns true when it was a bend, which has just finished */
  private stepTilt(thighCdeg: number, resting: boolean): boolean {
    const tilted = ++this.tilted
    this.sinceDeepest++
    if (thighCdeg > this.deepest) {
      this.deepest = thighCdeg
      this.sinceDeepest = 0
    }
    const deepest = this.deepest
    if (resting && thighCdeg > SIT_BEGIN_CDEG) {
      this.become(Activity.sit, tilted)
      this.tilted = 0
      return false
    }
    if (tilted === this.bendMin && deepest <= BEND_PEAK_MAX_CDEG) this.become(Activity.bend, tilted)
    if (tilted === this.bendMax || (this.activity === Activity.bend && deepest > BEND_PEAK_MAX_CDEG))
      this.become(Activity.other, tilted)
    if (thighCdeg >= TILT_END_CDEG) return false

    this.tilted = 0
    if (
      tilted < this.bendMin ||
      tilted >= this.bendMax ||
      deepest < BEND_PEAK_MIN_CDEG ||
      deepest > BEND_PEAK_MAX_CDEG
    )
      return false
    this.bendAge = this.sinceDeepest
    this.bendPeakCdeg = flatFootFlexionCdeg(this.wearer, deepest)
    return true
  }

  private become(activity: Activity, sinceSamples: number): void {
    if (this.activity === activity) return
    this.activity = activity
    this.sinceSamples = sinceSamples
  }
}
