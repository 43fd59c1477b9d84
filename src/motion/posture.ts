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

export interface Posture {
  activity: Activity
  /** Since how many samples it has been so. */
  sinceSamples: number
  /** The bend that step() told of: when its deepest point was, in samples ago, and its flexion there. */
  bendAge: number
  bendPeakCdeg: number
  /** @returns true when a bend has just finished */
  step(thighCdeg: number, resting: boolean): boolean
  /** Gait took over: a tilt under way was a stride. */
  reset(): void
}

/** @param periodUs sample period in µs */
export function createPosture(periodUs: number, wearer: Wearer): Posture {
  const samplesOf = (ms: number) => Math.round((ms * 1000) / periodUs)
  const bendMin = samplesOf(BEND_MIN_MS)
  const bendMax = samplesOf(BEND_MAX_MS)
  let tilted = 0
  let deepest = 0
  let sinceDeepest = 0

  function become(activity: Activity, sinceSamples: number): void {
    if (posture.activity === activity) return
    posture.activity = activity
    posture.sinceSamples = sinceSamples
  }

  const posture: Posture = {
    activity: Activity.other,
    sinceSamples: 0,
    bendAge: 0,
    bendPeakCdeg: 0,

    step(thigh, resting) {
      posture.sinceSamples++
      if (posture.activity === Activity.sit) {
        if (thigh > SIT_END_CDEG) return false
        become(Activity.other, 0)
        tilted = 0
        return false
      }
      if (tilted === 0) {
        if (thigh > TILT_BEGIN_CDEG) {
          tilted = 1
          deepest = thigh
          sinceDeepest = 0
        } else become(Activity.still, 0)
        return false
      }
      tilted++
      sinceDeepest++
      if (thigh > deepest) {
        deepest = thigh
        sinceDeepest = 0
      }
      if (resting && thigh > SIT_BEGIN_CDEG) {
        become(Activity.sit, tilted)
        tilted = 0
        return false
      }
      if (tilted === bendMin && deepest <= BEND_PEAK_MAX_CDEG) become(Activity.bend, tilted)
      if (tilted === bendMax || (posture.activity === Activity.bend && deepest > BEND_PEAK_MAX_CDEG))
        become(Activity.other, tilted)
      if (thigh >= TILT_END_CDEG) return false

      const bend =
        tilted >= bendMin &&
        tilted < bendMax &&
        deepest >= BEND_PEAK_MIN_CDEG &&
        deepest <= BEND_PEAK_MAX_CDEG
      tilted = 0
      if (!bend) return false
      posture.bendAge = sinceDeepest
      posture.bendPeakCdeg = flatFootFlexionCdeg(wearer, deepest)
      return true
    },

    reset() {
      tilted = 0
      posture.activity = Activity.other
      posture.sinceSamples = 0
    },
  }
  return posture
}
