/**
 * Chance that comes out the same for the same seed: uniform in [0, 1), bell-shaped with SD 1, whole numbers below n. Mulberry32
 * (T. Ettinger, 2017, public domain), Box–Muller. A seed may be text.
 */

/** FNV-1a, 32 bit: offset basis and prime. */
const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** Mulberry32's step and the range of its output. */
const STEP = 0x6d2b79f5
const OUTPUTS = 2 ** 32

export class Draws {
  #state: number

  constructor(seed: number | string) {
    this.#state = typeof seed === "number" ? seed | 0 : hash(seed)
  }

  uniform(): number {
    this.#state = (this.#state + STEP) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / OUTPUTS
  }
  bell(): number {
    // 1 − u, because the logarithm of 0 is none.
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }
  below(count: number): number {
    return Math.floor(this.uniform() * count)
  }
}

function hash(text: string): number {
  let state = FNV_BASIS
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, FNV_PRIME)
  return state
}
