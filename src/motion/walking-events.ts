/**
 * When the foot meets and leaves the ground in walking and on stairs, from the stride time and how far forward the thigh came. In walking the
 * thigh is farthest back while the other foot lands, half a stride after this one did, and this foot leaves a tenth of a stride later (Perry
 * & Burnfield, Gait Analysis: opposite initial contact at 50 %, toe-off at 62 % of the cycle). Going upstairs it is farthest back just before
 * the foot lifts, going down in the middle of stance, before the knee lowers the body (shares read off the virtual runner's stairs,
 * simulator/runner/README.md). Running has fitted read-outs instead (stride-estimate.ts).
 */
import { constant } from "../constant"
import { STAIRS_PEAK_CDEG } from "./gait"
import { Activity } from "./stride"

/** Shares of the stride time before its last trough, 1/256; toe-off comes after it. */
const WALK = constant({ contactQ8: 133, toeOffQ8: -26 })
const UPSTAIRS = constant({ contactQ8: 146, toeOffQ8: -12 })
const DOWNSTAIRS = constant({ contactQ8: 79, toeOffQ8: -70 })

function sharesOf(gait: Activity, thighPeakCdeg: number): typeof WALK {
  if (gait !== Activity.stairs) return WALK
  return thighPeakCdeg >= STAIRS_PEAK_CDEG ? UPSTAIRS : DOWNSTAIRS
}

/** 1/10 ms before the stride's last trough. @param periodMs stride time */
export function walkingContactDms(gait: Activity, periodMs: number, thighPeakCdeg: number): number {
  return (periodMs * 10 * sharesOf(gait, thighPeakCdeg).contactQ8) >> 8
}

/** 1/10 ms before the stride's last trough: negative, since it comes after. */
export function walkingToeOffDms(gait: Activity, periodMs: number, thighPeakCdeg: number): number {
  return (periodMs * 10 * sharesOf(gait, thighPeakCdeg).toeOffQ8) >> 8
}
