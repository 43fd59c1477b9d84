/** The buzzes of a run, the first 64 of them, in preallocated memory. */
import type { Buzz, BuzzReason } from "./summary"

export const MAX_BUZZES = 64

export class BuzzList {
  readonly #timesMs = new Int32Array(MAX_BUZZES)
  readonly #reasons = new Uint8Array(MAX_BUZZES)
  #count = 0

  clear(): void {
    this.#count = 0
  }

  push(timeMs: number, reason: BuzzReason): void {
    if (this.#count === MAX_BUZZES) return
    this.#timesMs[this.#count] = timeMs
    this.#reasons[this.#count] = reason
    this.#count += 1
  }

  toArray(): Buzz[] {
    return Array.from(this.#timesMs.subarray(0, this.#count), (timeMs, index) => ({
      timeMs,
      reason: this.#reasons[index] as BuzzReason,
    }))
  }
}
