/**
 * The shank's swing in running, for a second sensor that saw no knee bends: raw counts and up in the sensor's frame in, the axis
 * about which the ankle goes forward out. The axis is the swing's (swing-plane.ts); its sense is told by the rate's third moment:
 * the ankle swings forward faster than it was drawn back. In the 53 bouts of 18 treadmill runners (Fukuchi et al. 2017) the moment
 * over the cubed spread is +0.35 to +0.71.
 */
import type { Orientation } from "./orientation"
import { SwingPlane, TICK_US } from "./swing-plane"
import { Vector } from "./vector"

/** Rates about the axis in 128 gyroscope counts (9 °/s): a window's sum of cubes stays in int32. */
const RATE_SHIFT = 7
/** 2,240 °/s, past the sensor's range. */
const RATE_MAX = 250

export class ShankSwing {
  /** Q14, in the sensor's frame; good once `found`. */
  readonly axis = new Vector()
  found = false
  private readonly orientation: Orientation
  private readonly plane = new SwingPlane()
  private readonly samplesPerTick: number
  private sinceTick = 0
  private windows = 0
  private cubes = 0

  /** @param periodUs sample period in µs */
  constructor(periodUs: number, orientation: Orientation) {
    this.orientation = orientation
    this.samplesPerTick = Math.round(TICK_US / periodUs)
  }

  /** While the wearer runs. */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void {
    this.sinceTick++
    if (this.plane.isWorking && this.plane.work()) this.endWindow()
    if (this.sinceTick < this.samplesPerTick) return
    this.sinceTick = 0
    if (this.windows > 0) {
      const { axis } = this
      const { biasX, biasY, biasZ } = this.orientation
      const x = gx - (biasX >> 4)
      const y = gy - (biasY >> 4)
      const z = gz - (biasZ >> 4)
      const along = ((x >> 2) * axis.x + (y >> 2) * axis.y + (z >> 2) * axis.z) >> 12
      let rate = along >> RATE_SHIFT
      if (rate > RATE_MAX) rate = RATE_MAX
      if (rate < 0 - RATE_MAX) rate = 0 - RATE_MAX
      this.cubes += rate * rate * rate
    }
    if (this.plane.window.tick(this.orientation, gx, gy, gz, ax, ay, az)) this.plane.beginWork()
  }

  /** The wearer stopped, or samples were lost. */
  reset(): void {
    this.plane.reset()
    this.sinceTick = 0
    this.windows = 0
    this.cubes = 0
    this.found = false
  }

  private endWindow(): void {
    this.windows++
    const { axis } = this.plane
    // Which way the plane's axis points may change from window to window.
    const turn = axis.dot(this.axis)
    const isForward = this.windows === 1 || turn > 0 === this.cubes > 0
    this.axis.copy(axis)
    if (!isForward) this.axis.flip()
    this.found = this.windows > 1 && this.cubes !== 0
    this.cubes = 0
  }
}
