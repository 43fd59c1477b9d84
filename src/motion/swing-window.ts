/**
 * A window of a swing: raw counts, up and the gyroscope's bias in the sensor's frame in, a tick at a time; the sums that swing-plane.ts,
 * principal-axis.ts and swing-sense.ts judge it by out.
 */
import type { Orientation } from "./orientation"
import type { Vector } from "./vector"

/** Ticks in a window, 2^n. */
export const WINDOW_SHIFT = 5
export const WINDOW_TICKS = 1 << WINDOW_SHIFT
const LAST_TICK = WINDOW_TICKS - 1

/** Rates in 16 gyroscope counts (1.12 °/s), so that a window's sums of products stay in int32. */
const RATE_SHIFT = 4
export const RATE_UNIT_DPS = 0.07 * 16
/** The bias is in 1/16 count, up in 1/8. */
const BIAS_SHIFT = 4
const UP_TO_COUNTS = 3
/** The angle forgets in 16 ticks (1.2 s), longer than a stride; its unit then is about 1/6°. */
const FORGET_SHIFT = 4
const ANGLE_SHIFT = 1
/** Beyond 46° the third moment would leave int32. */
const ANGLE_MAX = 270
const ANGLE_LEAST = 0 - ANGLE_MAX

/** Up (Q14) and bias (1/16 count) of orientation.ts. */
export type TickOrientation = Pick<Orientation, "upX" | "upY" | "upZ" | "biasX" | "biasY" | "biasZ">

export class SwingWindow {
  // The sums of a full window, until the next tick. The rates and their products:
  x = 0
  y = 0
  z = 0
  xx = 0
  yy = 0
  zz = 0
  xy = 0
  xz = 0
  yz = 0
  /** Up, Q14, by weights that go from 0 to half the window and back. */
  upX = 0
  upY = 0
  upZ = 0
  /** The turn about up. */
  yaw = 0
  /** What is not gravity in the specific force, the axes' amounts added, counts. */
  force = 0
  /** The squares of the rate about the axis aimed at. */
  square = 0
  /** The angle about it, its squares and cubes, 1/6°. */
  angle1 = 0
  angle2 = 0
  angle3 = 0
  /** So often the angle crossed its middle. */
  crossings = 0
  // What the swing is judged by; no axis yet: 0.
  private axisX = 0
  private axisY = 0
  private axisZ = 0
  private low = 0
  private high = 0
  private angle = 0
  private isAbove = false
  private ticks = 0

  /** Of a sample, once in TICK_US. @returns true when the window is full */
  tick(
    { upX, upY, upZ, biasX, biasY, biasZ }: Readonly<TickOrientation>,
    gx: number,
    gy: number,
    gz: number,
    ax: number,
    ay: number,
    az: number,
  ): boolean {
    const ticks = this.ticks
    if (ticks === 0) this.clear()
    const x = (gx - (biasX >> BIAS_SHIFT)) >> RATE_SHIFT
    const y = (gy - (biasY >> BIAS_SHIFT)) >> RATE_SHIFT
    const z = (gz - (biasZ >> BIAS_SHIFT)) >> RATE_SHIFT
    this.x += x
    this.y += y
    this.z += z
    this.xx += x * x
    this.yy += y * y
    this.zz += z * z
    this.xy += x * y
    this.xz += x * z
    this.yz += y * z
    // The middle weighs most: a part of a stride too many at an end hardly counts.
    const weight = ticks < WINDOW_TICKS >> 1 ? ticks : WINDOW_TICKS - ticks
    this.upX += upX * weight
    this.upY += upY * weight
    this.upZ += upZ * weight
    this.yaw += (x * upX + y * upY + z * upZ) >> 14
    const fx = ax - (upX >> UP_TO_COUNTS)
    const fy = ay - (upY >> UP_TO_COUNTS)
    const fz = az - (upZ >> UP_TO_COUNTS)
    this.force += (fx < 0 ? 0 - fx : fx) + (fy < 0 ? 0 - fy : fy) + (fz < 0 ? 0 - fz : fz)

    const rate = (this.axisX * x + this.axisY * y + this.axisZ * z) >> 14
    this.square += rate * rate
    const angle = this.angle + rate - (this.angle >> FORGET_SHIFT)
    this.angle = angle
    let swing = angle >> ANGLE_SHIFT
    if (swing > ANGLE_MAX) swing = ANGLE_MAX
    else if (swing < ANGLE_LEAST) swing = ANGLE_LEAST
    const square = swing * swing
    this.angle1 += swing
    this.angle2 += square
    this.angle3 += square * swing
    if (this.isAbove ? swing < this.low : swing > this.high) {
      this.isAbove = !this.isAbove
      this.crossings++
    }
    this.ticks = (ticks + 1) & LAST_TICK
    return ticks === LAST_TICK
  }

  /** The axis (Q14), and the angle's middle and reach (1/6°), that the swing is judged by from here on. */
  aim({ x, y, z }: Readonly<Vector>, middle: number, reach: number): void {
    this.axisX = x
    this.axisY = y
    this.axisZ = z
    this.low = middle - reach
    this.high = middle + reach
  }

  /** The next tick begins a window; the swing goes on. */
  restart(): void {
    this.ticks = 0
  }

  /** The window under way is none. */
  reset(): void {
    this.ticks = 0
    this.angle = 0
    this.low = 0
    this.high = 0
  }

  private clear(): void {
    this.x = 0
    this.y = 0
    this.z = 0
    this.xx = 0
    this.yy = 0
    this.zz = 0
    this.xy = 0
    this.xz = 0
    this.yz = 0
    this.upX = 0
    this.upY = 0
    this.upZ = 0
    this.yaw = 0
    this.force = 0
    this.square = 0
    this.angle1 = 0
    this.angle2 = 0
    this.angle3 = 0
    this.crossings = 0
  }
}
