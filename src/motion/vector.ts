/** Directions as three integers, Q14, written in place: for what happens once in seconds, not for the hot path. */
import { divide, ONE_Q14, squareRoot } from "./fixed-point"

export type Vector = [x: number, y: number, z: number]

export function put(into: Vector, x: number, y: number, z: number): void {
  into[0] = x
  into[1] = y
  into[2] = z
}

/** Q14, of vectors not longer than 2. */
export function dot(a: Vector, b: Vector): number {
  return (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) >> 14
}

/** `into` may be neither of the others. */
export function cross(into: Vector, a: Vector, b: Vector): void {
  into[0] = (a[1] * b[2] - a[2] * b[1]) >> 14
  into[1] = (a[2] * b[0] - a[0] * b[2]) >> 14
  into[2] = (a[0] * b[1] - a[1] * b[0]) >> 14
}

const LONGEST_Q14 = ONE_Q14 + (ONE_Q14 >> 1)

/** To length 1. @returns false, and leaves it, when it is shorter than 1/64 or longer than 1.5: no direction to trust */
export function normalize(a: Vector): boolean {
  // A part longer than that: its square, with the others', could leave int32.
  for (let i = 0; i < 3; i++) if (a[i as 0] > LONGEST_Q14 || a[i as 0] < -LONGEST_Q14) return false
  const length = squareRoot(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])
  if (length < ONE_Q14 >> 6 || length > LONGEST_Q14) return false
  a[0] = divide(a[0] * ONE_Q14, length)
  a[1] = divide(a[1] * ONE_Q14, length)
  a[2] = divide(a[2] * ONE_Q14, length)
  return true
}

/** Sine and cosine of degrees, for constants: with Math, so never in the pipeline. */
export function degSineQ14(deg: number): number {
  return Math.round(ONE_Q14 * Math.sin((deg * Math.PI) / 180))
}
export function degCosineQ14(deg: number): number {
  return Math.round(ONE_Q14 * Math.cos((deg * Math.PI) / 180))
}
