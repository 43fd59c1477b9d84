/** Directions as three integers, Q14, written in place: for what happens once in seconds, not for the hot path. */
import { divide, ONE_Q14, ONE_Q30, ratioQ14, squareRoot } from "./fixed-point"

const LONGEST_Q14 = ONE_Q14 + (ONE_Q14 >> 1)

export class Vector {
  x: number
  y: number
  z: number

  constructor(x = 0, y = 0, z = 0) {
    this.x = x
    this.y = y
    this.z = z
  }

  set(x: number, y: number, z: number): void {
    this.x = x
    this.y = y
    this.z = z
  }

  copy(from: Readonly<Vector>): void {
    this.x = from.x
    this.y = from.y
    this.z = from.z
  }

  add(x: number, y: number, z: number): void {
    this.x += x
    this.y += y
    this.z += z
  }

  flip(): void {
    this.x = 0 - this.x
    this.y = 0 - this.y
    this.z = 0 - this.z
  }

  /** By 2^shift, rounded down. */
  shrink(shift: number): void {
    this.x >>= shift
    this.y >>= shift
    this.z >>= shift
  }

  /** Q14, of vectors not longer than 2. */
  dot(other: Readonly<Vector>): number {
    return (this.x * other.x + this.y * other.y + this.z * other.z) >> 14
  }

  /** a × b; neither may be this. */
  cross(a: Readonly<Vector>, b: Readonly<Vector>): void {
    this.x = (a.y * b.z - a.z * b.y) >> 14
    this.y = (a.z * b.x - a.x * b.z) >> 14
    this.z = (a.x * b.y - a.y * b.x) >> 14
  }

  /** To length 1. @returns false, and leaves it, when it is shorter than 1/64 or longer than 1.5: no direction to trust */
  normalize(): boolean {
    const { x, y, z } = this
    // A part longer than that: its square, with the others', could leave int32.
    if (x > LONGEST_Q14 || x < -LONGEST_Q14 || y > LONGEST_Q14 || y < -LONGEST_Q14) return false
    if (z > LONGEST_Q14 || z < -LONGEST_Q14) return false
    const length = squareRoot(x * x + y * y + z * z)
    if (length < ONE_Q14 >> 6 || length > LONGEST_Q14) return false
    const reciprocal = divide(ONE_Q30, length)
    this.x = ratioQ14(x, length, reciprocal)
    this.y = ratioQ14(y, length, reciprocal)
    this.z = ratioQ14(z, length, reciprocal)
    return true
  }
}

/** Sine and cosine of degrees, for constants: with Math, so never in the pipeline. */
export function degSineQ14(deg: number): number {
  return Math.round(ONE_Q14 * Math.sin((deg * Math.PI) / 180))
}
export function degCosineQ14(deg: number): number {
  return Math.round(ONE_Q14 * Math.cos((deg * Math.PI) / 180))
}
