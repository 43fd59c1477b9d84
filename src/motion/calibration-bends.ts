/**
 * What the bends that calibrated tell by the mount that they made: up at their deepest points (Q14) in; how far the thigh leant, the
 * flexion there, and from one that was held at a known angle the wearer's own slope of bends out. Angles in 1/100°.
 */
import type { Calibration, CalibrationBend } from "./calibration"
import { atan2Cdeg } from "./fixed-point"
import { flatFootFlexionCdeg } from "./flexion"
import type { Mount } from "./sagittal"
import { bendSlopeQ10, type Wearer } from "./wearer"

function thighCdeg(mount: Readonly<Mount>, { upX, upY, upZ }: Readonly<CalibrationBend>): number {
  const cosine = (mount.upX * upX + mount.upY * upY + mount.upZ * upZ) >> 14
  const sine = (mount.forwardX * upX + mount.forwardY * upY + mount.forwardZ * upZ) >> 14
  return atan2Cdeg(sine, cosine)
}

export function calibrationBendFlexionCdeg(
  wearer: Wearer,
  mount: Readonly<Mount>,
  bend: Readonly<CalibrationBend>,
): number {
  return flatFootFlexionCdeg(wearer, thighCdeg(mount, bend))
}

/** The bend that was held was held at `kneeCdeg`. @returns whether there was one */
export function learnHeldBend(wearer: Wearer, calibration: Calibration, kneeCdeg: number): boolean {
  for (let index = 0; index < calibration.bends; index++) {
    const bend = calibration.seen[index]
    if (!bend?.held) continue
    wearer.bendSlopeQ10 = bendSlopeQ10(kneeCdeg - wearer.bendOffsetCdeg, thighCdeg(calibration.mount, bend))
    return true
  }
  return false
}
