/** The live measurement as a phone shows it: bytes of src/ble/live-layout.ts in, times in ms since the device's boot and degrees out. */
import { decode } from "../../src/ble/fields"
import {
  CDEG_PER_LIVE_PEAK,
  LIVE,
  LIVE_STEPS_PER_MS,
  LiveFlag,
  liveActivity,
} from "../../src/ble/live-layout"

const CDEG_PER_DEG = 100

export interface LiveReading {
  angles: { timeMs: number; kneeDeg: number }[]
  /** Activity of src/motion/stride.ts. */
  activity: number
  isStance: boolean
  isInBout: boolean
  isRunOpen: boolean
  isCalibrated: boolean
  strides: number
  compressions: number
  lastPeakDeg: number
}

/** @throws RangeError like decode() */
export function liveReading(bytes: Uint8Array): LiveReading {
  const { timeMs, state, step, lastPeak, strides, compressions, angles } = decode(LIVE, bytes)
  const has = (flag: number) => (state & flag) !== 0
  return {
    angles: angles.map(({ kneeCdeg }, index) => ({
      timeMs: timeMs + (index * step) / LIVE_STEPS_PER_MS,
      kneeDeg: kneeCdeg / CDEG_PER_DEG,
    })),
    activity: liveActivity(state),
    isStance: has(LiveFlag.stance),
    isInBout: has(LiveFlag.inBout),
    isRunOpen: has(LiveFlag.runOpen),
    isCalibrated: has(LiveFlag.calibrated),
    strides,
    compressions,
    lastPeakDeg: (lastPeak * CDEG_PER_LIVE_PEAK) / CDEG_PER_DEG,
  }
}
