/** Sitting down on a chair, sitting, getting up again: the feet stay where they are. Angles in degrees. */
import { ease, wander } from "./ease"
import type { Movement } from "./movement"
import { type Activity, type Pose, STANDING } from "./pose"
import { between, type Random } from "./random"

const SITTING_DOWN_S = [1.4, 2] as const
const GETTING_UP_S = [1.2, 1.8] as const
const THIGH_DEG = [78, 90] as const
/** The shank is upright to drawn in a little. */
const KNEE_MORE_DEG = [0, 8] as const
/** The thigh leans on the seat: a few degrees in ten seconds. */
const FIDGET_DEG = 0.5
const FIDGET_PERIOD_S = 8
/** On the way down the seat carries from here on. */
const SEATED_SHARE = 0.95

export function sitting(random: Random, durationS: number): Movement {
  const downS = between(random, ...SITTING_DOWN_S)
  const upS = between(random, ...GETTING_UP_S)
  const thighDeg = between(random, ...THIGH_DEG)
  const kneeDeg = thighDeg + between(random, ...KNEE_MORE_DEG)
  const fidget = wander(random)
  return {
    durationS: downS + durationS + upS,
    rests: true,
    poseAt(timeS): Pose {
      const seated = ease(timeS / downS) - ease((timeS - downS - durationS) / upS)
      if (seated === 0) return STANDING
      const onSeat = timeS >= downS && timeS <= downS + durationS
      const activity: Activity = onSeat ? "sit" : "move"
      const fidgetDeg = FIDGET_DEG * seated * fidget(timeS / FIDGET_PERIOD_S)
      return {
        ...STANDING,
        thighDeg: seated * thighDeg + fidgetDeg,
        kneeDeg: seated * kneeDeg + fidgetDeg,
        stance: seated < SEATED_SHARE,
        activity,
      }
    },
  }
}
