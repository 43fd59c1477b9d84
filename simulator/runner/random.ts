/** Seeded chance, the same on every machine: a stream of its own for each purpose, so that a new draw changes no other. */

/** Uniform in 0 ≤ x < 1. */
export type Random = () => number

const UINT32 = 2 ** 32
/** FNV-1a, 32 bits. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** Personal draws stay within this many standard deviations: nobody has a limb of no length. */
const FURTHEST_SD = 2

export function randomOf(seed: number, purpose: string): Random {
  let hash = FNV_OFFSET
  for (const letter of `${seed} ${purpose}`) hash = Math.imul(hash ^ letter.charCodeAt(0), FNV_PRIME)
  return mulberry32(hash)
}

/** Mulberry32 (Tommy Ettinger, public domain). */
function mulberry32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32
  }
}

/** Bell-shaped, mean 0, SD 1 (Box–Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** One person's value of something with this mean and SD. */
export function personal(random: Random, mean: number, sd: number): number {
  const deviation = normal(random)
  return Math.abs(deviation) > FURTHEST_SD ? personal(random, mean, sd) : mean + sd * deviation
}

export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random()
}
