/** Standing: as still as a living body is, which sways by a fraction of a degree. */
import { wander } from "./ease"
import type { Movement } from "./movement"
import { STANDING } from "./pose"
import type { Random } from "./random"

/** Of the thigh, and slower than a breath: sway of quiet standing is below 0.5 Hz (Winter 1995, Gait & Posture 3:193–214). */
const SWAY_SD_DEG = 0.12
const SWAY_PERIOD_S = 3

export function standing(random: Random, durationS: number): Movement {
  const sway = wander(random)
  return {
    durationS,
    rests: true,
    poseAt(timeS) {
      // Neighbours rest at 0, so the sway begins and ends there.
      const inside = timeS > 0 && timeS < durationS
      const calm = Math.min(1, timeS / SWAY_PERIOD_S, (durationS - timeS) / SWAY_PERIOD_S)
      const thighDeg = inside ? SWAY_SD_DEG * calm * calm * sway(timeS / SWAY_PERIOD_S) : 0
      return { ...STANDING, thighDeg, kneeDeg: thighDeg }
    },
  }
}
