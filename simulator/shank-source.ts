/**
 * The shank chip's samples of a stretch of a recording, handed out beside the thigh's: its ticks come at a rate and at
 * instants of its own. Device time in ms.
 */
import { SAMPLE_BYTES } from "../hosts/virtual/protocol"
import { chipSamples } from "./motion-source"
import type { ImuChannels } from "./recording/recording"

const MS_PER_S = 1000

export interface ShankTicks {
  rateHz: number
  nextSampleMs: number
}

export class ShankSource {
  readonly #samples: Uint8Array
  readonly #periodMs: number
  readonly #gridMs: number

  /**
   * @param ticks the chip's, now
   * @param firstRowMs device time of the row `first`; before it the chip rests in that row's pose
   */
  constructor(
    recording: { sampledS: Float64Array; shank: ImuChannels },
    first: number,
    last: number,
    ticks: ShankTicks,
    firstRowMs: number,
  ) {
    const { sampledS, shank } = recording
    this.#periodMs = MS_PER_S / ticks.rateHz
    const resting = Math.max(0, Math.ceil((firstRowMs - ticks.nextSampleMs) / this.#periodMs))
    this.#gridMs = ticks.nextSampleMs + resting * this.#periodMs
    const lateS = (this.#gridMs - firstRowMs) / MS_PER_S
    const whole = { sampledS, thigh: shank }
    const [samples] = chipSamples(whole, first, last, ticks.rateHz, Number.POSITIVE_INFINITY, lateS)
    this.#samples = samples ?? new Uint8Array(0)
  }

  /** From the chip's next tick on until `untilMs`, the one after it included; empty when the stretch is over. */
  take(nextSampleMs: number, untilMs: number): Uint8Array {
    const from = Math.round((nextSampleMs - this.#gridMs) / this.#periodMs)
    const to = Math.floor((untilMs - this.#gridMs) / this.#periodMs) + 2
    if (from >= 0) return this.#samples.subarray(from * SAMPLE_BYTES, to * SAMPLE_BYTES)
    // Ticks before the stretch: its first pose.
    const count = Math.max(0, to - from)
    const padded = new Uint8Array(count * SAMPLE_BYTES)
    const pose = this.#samples.subarray(0, SAMPLE_BYTES)
    for (let tick = 0; tick < Math.min(count, -from); tick++) padded.set(pose, tick * SAMPLE_BYTES)
    if (to > 0) padded.set(this.#samples.subarray(0, to * SAMPLE_BYTES), -from * SAMPLE_BYTES)
    return padded
  }
}
