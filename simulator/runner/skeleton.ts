/**
 * From a pose to the measured leg in space: where thigh and shank point and where the straps are, m. World: x forward at the
 * beginning, y left, z up; a segment has these axes while it hangs straight down.
 */
import type { Body } from "./body"
import { hipOverAnkle } from "./leg"
import type { Pose } from "./pose"
import { RADIANS, type Rotation, type Vector } from "./rotation"

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
    const facing = this.#heading + this.#outSign * pose.rotationDeg * RADIANS
    const thigh = segment(facing, roll, thighDeg * RADIANS)
    const shank = segment(facing, roll, shankDeg * RADIANS)
    const hip = this.#hip(pose, thighDeg, shankDeg)
    const { thighM } = body
    return {
      thigh: { orientation: thigh, place: onward(hip, thigh, THIGH_FRONT_M, ABOVE_KNEE_M - thighM) },
      shank: {
        orientation: shank,
        place: onward(onward(hip, thigh, 0, -thighM), shank, SHANK_FRONT_M, -BELOW_KNEE_M),
      },
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
    let forwardM = pose.hipForwardM
    let upM = pose.hipUpM
    if (pose.planted !== 0) {
      const over = hipOverAnkle(this.#body, thighDeg, shankDeg)
      forwardM += pose.planted * (over.forwardM - this.#standing.forwardM)
      upM += pose.planted * (over.upM - this.#standing.upM)
    }
    const leftM = this.#outSign * pose.hipOutM
    const c = Math.cos(this.#heading)
    const s = Math.sin(this.#heading)
    return [this.#xM + c * forwardM - s * leftM, this.#yM + s * forwardM + c * leftM, this.#zM + upM]
  }
}

/** About the vertical, then about the forward axis, then the lower end forward: a negative turn about the leftward axis. Radians. */
function segment(facing: number, roll: number, forward: number): Rotation {
  const cz = Math.cos(facing)
  const sz = Math.sin(facing)
  const cx = Math.cos(roll)
  const sx = Math.sin(roll)
  const cy = Math.cos(forward)
  const sy = -Math.sin(forward)
  return [
    cz * cy - sz * sx * sy,
    -sz * cx,
    cz * sy + sz * sx * cy,
    sz * cy + cz * sx * sy,
    cz * cx,
    sz * sy - cz * sx * cy,
    -cx * sy,
    sx,
    cx * cy,
  ]
}

/** So far along the forward and the upward axis of a segment. */
function onward(from: Vector, r: Rotation, forwardM: number, upM: number): Vector {
  return [
    from[0] + r[0] * forwardM + r[2] * upM,
    from[1] + r[3] * forwardM + r[5] * upM,
    from[2] + r[6] * forwardM + r[8] * upM,
  ]
}
