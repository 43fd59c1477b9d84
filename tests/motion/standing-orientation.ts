/** An orientation that is told where up is, for the modules after it. */

import { ONE_Q14 } from "../../src/motion/fixed-point"
import type { Orientation } from "../../src/motion/orientation"
import type { Vector } from "./thigh-motion"

/** @param up unit vector in the sensor's frame; it may be moved and `resting` set between steps */
export function orientationAt(up: Vector): Orientation & { point(up: Vector): void } {
  const orientation = {
    upX: 0,
    upY: 0,
    upZ: 0,
    biasX: 0,
    biasY: 0,
    biasZ: 0,
    resting: false,
    running: false,
    step() {},
    stepTurned: () => 0,
    remount() {},
    setPeriod() {},
    restart() {},
    turned() {},
    gap() {},
    rateClipped() {},
    point([x, y, z]: Vector) {
      orientation.upX = Math.round(x * ONE_Q14)
      orientation.upY = Math.round(y * ONE_Q14)
      orientation.upZ = Math.round(z * ONE_Q14)
    },
  }
  orientation.point(up)
  return orientation
}
