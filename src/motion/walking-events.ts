/**
 * When the foot meets and leaves the ground in walking and on stairs, from the stride time alone: the thigh is farthest back while the other
 * foot lands, half a stride after this one did, and this foot leaves a tenth of a stride later (Perry & Burnfield, Gait Analysis: opposite
 * initial contact at 50 %, toe-off at 62 % of the cycle). Running has fitted read-outs instead (stride-estimate.ts).
 */
import { Activity } from "./stride"

/** Shares of the stride time before its last trough, 1/256; toe-off comes after it. */
const WALK_CONTACT_Q8 = 133
const WALK_TOE_OFF_Q8 = -26
/** Going up, the thigh is farthest back just before the foot lifts; going down, well before: the mean of both. */
const STAIRS_CONTACT_Q8 = 112
const STAIRS_TOE_OFF_Q8 = -32

/** 1/10 ms before the stride's last trough. @param periodMs stride time */
export function walkingContactDms(gait: Activity, periodMs: number): number {
  return (periodMs * 10 * (gait === Activity.stairs ? STAIRS_CONTACT_Q8 : WALK_CONTACT_Q8)) >> 8
}

/** 1/10 ms before the stride's last trough: negative, since it comes after. */
export function walkingToeOffDms(gait: Activity, periodMs: number): number {
  return (periodMs * 10 * (gait === Activity.stairs ? STAIRS_TOE_OFF_Q8 : WALK_TOE_OFF_Q8)) >> 8
}
