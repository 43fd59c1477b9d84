/**
 * The shank chip's samples of a stretch of a recording, handed out beside the thigh's: its ticks come at a rate and at
 * instants of its own. Device time in ms.
 */
import { SAMPLE_BYTES } from "../hosts/virtual/protocol"
import { ChipFeed } from "./motion-source"
import type { ImuChannels } from "./recording/recording"

const MS_PER_S = 1000
const FIRST_SAMPLES = 1024

export interface ShankTicks {
  rateHz: number
  nextSampleMs: number
}

export class ShankSource {
  readonly #feed: ChipFeed
  readonly #periodMs: number
  readonly #gridMs: number
  /** Made so far, one after the other; room for more behind them. */
  #samples = new Uint8Array(FIRST_SAMPLES * SAMPLE_BYTES)
  #made = 0

  /**
   * @param ticks the chip's, now
   * @param firstRowMs device time of the row `first`; before it the chip rests in that row's pose
   * @param need as ChipFeed's
   */
  constructor(
    recording: { sampledS: Float64Array; shank: ImuChannels },
    first: number,
    last: number,
    ticks: ShankTicks,
    firstRowMs: number,
    need?: (row: number) => void,
  ) {
    const { sampledS, shank } = recording
    this.#periodMs = MS_PER_S / ticks.rateHz
    const resting = Math.max(0, Math.ceil((firstRowMs - ticks.nextSampleMs) / this.#periodMs))
    this.#gridMs = ticks.nextSampleMs + resting * this.#periodMs
    const lateS = (this.#gridMs - firstRowMs) / MS_PER_S
    this.#feed = new ChipFeed({ sampledS, thigh: shank }, first, last, ticks.rateHz, {
      lateS,
      ...(need && { need }),
    })
  }

  /** From the chip's next tick on until `untilMs`, the one after it included; empty when the stretch is over. */
  take(nextSampleMs: number, untilMs: number): Uint8Array {
    const from = Math.round((nextSampleMs - this.#gridMs) / this.#periodMs)
    const to = Math.floor((untilMs - this.#gridMs) / this.#periodMs) + 2
    this.#make(Math.max(1, to))
    const made = this.#samples.subarray(0, this.#made * SAMPLE_BYTES)
    if (from >= 0) return made.subarray(from * SAMPLE_BYTES, to * SAMPLE_BYTES)
    // Ticks before the stretch: its first pose.
    const count = Math.max(0, to - from)
    const padded = new Uint8Array(count * SAMPLE_BYTES)
    const pose = made.subarray(0, SAMPLE_BYTES)
    for (let tick = 0; tick < Math.min(count, -from); tick++) padded.set(pose, tick * SAMPLE_BYTES)
    if (to > 0) padded.set(made.subarray(0, to * SAMPLE_BYTES), -from * SAMPLE_BYTES)
    return padded
  }

  #make(ticks: number): void {
    const more = this.#feed.take(Math.max(0, ticks - this.#made))
    const bytes = this.#made * SAMPLE_BYTES + more.length
    if (bytes > this.#samples.length) {
      const larger = new Uint8Array(2 * bytes)
      larger.set(this.#samples)
      this.#samples = larger
    }
    this.#samples.set(more, this.#made * SAMPLE_BYTES)
    this.#made += more.length / SAMPLE_BYTES
  }
}
