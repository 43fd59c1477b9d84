/**
 * From a session's poses to what perfect sensors on thigh and shank measure, and to the truth: the leg is set up in fine
 * steps, specific force (g) is the second difference of a sensor's way plus gravity, angular rate (°/s) the turn from step to step.
 */
import type { Truth } from "../recording/recording"
import type { Body } from "./body"
import { GRAVITY_MS2 } from "./hip-path"
import { type Random, randomOf } from "./random"
import { chain, inward, outward, RADIANS, type Rotation, turnBetween, type Vector } from "./rotation"
import { type Motion, rounded, type Sensor, type Slip, slipped } from "./sensor"
import { Skeleton, type Strapped } from "./skeleton"
import type { Timeline } from "./timeline"
import { createTissue, type Tissue } from "./tissue"

export interface Worn {
  body: Body
  thigh: Sensor
  shank: Sensor
  /** Of the thigh's strap. */
  slip?: Slip
}

export interface LegMotion {
  rows: number
  thigh: Motion
  shank: Motion
  truth: Truth
}

/** Fine enough that ringing at 60 Hz loses 1 % at most. */
const LEAST_STEPS_PER_S = 1000
const ANGLE_DECIMALS = 2

export function measureLeg(session: Timeline, worn: Worn, rateHz: number, seed: number): LegMotion {
  const stepsPerRow = Math.ceil(LEAST_STEPS_PER_S / rateHz)
  const stepS = 1 / (rateHz * stepsPerRow)
  const rows = Math.floor(session.durationS * rateHz)
  const skeleton = new Skeleton(worn.body)
  const thigh = new StrapPath(worn.thigh, rows, stepS, randomOf(seed, "thigh tissue"), worn.slip)
  const shank = new StrapPath(worn.shank, rows, stepS, randomOf(seed, "shank tissue"))
  const truth: Truth = {
    kneeDeg: new Float64Array(rows),
    thighDeg: new Float64Array(rows),
    stance: new Uint8Array(rows),
    activity: [],
  }
  let loaded = true
  // A row needs the step before it and the one after.
  for (let step = -1; step <= (rows - 1) * stepsPerRow + 1; step++) {
    const timeS = step * stepS
    const pose = session.poseAt(timeS)
    const leg = skeleton.step(pose, stepS)
    if (pose.stance && !loaded) {
      thigh.contact(timeS, pose.impact)
      shank.contact(timeS, pose.impact)
    }
    loaded = pose.stance
    thigh.follow(leg.thigh, timeS)
    shank.follow(leg.shank, timeS)
    if ((step - 1) % stepsPerRow === 0 && step > 0) {
      thigh.write((step - 1) / stepsPerRow)
      shank.write((step - 1) / stepsPerRow)
    }
    if (step < 0 || step % stepsPerRow !== 0) continue
    const row = step / stepsPerRow
    if (row >= rows) continue
    truth.kneeDeg[row] = rounded(pose.kneeDeg, ANGLE_DECIMALS)
    truth.thighDeg[row] = rounded(pose.thighDeg, ANGLE_DECIMALS)
    truth.stance[row] = pose.stance ? 1 : 0
    truth.activity.push(pose.activity)
  }
  return { rows, thigh: thigh.motion, shank: shank.motion, truth }
}

/** One sensor's way through space: its last three steps, and the rows made from them. */
class StrapPath {
  readonly motion: Motion
  readonly #sensor: Sensor
  readonly #slip: Slip | undefined
  readonly #tissue: Tissue
  readonly #stepS: number
  readonly #last: Strapped[] = []

  constructor(sensor: Sensor, rows: number, stepS: number, random: Random, slip?: Slip) {
    this.#sensor = sensor
    this.#slip = slip
    this.#stepS = stepS
    this.#tissue = createTissue(sensor.tissue, GRAVITY_MS2, random)
    const column = () => new Float64Array(rows)
    this.motion = { forceG: [column(), column(), column()], rateDps: [column(), column(), column()] }
  }

  contact(timeS: number, impact: number): void {
    if (impact > 0) this.#tissue.contact(timeS, impact)
  }

  follow({ orientation, place }: Strapped, timeS: number): void {
    const [x, y, z] = outward(orientation, this.#tissue.shiftM(timeS))
    const strap: Rotation = chain(this.#tissue.turn(timeS), slipped(this.#slip, timeS))
    this.#last.push({
      orientation: chain(orientation, chain(strap, this.#sensor.mount)),
      place: [place[0] + x, place[1] + y, place[2] + z],
    })
    if (this.#last.length > 3) this.#last.shift()
  }

  /** The middle one of the last three steps. */
  write(row: number): void {
    const [before, now, after] = this.#last as [Strapped, Strapped, Strapped]
    const stepS = this.#stepS
    const acceleration = (axis: 0 | 1 | 2) =>
      (after.place[axis] - 2 * now.place[axis] + before.place[axis]) / stepS ** 2 / GRAVITY_MS2
    const force: Vector = inward(now.orientation, [acceleration(0), acceleration(1), acceleration(2) + 1])
    const turn = turnBetween(before.orientation, after.orientation)
    for (const axis of [0, 1, 2] as const) {
      this.motion.forceG[axis][row] = force[axis]
      this.motion.rateDps[axis][row] = turn[axis] / (2 * stepS) / RADIANS
    }
  }
}
