/**
 * The principal axis of the angular rate (Seel, Raisch & Schauer 2014, Sensors 14, use it for joints): sums over windows of ticks in; the
 * axis (Q14, in the sensor's frame) about which the rate varies most out, and whether it is the only one. Rates in any unit that keeps a
 * window's sums of products in int32.
 */
import { type SwingWindow, WINDOW_SHIFT } from "./swing-window"
import { Vector } from "./vector"

/** The rest of the rates' variance as a share of the main axis's, Q4: at most 0.55 in the 18 runners. */
const REST_MAX_Q4 = 11
/** Less is no swing, and too little for the integers below. */
const VARIANCE_MIN = 16384
const HALF_WINDOW = 1 << (WINDOW_SHIFT - 1)
/** The variances' sum is brought to 2^14 to 2^15, so that the square of their matrix is in int32, and its sum 2^26 to 2^30. */
const SUM_LIMIT = 32768
const SQUARE_SHIFT_MIN = 12
/**
 * Squared so often, all columns of the matrix lie along the main axis, which has twice the next one's variance at least: 1/256 of that is
 * left, and half of it after the last product.
 */
const SQUARINGS = 3

export type RateSums = Pick<SwingWindow, "x" | "y" | "z" | "xx" | "yy" | "zz" | "xy" | "xz" | "yz">

export class PrincipalAxis {
  /** Length 1; as last found, no axis yet: 0. */
  readonly axis = new Vector()
  private vxx = 0
  private vyy = 0
  private vzz = 0
  private vxy = 0
  private vxz = 0
  private vyz = 0
  /** So many of their bits are left out; less than 0: they are too small. */
  private shift = 0
  /** The longest of their eighth power. */
  private readonly column = new Vector()
  private readonly main = new Vector()
  /** The variance about the main axis, 0 when there is none, and that of the rest. */
  private variance = 0
  private rest = 0

  /** The window's rates and their products, summed. Windows before count half as much as the next. Then narrow(). */
  addWindow({ x, y, z, xx, yy, zz, xy, xz, yz }: Readonly<RateSums>): void {
    const mx = (x + HALF_WINDOW) >> WINDOW_SHIFT
    const my = (y + HALF_WINDOW) >> WINDOW_SHIFT
    const mz = (z + HALF_WINDOW) >> WINDOW_SHIFT
    // What rounding took off the means.
    const restX = x - (mx << WINDOW_SHIFT)
    const restY = y - (my << WINDOW_SHIFT)
    const restZ = z - (mz << WINDOW_SHIFT)
    this.vxx = (this.vxx >> 1) + ((xx - mx * (x + restX)) >> 1)
    this.vyy = (this.vyy >> 1) + ((yy - my * (y + restY)) >> 1)
    this.vzz = (this.vzz >> 1) + ((zz - mz * (z + restZ)) >> 1)
    this.vxy = (this.vxy >> 1) + ((xy - mx * y - my * restX) >> 1)
    this.vxz = (this.vxz >> 1) + ((xz - mx * z - mz * restX) >> 1)
    this.vyz = (this.vyz >> 1) + ((yz - my * z - mz * restY) >> 1)
    this.raise()
  }

  /** The variances' product with their eighth power's direction: longer along the main axis. Then find(). */
  narrow(): void {
    const shift = this.shift
    this.variance = 0
    if (shift < 0 || !this.column.normalize()) return
    const { x, y, z } = this.column
    const a = this.vxx >> shift
    const b = this.vyy >> shift
    const c = this.vzz >> shift
    const d = this.vxy >> shift
    const e = this.vxz >> shift
    const f = this.vyz >> shift
    const main = this.main
    main.set((a * x + d * y + e * z) >> 15, (d * x + b * y + f * z) >> 15, (e * x + f * y + c * z) >> 15)
    this.variance = main.dot(this.column) << 1
    this.rest = a + b + c - this.variance
  }

  /** Finds the axis, on the side of the one before. @returns whether it is one main axis */
  find(): boolean {
    const main = this.main
    if (this.variance === 0 || !main.normalize()) return false
    if (main.dot(this.axis) < 0) main.flip()
    this.axis.copy(main)
    return this.rest << 4 <= this.variance * REST_MAX_Q4
  }

  /** Forgets the windows, not the axis. */
  reset(): void {
    this.vxx = 0
    this.vyy = 0
    this.vzz = 0
    this.vxy = 0
    this.vxz = 0
    this.vyz = 0
  }

  /** The eighth power's longest column. */
  private raise(): void {
    const sum = this.vxx + this.vyy + this.vzz
    this.shift = -1
    if (sum < VARIANCE_MIN) return
    let shift = 0
    while (sum >> shift >= SUM_LIMIT) shift++
    this.shift = shift
    let a = this.vxx >> shift
    let b = this.vyy >> shift
    let c = this.vzz >> shift
    let d = this.vxy >> shift
    let e = this.vxz >> shift
    let f = this.vyz >> shift
    for (let squaring = 0; squaring < SQUARINGS; squaring++) {
      const aa = a * a + d * d + e * e
      const bb = d * d + b * b + f * f
      const cc = e * e + f * f + c * c
      const dd = a * d + d * b + e * f
      const ee = a * e + d * f + e * c
      const ff = d * e + b * f + f * c
      shift = SQUARE_SHIFT_MIN
      while ((aa + bb + cc) >> shift >= SUM_LIMIT) shift++
      a = aa >> shift
      b = bb >> shift
      c = cc >> shift
      d = dd >> shift
      e = ee >> shift
      f = ff >> shift
    }
    if (a >= b && a >= c) this.column.set(a, d, e)
    else if (b >= c) this.column.set(d, b, f)
    else this.column.set(e, f, c)
    // No longer than 1.
    this.column.shrink(1)
  }
}
