/** Smooth ways between two values, and smooth chance: first and second derivative are continuous, as in a limb with mass. */
import { normal, type Random } from "./random"

/** 0 up to x = 0, 1 from x = 1 on (the quintic of minimum jerk, Flash & Hogan 1985). */
export function ease(x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  return x * x * x * (10 - 15 * x + 6 * x * x)
}

/** The slope of `ease`: a bump from 0 to 1 whose area is 1. */
export function easeRate(x: number): number {
  return x <= 0 || x >= 1 ? 0 : 30 * x * x * (1 - x) * (1 - x)
}

/**
 * A smooth random function: normal values (mean 0, SD 1) at the whole numbers, eased between. 0 at 0, so that what it moves
 * begins where it would without it. Its argument may go back and forth.
 */
export function wander(random: Random): (x: number) => number {
  const ahead: number[] = [0]
  const before: number[] = [0]
  const knot = (number: number): number => {
    const knots = number < 0 ? before : ahead
    const place = Math.abs(number)
    while (knots.length <= place) knots.push(normal(random))
    return knots[place] as number
  }
  return (x) => {
    const from = Math.floor(x)
    const value = knot(from)
    return value + (knot(from + 1) - value) * ease(x - from)
  }
}
