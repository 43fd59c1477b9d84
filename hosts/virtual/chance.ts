/** Chance that comes out the same for the same seed: what a torn write or a failing block leaves. Mulberry32 (T. Ettinger, 2017, public domain). */

/** Mulberry32's step and the range of its output. */
const STEP = 0x6d2b79f5
const OUTPUTS = 2 ** 32
const BYTE_VALUES = 256

export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 up to 1. */
  share(): number {
    this.#state = (this.#state + STEP) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / OUTPUTS
  }
  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.share() * count)
  }
  coin(): boolean {
    return this.below(2) === 1
  }
  byte(): number {
    return this.below(BYTE_VALUES)
  }
}
