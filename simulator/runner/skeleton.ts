/**
 * From a pose to the measured leg in space: where thigh and shank point and where the straps are, m. World: x forward at the
 * beginning, y left, z up; a segment has these axes while it hangs straight down.
 */
import type { Body } from "./body"
import { hipOverAnkle } from "./leg"
import type { Pose } from "./pose"
import { aboutX, aboutY, aboutZ, chain, outward, RADIANS, type Rotation, type Vector } from "./rotation"

/** One body segment at an instant, and the place on it where its sensor is strapped. */
export interface Strapped {
  orientation: Rotation
  place: Vector
}

export interface Leg {
  thigh: Strapped
  shank: Strapped
}

/** A hand's breadth above the knee and below it, on the front. */
const ABOVE_KNEE_M = 0.12
const BELOW_KNEE_M = 0.12
const THIGH_FRONT_M = 0.07
const SHANK_FRONT_M = 0.04

export class Skeleton {
  readonly #body: Body
  readonly #outSign: number
  readonly #standing: { forwardM: number; upM: number }
  #heading = 0
  #xM = 0
  #yM = 0
  #zM = 0

  constructor(body: Body) {
    this.#body = body
    this.#outSign = body.side === "left" ? 1 : -1
    this.#standing = hipOverAnkle(body, body.standingThighDeg, body.standingShankDeg)
  }

  /** `stepS` after the pose before. */
  step(pose: Pose, stepS: number): Leg {
    const body = this.#body
    this.#travel(pose, stepS)
    const thighDeg = pose.thighDeg + body.standingThighDeg
    const shankDeg = pose.thighDeg - pose.kneeDeg + body.standingShankDeg
    const roll = (this.#outSign * pose.abductionDeg - pose.leanDeg) * RADIANS
    const facing = chain(aboutZ(this.#heading + this.#outSign * pose.rotationDeg * RADIANS), aboutX(roll))
    // Knee forward is a turn about the leftward axis that is negative.
    const thigh = chain(facing, aboutY(-thighDeg * RADIANS))
    const shank = chain(facing, aboutY(-shankDeg * RADIANS))
    const hip = this.#hip(pose, thighDeg, shankDeg)
    const onThigh: Vector = [THIGH_FRONT_M, 0, ABOVE_KNEE_M - body.thighM]
    const knee = sum(hip, outward(thigh, [0, 0, -body.thighM]))
    return {
      thigh: { orientation: thigh, place: sum(hip, outward(thigh, onThigh)) },
      shank: { orientation: shank, place: sum(knee, outward(shank, [SHANK_FRONT_M, 0, -BELOW_KNEE_M])) },
    }
  }

  /** The wearer's way over the ground, turn by turn of the heading. */
  #travel({ speedMs, climbMs, headingRateDps }: Pose, stepS: number): void {
    const turn = headingRateDps * RADIANS * stepS
    const midway = this.#heading + turn / 2
    this.#heading += turn
    this.#xM += speedMs * Math.cos(midway) * stepS
    this.#yM += speedMs * Math.sin(midway) * stepS
    this.#zM += climbMs * stepS
  }

  #hip(pose: Pose, thighDeg: number, shankDeg: number): Vector {
    const over = hipOverAnkle(this.#body, thighDeg, shankDeg)
    const forwardM = pose.hipForwardM + pose.planted * (over.forwardM - this.#standing.forwardM)
    const upM = pose.hipUpM + pose.planted * (over.upM - this.#standing.upM)
    const [x, y, z] = outward(aboutZ(this.#heading), [forwardM, this.#outSign * pose.hipOutM, upM])
    return [this.#xM + x, this.#yM + y, this.#zM + z]
  }
}

function sum([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [a + x, b + y, c + z]
}
