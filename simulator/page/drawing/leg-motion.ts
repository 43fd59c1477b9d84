/**
 * How the drawn leg goes from picture to picture: the hip stands over a foot that carries, floats while it swings, and the ground passes beneath. Elapsed time
 * in s of the device; lengths in the picture's units.
 */
import { type LegPose, legPose, STANDING_REACH } from "./leg-pose"

/** Time constants: how soon the foot takes its load on, the hip follows it, and the hip's usual height is learnt. */
const LOAD_S = 0.04
const HIP_S = 0.06
const USUAL_S = 0.6
/** The ground goes on beneath a foot in the air, for a while. */
const GLIDE_S = 1.5
const RATE_S = 0.3
/** A thigh that turns more slowly than this belongs to somebody who rests, on whatever. */
const RESTING_DPS = 45
/** A thigh that rests so far forward lies on a seat. */
const SEATED_THIGH_DEG = 55
/** Longer is no picture after another, but another moment. */
const JUMP_S = 1

export class LegMotion {
  pose: LegPose = legPose(0, 0, 1)
  /** From the ground up to the hip. */
  hipUp = STANDING_REACH
  /** How far the ground has passed backward. */
  ground = 0
  /** 0 to 1: so much a seat is to be seen. */
  seat = 0
  #load = 1
  #usualHip = STANDING_REACH
  #thighDeg = 0
  #rateDps = 0
  #groundPerS = 0

  step(elapsedS: number, thighDeg: number, kneeDeg: number, isLoaded: boolean): void {
    const isJump = elapsedS > JUMP_S || elapsedS < 0
    const toward = (from: number, to: number, timeS: number) =>
      isJump ? to : to + (from - to) * Math.exp(-elapsedS / timeS)
    if (elapsedS > 0) {
      const rateDps = isJump ? 0 : Math.abs(thighDeg - this.#thighDeg) / elapsedS
      this.#rateDps = toward(this.#rateDps, rateDps, RATE_S)
    }
    this.#thighDeg = thighDeg
    const rests = this.#rateDps < RESTING_DPS
    const isSeated = rests && !isLoaded && thighDeg > SEATED_THIGH_DEG
    this.#load = toward(this.#load, isLoaded || rests ? 1 : 0, LOAD_S)
    const before = this.pose.ankleForward
    this.pose = legPose(thighDeg, kneeDeg, this.#load)
    this.seat = toward(this.seat, isSeated ? 1 : 0, RATE_S)
    this.#moveHip(isLoaded || rests, toward)
    if (isJump || elapsedS === 0) return
    const passed = before - this.pose.ankleForward
    this.#groundPerS =
      isLoaded && !rests
        ? toward(this.#groundPerS, passed / elapsedS, HIP_S)
        : toward(this.#groundPerS, 0, rests ? HIP_S : GLIDE_S)
    this.ground += Math.max(0, this.#groundPerS) * elapsedS
  }

  #moveHip(isOnFoot: boolean, toward: (from: number, to: number, timeS: number) => number): void {
    const { reach } = this.pose
    if (isOnFoot) this.#usualHip = toward(this.#usualHip, reach, USUAL_S)
    this.hipUp = toward(this.hipUp, isOnFoot ? reach : this.#usualHip, HIP_S)
    // No foot goes into the ground.
    this.hipUp = Math.max(this.hipUp, reach)
  }
}
