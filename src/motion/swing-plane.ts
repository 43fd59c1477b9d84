/**
 * The plane that a leg swings in, found without knowing how the sensor is strapped on: gyroscope, accelerometer and up in the sensor's
 * frame in; every 32 ticks (2.5 s) the axis of the swing (principal-axis.ts), which way is forward (swing-sense.ts), mean up and whether it
 * was gait out. A full window is worked at in parts, so that no sample takes long.
 */
import { constant } from "../constant"
import { squareRoot } from "./fixed-point"
import { PrincipalAxis } from "./principal-axis"
import { SwingSense } from "./swing-sense"
import { RATE_UNIT_DPS, SwingWindow, WINDOW_SHIFT, WINDOW_TICKS } from "./swing-window"
import { Vector } from "./vector"

/** The caller ticks once in so long, µs: a stride has hardly anything above 6 Hz, and a variance does not mind aliases. */
export const TICK_US = 76_800
const HALF_WINDOW = WINDOW_TICKS >> 1
/** The weights of mean up add up to the square of half the window. */
const WEIGHT_SHIFT = 2 * WINDOW_SHIFT - 2

/** Swing that is no gait: the thigh turns by less than 45 °/s (root mean square); slow walking has 80. */
const SWING_MIN_SQUARE = Math.round((45 / RATE_UNIT_DPS) ** 2) * WINDOW_TICKS
/** So often the angle crosses its middle in two windows: 7 in a walk of 1.4 s a stride, where squats make 5. */
const CROSSINGS_MIN = 6
/** Mean deviation of the specific force from gravity, the axes' amounts added, in counts: walking makes more than 0.2 g, cycling less. */
const FORCE_MIN_COUNTS = 410

/** What work() does next. */
const Part = constant({ none: 0, sense: 1, variance: 2, narrow: 3, find: 4 } as const)
type Part = (typeof Part)[keyof typeof Part]

export class SwingPlane {
  /** Axis about which the thigh goes forward, Q14, in the sensor's frame. */
  readonly axis = new Vector()
  /** Up over the window, Q14, not normalised. */
  readonly up = new Vector()
  /** Evidence for the axis's sense, Q8 of the third moment over the cubed spread; negated, so that positive speaks for it. */
  senseQ8 = 0
  /** Mean turn about up, 16 gyroscope counts: a corner. */
  yaw = 0
  /** Root mean square of the rate about the axis, 16 gyroscope counts. */
  rate = 0
  /** The window, and the axis that it was judged by, was of one swinging leg that carries load. */
  isGait = false
  /** Ticked by the caller, who begins work at it when it is full. */
  readonly window = new SwingWindow()
  private readonly sense = new SwingSense()
  private readonly principal = new PrincipalAxis()
  private part: Part = Part.none
  private isLegSwing = false
  private crossingsBefore = 0
  private wasPlane = false

  /** A full window is not worked through yet. */
  get isWorking(): boolean {
    return this.part !== Part.none
  }

  /** The window is full: work() until that is done; twice at least before the next tick. */
  beginWork(): void {
    this.part = Part.sense
  }

  /** A part of what a full window takes. @returns true when it is done: what was found is of that window */
  work(): boolean {
    const part = this.part
    if (part === Part.sense) this.judgeSwing()
    else if (part === Part.variance) {
      this.axis.copy(this.principal.axis)
      this.principal.addWindow(this.window)
    } else if (part === Part.narrow) this.principal.narrow()
    else if (part === Part.find) this.find()
    if (part === Part.none || part === Part.find) {
      this.part = Part.none
      return part === Part.find
    }
    this.part = (part + 1) as Part
    return false
  }

  /** Begins anew: samples were lost, or the sensor was moved. */
  reset(): void {
    this.part = Part.none
    this.window.reset()
    this.principal.reset()
    this.crossingsBefore = 0
    this.wasPlane = false
    this.senseQ8 = 0
  }

  /** The next tick, after a while, begins a window whose axis is found from it alone. */
  forgetWindows(): void {
    this.window.restart()
    this.principal.reset()
  }

  private judgeSwing(): void {
    const { upX, upY, upZ, yaw, square, force, crossings } = this.window
    this.sense.judge(this.window)
    this.up.set(upX >> WEIGHT_SHIFT, upY >> WEIGHT_SHIFT, upZ >> WEIGHT_SHIFT)
    this.yaw = (yaw + HALF_WINDOW) >> WINDOW_SHIFT
    this.rate = squareRoot((square + HALF_WINDOW) >> WINDOW_SHIFT)
    this.isLegSwing =
      square >= SWING_MIN_SQUARE &&
      crossings + this.crossingsBefore >= CROSSINGS_MIN &&
      force >> WINDOW_SHIFT >= FORCE_MIN_COUNTS
    this.crossingsBefore = crossings
  }

  private find(): void {
    const { middle, reach, skewQ8 } = this.sense
    const isPlane = this.principal.find()
    this.window.aim(this.principal.axis, middle, reach)
    this.isGait = this.isLegSwing && this.wasPlane && isPlane
    this.senseQ8 = this.isGait ? (this.senseQ8 >> 1) - skewQ8 : 0
    this.wasPlane = isPlane
  }
}
