/**
 * Jumping on the spot, over and over: flight under gravity alone, and a landing that a half-sine force catches and throws back. The hip's
 * height follows from the force; knee and ankle give as far as its deepest point demands.
 */
import type { Body } from "./body"
import { ease, wander } from "./ease"
import { GRAVITY_MS2 } from "./hip-path"
import { reach } from "./leg"
import type { Movement } from "./movement"
import { type Pose, STANDING } from "./pose"
import type { Random } from "./random"

export interface JumpingSettings {
  flightS: number
  contactS: number
  durationS: number
}

/** The knee at touch-down; in a flight of this length it gives by so much more, and the thigh goes back as the hip stretches. */
const TOUCH_DOWN_KNEE_DEG = 15
const FLIGHT_KNEE_DEG = 8
const FLIGHT_THIGH_DEG = -8
const USUAL_FLIGHT_S = 0.35
/** The ankle gives so much of the way down: from tiptoe to the flat foot. */
const TIPTOE_M = 0.09
const IMPACT = 1.2
/** From one jump to the next, SD. */
const DEPTH_SD = 0.06

/** @throws RangeError for landings that are deeper than the leg. */
export function jumping(body: Body, random: Random, settings: JumpingSettings): Movement {
  const { flightS, contactS, durationS } = settings
  const periodS = flightS + contactS
  const varied = wander(random)
  const hipDropM = landing(flightS, contactS)
  // In a shorter flight the muscles bring about less, as they do with the square of any time.
  const flightSize = (flightS / USUAL_FLIGHT_S) ** 2
  const uprightM = body.thighM + body.shankM
  const deepest = reach(body, 0, uprightM - Math.max(0, hipDropM(contactS / 2) - TIPTOE_M))
  return {
    durationS: Math.max(1, Math.round(durationS / periodS)) * periodS,
    rests: false,
    poseAt(timeS): Pose {
      const jump = timeS / periodS
      const inJumpS = timeS - Math.floor(jump) * periodS
      const onGround = inJumpS < contactS
      const flown = (inJumpS - contactS) / flightS
      const size = 1 + DEPTH_SD * varied(jump)
      const bent = onGround ? Math.sin((Math.PI * inJumpS) / contactS) ** 2 : 0
      const inAir = onGround ? 0 : flightSize * ease(4 * flown * (1 - flown))
      return {
        ...STANDING,
        thighDeg: size * (bent * deepest.thighDeg + inAir * FLIGHT_THIGH_DEG),
        kneeDeg:
          size *
          (TOUCH_DOWN_KNEE_DEG + bent * (deepest.kneeDeg - TOUCH_DOWN_KNEE_DEG) + inAir * FLIGHT_KNEE_DEG),
        planted: 0,
        hipUpM: size * (onGround ? -hipDropM(inJumpS) : flightHeightM(inJumpS - contactS, flightS)),
        stance: onGround,
        impact: IMPACT,
        activity: "other",
      }
    },
  }
}

function flightHeightM(sinceS: number, flightS: number): number {
  return (GRAVITY_MS2 / 2) * sinceS * (flightS - sinceS)
}

/** How far the hip is below its height at touch-down, m: caught by as much force as a flight's fall and rise need. */
function landing(flightS: number, contactS: number): (sinceS: number) => number {
  const downMs = (GRAVITY_MS2 * flightS) / 2
  // A half-sine whose impulse carries the weight and turns the velocity round.
  const peakMs2 = ((GRAVITY_MS2 * contactS + 2 * downMs) * Math.PI) / (2 * contactS)
  const rate = Math.PI / contactS
  return (sinceS) => {
    const caughtM = (peakMs2 / rate) * (sinceS - Math.sin(rate * sinceS) / rate)
    return downMs * sinceS + (GRAVITY_MS2 / 2) * sinceS ** 2 - caughtM
  }
}
