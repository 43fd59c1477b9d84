/** What is drawn on every picture: the newest rows of both legs, strides and the motor, filled from frames. Times in s. */
import type { Frame, Playing, StrideMark } from "../../serve/messages"
import { thresholdOf } from "../state"
import { Playhead } from "./playhead"
import { Ring } from "./ring"

/** The longest window at the most rows a second that come. */
const ROWS = 16_384
const STRIDES = 256
/** The device reads its sensor a batch at a time: what is drawn is so far behind, that both legs are of one moment. */
const BATCH_S = 0.2
/** A buzz shows for so long by the clock, however fast time passes. */
const BUZZ_SHOWN_MS = 450

/** Columns of both rings: knee, thigh inclination, loaded. */
export const COLUMN = { knee: 0, thigh: 1, stance: 2 } as const

export class Live {
  readonly truths = new Ring(ROWS, 3)
  readonly estimates = new Ring(ROWS, 3)
  strides: StrideMark[] = []
  thresholdDeg = 30
  hasTruth = true
  speed = 0
  /** That can be drawn. */
  newestS = 0
  /** A buzz is to be seen until then, by the clock, ms. */
  buzzUntilMs = 0
  readonly #playhead = new Playhead()
  #playing: Playing | undefined
  #isMotorOn = false

  /** Something else is played. */
  start(playing: Playing): void {
    const { thresholdDeg, hasTruth, startS } = playing
    this.#playing = playing
    this.truths.clear()
    this.estimates.clear()
    this.#playhead.reset(startS)
    this.strides = []
    this.thresholdDeg = thresholdDeg
    this.hasTruth = hasTruth
    this.speed = 0
    this.newestS = startS
    this.buzzUntilMs = 0
    this.#isMotorOn = false
  }

  /** @param nowMs by the clock */
  frame(frame: Frame, nowMs: number): void {
    for (const row of frame.truths) this.truths.push(row)
    for (const row of frame.estimates) this.estimates.push(row)
    if (frame.strides.length > 0) this.strides = [...this.strides, ...frame.strides].slice(-STRIDES)
    for (const { duty } of frame.motor) {
      if (duty > 0) this.buzzUntilMs = nowMs + BUZZ_SHOWN_MS
      this.#isMotorOn = duty > 0
    }
    if (this.#isMotorOn && !frame.isPaused) this.buzzUntilMs = nowMs + BUZZ_SHOWN_MS
    this.speed = frame.isPaused ? 0 : frame.speed
    this.newestS = Math.max(this.#playing?.startS ?? 0, frame.timeS - BATCH_S)
    if (this.#playing) this.thresholdDeg = thresholdOf(this.#playing, frame.phone)
  }

  /** @returns the moment to be drawn, s */
  step(elapsedS: number): number {
    return this.#playhead.step(elapsedS, this.newestS, this.speed)
  }
}
