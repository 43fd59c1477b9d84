/**
 * The shank's swing in running, for a second sensor that saw no knee bends: raw counts and up in the sensor's frame in, the axis
 * about which the ankle goes forward out. The axis is the swing's (swing-plane.ts); its sense is told by the rate's third moment:
 * the ankle swings forward faster than it was drawn back. In the 53 bouts of 18 treadmill runners (Fukuchi et al. 2017) the moment
 * over the cubed spread is +0.35 to +0.71.
 */
import type { Orientation } from "./orientation"
import { createSwingPlane, TICK_US } from "./swing-plane"

/** Rates about the axis in 128 gyroscope counts (9 °/s): a window's sum of cubes stays in int32. */
const RATE_SHIFT = 7
/** 2,240 °/s, past the sensor's range. */
const RATE_MAX = 250

export interface ShankSwing {
  /** Q14, in the sensor's frame; good once `found`. */
  axisX: number
  axisY: number
  axisZ: number
  found: boolean
  /** While the wearer runs. */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void
  /** The wearer stopped, or samples were lost. */
  reset(): void
}

/** @param periodUs sample period in µs */
export function createShankSwing(periodUs: number, orientation: Orientation): ShankSwing {
  const plane = createSwingPlane()
  const samplesPerTick = Math.round(TICK_US / periodUs)
  let sinceTick = 0
  let windows = 0
  let cubes = 0

  const swing: ShankSwing = {
    axisX: 0,
    axisY: 0,
    axisZ: 0,
    found: false,

    step(gx, gy, gz, ax, ay, az) {
      if (++sinceTick < samplesPerTick) return
      sinceTick = 0
      const { upX, upY, upZ } = orientation
      const x = gx - (orientation.biasX >> 4)
      const y = gy - (orientation.biasY >> 4)
      const z = gz - (orientation.biasZ >> 4)
      if (windows > 0) {
        const along = ((x >> 2) * swing.axisX + (y >> 2) * swing.axisY + (z >> 2) * swing.axisZ) >> 12
        let rate = along >> RATE_SHIFT
        if (rate > RATE_MAX) rate = RATE_MAX
        if (rate < 0 - RATE_MAX) rate = 0 - RATE_MAX
        cubes += rate * rate * rate
      }
      if (!plane.tick(x, y, z, ax, ay, az, upX, upY, upZ)) return
      windows++
      // Which way the plane's axis points may change from window to window.
      const turn =
        (plane.axisX >> 2) * swing.axisX + (plane.axisY >> 2) * swing.axisY + (plane.axisZ >> 2) * swing.axisZ
      const isForward = windows === 1 || turn > 0 === cubes > 0
      swing.axisX = isForward ? plane.axisX : 0 - plane.axisX
      swing.axisY = isForward ? plane.axisY : 0 - plane.axisY
      swing.axisZ = isForward ? plane.axisZ : 0 - plane.axisZ
      swing.found = windows > 1 && cubes !== 0
      cubes = 0
    },

    reset() {
      plane.reset()
      sinceTick = windows = cubes = 0
      swing.found = false
    },
  }
  return swing
}
