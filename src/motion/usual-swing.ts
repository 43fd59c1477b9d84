/**
 * How this wearer's thigh swings while running: mean up and the swing's axis against the mount's own axes. Windows of swing-plane.ts in;
 * whether the sensor sits as it did out, and where the mount's axes have gone when it does not.
 */
import { cross, degSineQ14, dot, normalize, put, type Vector } from "./vector"

/** Windows (10 s) by which the swing is known; from then on it is followed with a time constant of eight. */
const KNOWN_SHIFT = 2
const FOLLOW_SHIFT = 3
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

/** What a window showed. `known`: the usual swing is known now. `shifted`, `settled`: the axes were turned. */
export const SwingNews = { none: 0, known: 1, shifted: 2, settled: 3 } as const
export type SwingNews = (typeof SwingNews)[keyof typeof SwingNews]

/** The mount's axes in the sensor's frame, Q14. */
export interface MountAxes {
  readonly forward: Vector
  readonly up: Vector
  readonly side: Vector
}

export interface UsualSwing {
  /** The usual axis against the mount's forward and side, Q14. */
  readonly axis: Readonly<Vector>
  forget(): void
  /** A window of running straight on: mean up and the axis (forward positive) in the sensor's frame, Q14. Turns the axes. */
  see(up: Vector, axis: Vector): SwingNews
}

export function createUsualSwing(axes: MountAxes): UsualSwing {
  const parts = [axes.forward, axes.up, axes.side] as const
  // Forward, up and side parts, Q14; sums until they are known.
  const usualUp: Vector = [0, 0, 0]
  const usualAxis: Vector = [0, 0, 0]
  let windows = 0
  let shifted = 0
  /** How far off the last window was that was off. */
  const off: Vector = [0, 0, 0]
  // Since a shift; sums in the sensor's frame.
  let settling = 0
  const settledUp: Vector = [0, 0, 0]
  const settledAxis: Vector = [0, 0, 0]
  // Two frames on mean up and the axis: as they are now, in the sensor's frame, and as they usually are, against the mount's axes.
  const now = [[0, 0, 0] as Vector, [0, 0, 0] as Vector, [0, 0, 0] as Vector] as const
  const usual = [[0, 0, 0] as Vector, [0, 0, 0] as Vector, [0, 0, 0] as Vector] as const

  function follow(mean: Vector, seen: Vector): void {
    for (let i = 0; i < 3; i++) {
      const part = dot(seen, parts[i as 0])
      if (windows <= 1 << KNOWN_SHIFT) mean[i as 0] += part
      else mean[i as 0] += (part - mean[i as 0]) >> FOLLOW_SHIFT
    }
  }

  function divideSums(mean: Vector, shift: number): void {
    for (let i = 0; i < 3; i++) mean[i as 0] >>= shift
  }

  function buildFrame(frame: typeof now, up: Vector, axis: Vector): boolean {
    put(frame[0], up[0], up[1], up[2])
    if (!normalize(frame[0])) return false
    cross(frame[1], frame[0], axis)
    if (!normalize(frame[1])) return false
    cross(frame[2], frame[0], frame[1])
    return true
  }

  /** Turns the mount's axes along with the sensor, so that mean up and the axis lie against them as usual. */
  function turnAxes(up: Vector, axis: Vector): boolean {
    if (!buildFrame(now, up, axis) || !buildFrame(usual, usualUp, usualAxis)) return false
    for (let part = 0; part < 3; part++)
      for (let i = 0; i < 3; i++) {
        let sum = 0
        for (let j = 0; j < 3; j++) sum += now[j as 0][i as 0] * usual[j as 0][part as 0]
        parts[part as 0][i as 0] = sum >> 14
      }
    return true
  }

  function settle(up: Vector, axis: Vector): SwingNews {
    settling--
    if (settling >= 1 << SETTLE_SHIFT) return SwingNews.none
    for (let i = 0; i < 3; i++) {
      settledUp[i as 0] += up[i as 0]
      settledAxis[i as 0] += axis[i as 0]
    }
    if (settling > 0) return SwingNews.none
    divideSums(settledUp, SETTLE_SHIFT)
    divideSums(settledAxis, SETTLE_SHIFT)
    return turnAxes(settledUp, settledAxis) ? SwingNews.settled : SwingNews.none
  }

  return {
    axis: usualAxis,

    forget() {
      windows = shifted = settling = 0
      put(usualUp, 0, 0, 0)
      put(usualAxis, 0, 0, 0)
    },

    see(up, axis) {
      if (settling > 0) return settle(up, axis)
      if (windows < 1 << KNOWN_SHIFT) {
        windows++
        follow(usualUp, up)
        follow(usualAxis, axis)
        if (windows < 1 << KNOWN_SHIFT) return SwingNews.none
        divideSums(usualUp, KNOWN_SHIFT)
        divideSums(usualAxis, KNOWN_SHIFT)
        windows++
        return SwingNews.known
      }
      const ahead = dot(axis, axes.forward) - usualAxis[0]
      const lean = dot(up, axes.forward) - usualUp[0]
      const sideways = dot(up, axes.side) - usualUp[2]
      const offAxis = size(ahead)
      const offLean = size(lean)
      const offSide = size(sideways)
      if (offAxis <= AXIS_LIMIT_Q14 && offLean <= LEAN_LIMIT_Q14 && offSide <= SIDE_LIMIT_Q14) {
        shifted = 0
        if (offAxis << 1 > AXIS_LIMIT_Q14 || offLean << 1 > LEAN_LIMIT_Q14 || offSide << 1 > SIDE_LIMIT_Q14)
          return SwingNews.none
        follow(usualUp, up)
        follow(usualAxis, axis)
        return SwingNews.none
      }
      // Windows that are off each in their own way tell of noise.
      const isSame = isNear(ahead, off[0]) && isNear(lean, off[1]) && isNear(sideways, off[2])
      put(off, ahead, lean, sideways)
      shifted = isSame || shifted === 0 ? shifted + 1 : 1
      if (shifted < SHIFTED_WINDOWS) return SwingNews.none
      shifted = 0
      if (!turnAxes(up, axis)) return SwingNews.none
      settling = SETTLE_WAIT + (1 << SETTLE_SHIFT)
      put(settledUp, 0, 0, 0)
      put(settledAxis, 0, 0, 0)
      return SwingNews.shifted
    },
  }
}

function isNear(a: number, b: number): boolean {
  return size(a - b) <= SAME_Q14
}

function size(value: number): number {
  return value < 0 ? 0 - value : value
}
