/** Seeded chance, the same on every machine: a stream of its own for each purpose, so that a new draw changes no other. */

import { Draws } from "../draws"

/** Uniform in 0 ≤ x < 1. */
export type Random = () => number

/** Personal draws stay within this many standard deviations: nobody has a limb of no length. */
const FURTHEST_SD = 2

export function randomOf(seed: number, purpose: string): Random {
  const draws = new Draws(`${seed} ${purpose}`)
  return () => draws.uniform()
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
