/**
 * What the chip's sensing elements see over time: samples at a constant rate from an instant on (µs), the pose before them,
 * and their last one after them. Six int16 a sample: gx gy gz ax ay az, counts at ±2000 °/s and ±16 g.
 */
import { SAMPLE_BYTES } from "./protocol"

/** Lying still, 1 g along z: 2048 counts of 0.488 mg. */
const DEFAULT_POSE = [0, 0, 0, 0, 0, 2048]

export class MotionStream {
  /** The samples, each of SAMPLE_BYTES. */
  bytes: Uint8Array = new Uint8Array(new Int16Array(DEFAULT_POSE).buffer)
  #startUs = 0
  #periodUs = 1
  #count = 1

  /** From `startUs` on the samples of `bytes` come every `periodUs`. */
  play(bytes: Uint8Array, startUs: number, periodUs: number): void {
    if (bytes.length === 0 || bytes.length % SAMPLE_BYTES !== 0) {
      throw new RangeError(`play: ${bytes.length} bytes are not samples of ${SAMPLE_BYTES} bytes`)
    }
    this.bytes = bytes
    this.#startUs = startUs
    this.#periodUs = periodUs
    this.#count = bytes.length / SAMPLE_BYTES
  }

  /** Number of the sample that holds at `atUs`: the nearest one. */
  indexAt(atUs: number): number {
    const nearest = Math.floor((atUs - this.#startUs) / this.#periodUs + 0.5)
    return nearest < 0 ? 0 : nearest < this.#count ? nearest : this.#count - 1
  }
}
