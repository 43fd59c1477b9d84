/**
 * The motion of a wearer, made as it is needed: a timeline's poses become a leg in fine steps, the leg's way what the strapped-on sensors
 * measure, row by row, with the truth in the same rows. However much is asked for at a time, the rows are the same.
 */
import type { Recording, Truth } from "../recording/recording"
import type { Motion } from "../simulation/motion"
import type { Body } from "./body"
import { StrapPath } from "./measurement"
import { type Pose, STANDING } from "./pose"
import { randomOf } from "./random"
import { Readings, rounded, type Sensor, type Slip } from "./sensor"
import { Skeleton } from "./skeleton"
import type { Timeline } from "./timeline"

export interface Worn {
  body: Body
  thigh: Sensor
  shank: Sensor
  /** Of the thigh's strap. */
  slips: readonly Slip[]
}

/** Of the recording's name and rate, and of everything that is drawn while it is made. */
export interface WornMotionSettings {
  name: string
  rateHz: number
  seed: number
}

/** Fine enough that ringing at 60 Hz loses 1 % at most. */
const LEAST_STEPS_PER_S = 1000
/** Between rows that lie far apart: a contact is seen so many steps late at most. */
const LONGEST_STEPS = 4
const ANGLE_DECIMALS = 2
const TIME_DECIMALS = 6

export class WornMotion implements Motion {
  readonly recording: Recording & { shank: Recording["thigh"]; truth: Truth }
  readonly #timeline: Timeline
  readonly #skeleton: Skeleton
  readonly #thigh: StrapPath
  readonly #shank: StrapPath
  readonly #readings: { thigh: Readings; shank: Readings }
  readonly #stepsPerRow: number
  readonly #stepS: number
  #rows = 0
  /** The last step that was made, its pose and that of the one before. A row needs the step before it and the one after. */
  #step = -2
  #pose: Pose = STANDING
  #poseBefore: Pose = STANDING

  constructor(timeline: Timeline, worn: Worn, { name, rateHz, seed }: WornMotionSettings) {
    const rows = Math.floor(timeline.durationS * rateHz)
    this.#timeline = timeline
    this.#skeleton = new Skeleton(worn.body)
    this.#stepsPerRow = Math.ceil(LEAST_STEPS_PER_S / rateHz)
    this.#stepS = 1 / (rateHz * this.#stepsPerRow)
    const path = (sensor: Sensor, of: string, slips: readonly Slip[]) =>
      new StrapPath(sensor, slips, this.#stepS, randomOf(seed, `${of} tissue`))
    this.#thigh = path(worn.thigh, "thigh", worn.slips)
    this.#shank = path(worn.shank, "shank", [])
    const noise = (of: string) => (axis: string) => randomOf(seed, `${of} noise ${axis}`)
    this.#readings = {
      thigh: new Readings(worn.thigh, rows, rateHz, noise("thigh")),
      shank: new Readings(worn.shank, rows, rateHz, noise("shank")),
    }
    const timeS = Float64Array.from({ length: rows }, (_, row) => rounded(row / rateHz, TIME_DECIMALS))
    this.recording = {
      name,
      rateHz,
      timeS,
      sampledS: timeS,
      thigh: this.#readings.thigh.channels,
      shank: this.#readings.shank.channels,
      truth: {
        kneeDeg: new Float64Array(rows),
        thighDeg: new Float64Array(rows),
        stance: new Uint8Array(rows),
        activity: [],
      },
      gaps: [],
      beyondRangeRows: 0,
      ignoredColumns: [],
    }
  }

  /** When each movement begins, s. */
  get startsS(): readonly number[] {
    return this.#timeline.startsS
  }

  /** @throws RangeError for more rows than there will be. */
  need(row: number): void {
    const { length } = this.recording.timeS
    if (row > length) throw new RangeError(`${this.recording.name} has ${length} rows; ${row} are needed`)
    while (this.#rows < row) this.#makeRow()
  }

  /** @throws RangeError for a time that is made already. */
  slip(slip: Slip): void {
    if (slip.timeS * this.recording.rateHz < this.#rows - 1)
      throw new RangeError(`the strap cannot slip at ${slip.timeS} s: that is made already`)
    this.#thigh.slip(slip)
  }

  #makeRow(): void {
    const row = this.#rows++
    const own = row * this.#stepsPerRow
    while (this.#step < own - 1) this.#follow(Math.min(this.#step + LONGEST_STEPS, own - 1))
    while (this.#step < own + 1) this.#follow(this.#step + 1)
    this.#readings.thigh.write(row, this.#thigh.measure())
    this.#readings.shank.write(row, this.#shank.measure())
    const { truth } = this.recording
    const { kneeDeg, thighDeg, stance, activity } = this.#poseBefore
    truth.kneeDeg[row] = rounded(kneeDeg, ANGLE_DECIMALS)
    truth.thighDeg[row] = rounded(thighDeg, ANGLE_DECIMALS)
    truth.stance[row] = stance ? 1 : 0
    truth.activity.push(activity)
  }

  #follow(step: number): void {
    const timeS = step * this.#stepS
    const pose = this.#timeline.poseAt(timeS)
    const leg = this.#skeleton.step(pose, (step - this.#step) * this.#stepS)
    if (pose.stance && !this.#pose.stance) {
      this.#thigh.contact(timeS, pose.impact)
      this.#shank.contact(timeS, pose.impact)
    }
    this.#thigh.follow(leg.thigh, timeS)
    this.#shank.follow(leg.shank, timeS)
    this.#poseBefore = this.#pose
    this.#pose = pose
    this.#step = step
  }
}
