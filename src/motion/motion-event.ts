/**
 * What happened at a sample: bits of what step() returns. `calibrated`: there is a new mount; `refined`: it is known better now;
 * `shifted`: the strap slipped, and the mount was turned along with it; `taught`: the wearer's own offset has become known. `spare`: nothing
 * did, nor was there anything to do; several times a second, so that what others put off is done then.
 */
import { constant } from "../constant"

export const MotionEvent = constant({
  calibrated: 1,
  stride: 2,
  bend: 4,
  refined: 8,
  shifted: 16,
  taught: 32,
  spare: 64,
} as const)
