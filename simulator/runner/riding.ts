/** A ride in a car, the leg on the seat: the road shakes, the driver brakes, gathers speed and takes bends. m and °. */
import { ease, wander } from "./ease"
import type { Movement } from "./movement"
import { type Pose, STANDING } from "./pose"
import { between, type Random } from "./random"

/** Getting in takes as long as sitting down in a low seat; the thigh points up a little. */
const GETTING_IN_S = 2
const THIGH_DEG = [88, 98] as const
const KNEE_LESS_DEG = [15, 30] as const
/** A car's body on its springs, and what comes through the seat; Hz and m, SD. Plausible values, not measured ones: 0.1 g together. */
const HEAVE_HZ = 1.4
const HEAVE_M = 0.012
const SHAKE_HZ = 11
const SHAKE_M = 0.0002
/** The muscles hold the leg: it sways by this much. */
const SWAY_DEG = 0.8
const SPEED_MS = 10
const SPEED_SD_MS = 3
const SPEED_PERIOD_S = 8
const BEND_SD_DPS = 8
const BEND_PERIOD_S = 5

export function riding(random: Random, durationS: number): Movement {
  const thighDeg = between(random, ...THIGH_DEG)
  const kneeDeg = thighDeg - between(random, ...KNEE_LESS_DEG)
  const [heave, shake, sway] = [wander(random), wander(random), wander(random)]
  const [hurry, bend] = [wander(random), wander(random)]
  return {
    durationS: durationS + 2 * GETTING_IN_S,
    rests: true,
    poseAt(timeS): Pose {
      const endS = durationS + GETTING_IN_S
      const seated = ease(timeS / GETTING_IN_S) - ease((timeS - endS) / GETTING_IN_S)
      if (seated === 0) return STANDING
      const rideS = timeS - GETTING_IN_S
      const onSeat = rideS >= 0 && rideS <= durationS
      // The car stands while the wearer gets in and out.
      const driving =
        ease(rideS / SPEED_PERIOD_S) - ease((rideS - durationS + SPEED_PERIOD_S) / SPEED_PERIOD_S)
      const swayDeg = SWAY_DEG * driving * sway(rideS * HEAVE_HZ)
      return {
        ...STANDING,
        thighDeg: seated * thighDeg + swayDeg,
        kneeDeg: seated * kneeDeg + swayDeg,
        hipUpM: driving * (HEAVE_M * heave(2 * HEAVE_HZ * rideS) + SHAKE_M * shake(2 * SHAKE_HZ * rideS)),
        speedMs: driving * (SPEED_MS + SPEED_SD_MS * hurry(rideS / SPEED_PERIOD_S)),
        headingRateDps: driving * BEND_SD_DPS * bend(rideS / BEND_PERIOD_S),
        stance: seated < 1 / 2,
        activity: onSeat ? "sit" : "move",
      }
    },
  }
}
