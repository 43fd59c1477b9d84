/**
 * How this wearer's thigh swings while running: mean up and the swing's axis against the mount's own axes. Windows of swing-plane.ts in;
 * whether the sensor sits as it did out, and where the mount's axes have gone when it does not.
 */
import { constant } from "../constant"
import { degSineQ14, Vector } from "./vector"

/** Windows (10 s) by which the swing is known; from then on it is followed with a time constant of four, of every other window (20 s). */
const KNOWN_SHIFT = 2
const FOLLOW_SHIFT = 2
/** So many windows in a row (7 s) say that the sensor sits otherwise. */
const SHIFTED_WINDOWS = 3
/**
 * More than another speed makes from one bout to the next (18 treadmill runners: lean 4°, sideways 2°, axis 3°), less than a slip that
 * matters. A window that is half as far off is not followed either.
 */
const LEAN_LIMIT_Q14 = degSineQ14(6)
const SIDE_LIMIT_Q14 = degSineQ14(4.5)
const AXIS_LIMIT_Q14 = degSineQ14(5)
/** A sensor that sits otherwise sits so in the next window too, within this; up may still be on its way there. */
const SAME_Q14 = degSineQ14(4)
/** After a shift: the window that still knows the old axis is passed over, then four (10 s) set the mount finely. */
const SETTLE_WAIT = 1
const SETTLE_SHIFT = 2

/** What a window showed. `known`: the usual swing is known now. `shifted`: the sensor sits otherwise; `settled`: and how is known finely now. */
export const SwingNews = constant({ none: 0, known: 1, shifted: 2, settled: 3 } as const)
export type SwingNews = (typeof SwingNews)[keyof typeof SwingNews]

/** The mount's axes in the sensor's frame, Q14. */
export class MountAxes {
  readonly forward = new Vector()
  readonly up = new Vector()
  readonly side = new Vector()
}

/** Three directions at right angles, made of mean up and an axis. */
class SwingFrame {
  readonly up = new Vector()
  readonly forward = new Vector()
  /** Until build() the axis. */
  readonly side = new Vector()

  /** @returns false when up and the axis are no two directions */
  build(): boolean {
    if (!this.up.normalize()) return false
    this.forward.cross(this.up, this.side)
    if (!this.forward.normalize()) return false
    this.side.cross(this.up, this.forward)
    return true
  }

  /** Into `into`: what has these parts (Q14) along the three directions. */
  combine(into: Vector, alongUp: number, alongForward: number, alongSide: number): void {
    const { up, forward, side } = this
    into.set(
      (up.x * alongUp + forward.x * alongForward + side.x * alongSide) >> 14,
      (up.y * alongUp + forward.y * alongForward + side.y * alongSide) >> 14,
      (up.z * alongUp + forward.z * alongForward + side.z * alongSide) >> 14,
    )
  }
}

export class UsualSwing {
  private readonly axes: MountAxes
  // Their parts along the mount's forward (x), up (y) and side (z), Q14; sums until they are known.
  private readonly usualUp = new Vector()
  private readonly usualAxis = new Vector()
  private windows = 0
  private shifted = 0
  /** The usual swing is known, and the last window was like it. */
  isUsual = false
  // How far off the last window was that was off.
  private offAhead = 0
  private offLean = 0
  private offSideways = 0
  private settling = 0
  // The swing as it is since a shift, in the sensor's frame (sums while it settles), and as it usually is, against the mount's axes.
  private readonly now = new SwingFrame()
  private readonly usual = new SwingFrame()

  constructor(axes: MountAxes) {
    this.axes = axes
  }

  /** The usual axis against the mount's forward (x) and side (z), Q14. */
  get axis(): Readonly<Vector> {
    return this.usualAxis
  }

  forget(): void {
    this.isUsual = false
    this.windows = 0
    this.shifted = 0
    this.settling = 0
    this.usualUp.set(0, 0, 0)
    this.usualAxis.set(0, 0, 0)
  }

  /** A window of running straight on: mean up and the axis (forward positive) in the sensor's frame, Q14. */
  see(up: Readonly<Vector>, axis: Readonly<Vector>): SwingNews {
    if (this.settling > 0) return this.settle(up, axis)
    if (this.windows < 1 << KNOWN_SHIFT) return this.getToKnow(up, axis)
    this.isUsual = false
    const { forward, side } = this.axes
    const ahead = axis.dot(forward) - this.usualAxis.x
    const lean = up.dot(forward) - this.usualUp.x
    const sideways = up.dot(side) - this.usualUp.z
    const offAxis = size(ahead)
    const offLean = size(lean)
    const offSide = size(sideways)
    if (offAxis <= AXIS_LIMIT_Q14 && offLean <= LEAN_LIMIT_Q14 && offSide <= SIDE_LIMIT_Q14) {
      this.shifted = 0
      if (offAxis << 1 > AXIS_LIMIT_Q14 || offLean << 1 > LEAN_LIMIT_Q14 || offSide << 1 > SIDE_LIMIT_Q14)
        return SwingNews.none
      this.isUsual = true
      this.follow(this.usualUp, up)
      this.follow(this.usualAxis, axis)
      return SwingNews.none
    }
    // Windows that are off each in their own way tell of noise.
    const isSame =
      isNear(ahead, this.offAhead) && isNear(lean, this.offLean) && isNear(sideways, this.offSideways)
    this.offAhead = ahead
    this.offLean = lean
    this.offSideways = sideways
    this.shifted = isSame || this.shifted === 0 ? this.shifted + 1 : 1
    if (this.shifted < SHIFTED_WINDOWS) return SwingNews.none
    this.shifted = 0
    this.now.up.copy(up)
    this.now.side.copy(axis)
    this.settling = SETTLE_WAIT + (1 << SETTLE_SHIFT)
    return SwingNews.shifted
  }

  /**
   * Turns the mount's axes along with the sensor, once it has shifted or settled, so that mean up and the axis lie against them as usual.
   * In steps of at most two roots: buildNow(), buildUsual(), turnAxes(). @returns false when there is nothing to turn by
   */
  buildNow(): boolean {
    return this.now.build() || this.stay()
  }
  buildUsual(): boolean {
    const { usual } = this
    usual.up.copy(this.usualUp)
    usual.side.copy(this.usualAxis)
    return usual.build() || this.stay()
  }
  turnAxes(): void {
    const { up, forward, side } = this.usual
    this.now.combine(this.axes.forward, up.x, forward.x, side.x)
    this.now.combine(this.axes.up, up.y, forward.y, side.y)
    this.now.combine(this.axes.side, up.z, forward.z, side.z)
  }

  private stay(): boolean {
    this.settling = 0
    return false
  }

  private getToKnow(up: Readonly<Vector>, axis: Readonly<Vector>): SwingNews {
    this.windows++
    this.usualUp.add(up.dot(this.axes.forward), up.dot(this.axes.up), up.dot(this.axes.side))
    this.usualAxis.add(axis.dot(this.axes.forward), axis.dot(this.axes.up), axis.dot(this.axes.side))
    if (this.windows < 1 << KNOWN_SHIFT) return SwingNews.none
    this.usualUp.shrink(KNOWN_SHIFT)
    this.usualAxis.shrink(KNOWN_SHIFT)
    return SwingNews.known
  }

  private follow(usual: Vector, seen: Readonly<Vector>): void {
    const { forward, up, side } = this.axes
    usual.add(
      (seen.dot(forward) - usual.x) >> FOLLOW_SHIFT,
      (seen.dot(up) - usual.y) >> FOLLOW_SHIFT,
      (seen.dot(side) - usual.z) >> FOLLOW_SHIFT,
    )
  }

  private settle(up: Readonly<Vector>, axis: Readonly<Vector>): SwingNews {
    this.settling--
    if (this.settling >= 1 << SETTLE_SHIFT) {
      this.now.up.set(0, 0, 0)
      this.now.side.set(0, 0, 0)
      return SwingNews.none
    }
    this.now.up.add(up.x, up.y, up.z)
    this.now.side.add(axis.x, axis.y, axis.z)
    if (this.settling > 0) return SwingNews.none
    this.now.up.shrink(SETTLE_SHIFT)
    this.now.side.shrink(SETTLE_SHIFT)
    return SwingNews.settled
  }
}

function isNear(a: number, b: number): boolean {
  return size(a - b) <= SAME_Q14
}

function size(value: number): number {
  return value < 0 ? 0 - value : value
}
