/** The orientation block on its own, in the firmware's machine, a lap a sample: orientation.c is the same in C. */
import { RATES, USUAL_RATE } from "../../src/drivers/lsm6dso-registers"
import { createOrientation } from "../../src/motion/orientation"
import { MotionLap } from "./calls"

const US_PER_S = 1_000_000

export class OrientationBench {
  readonly #orientation = createOrientation(US_PER_S / RATES[USUAL_RATE].hz)

  /** All samples that the core has. @returns up after each, int32 x y z */
  play(): ArrayBuffer {
    const orientation = this.#orientation
    const ups: number[] = []
    while (nextSample()) {
      const gx = sampleAxis(0)
      const gy = sampleAxis(1)
      const gz = sampleAxis(2)
      const ax = sampleAxis(3)
      const ay = sampleAxis(4)
      const az = sampleAxis(5)
      lapBegin()
      orientation.step(gx, gy, gz, ax, ay, az)
      lapEnd(MotionLap.orientation)
      ups.push(orientation.upX, orientation.upY, orientation.upZ)
    }
    return Int32Array.from(ups).buffer
  }
}
