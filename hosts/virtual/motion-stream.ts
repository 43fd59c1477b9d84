/**
 * What the chip's sensing elements see over time: samples at a constant rate from an instant on (µs), the pose before them,
 * and their last one after them. A pair of FIFO words a sample (protocol.ts, wordPairs), counts at ±2000 °/s and ±16 g.
 */
import { WORD_PAIR_BYTES, wordPairs } from "./protocol"

/** Lying still, 1 g along z: 2048 counts of 0.488 mg. */
const DEFAULT_POSE = [0, 0, 0, 0, 0, 2048]

export class MotionStream {
  /** The samples, each of WORD_PAIR_BYTES. */
  pairs = wordPairs(new Uint8Array(new Int16Array(DEFAULT_POSE).buffer))
  #startUs = 0
  #periodUs = 1
  #count = 1

  /** From `startUs` on the samples of `pairs` come every `periodUs`. */
  play(pairs: Uint8Array, startUs: number, periodUs: number): void {
    if (pairs.length === 0 || pairs.length % WORD_PAIR_BYTES !== 0) {
      throw new RangeError(`play: ${pairs.length} bytes are not word pairs of ${WORD_PAIR_BYTES} bytes`)
    }
    this.pairs = pairs
    this.#startUs = startUs
    this.#periodUs = periodUs
    this.#count = pairs.length / WORD_PAIR_BYTES
  }

  /** Number of the sample that holds at `atUs`: the nearest one. */
  indexAt(atUs: number): number {
    const nearest = Math.floor((atUs - this.#startUs) / this.#periodUs + 0.5)
    return nearest < 0 ? 0 : nearest < this.#count ? nearest : this.#count - 1
  }
}
