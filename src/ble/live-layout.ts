/**
 * The live measurement: what the knee does and what the run is so far, as a notification carries it at the smallest MTU (23). The device
 * writes it place by place (src/device/live-measurement.ts), phones decode it by the table.
 */
import { constant } from "../constant"
import type { Layout, Values } from "./fields"
import { cdeg, ms } from "./units"

/** Of `state`: below them stands the activity. */
export const LiveFlag = constant({ stance: 16, inBout: 32, runOpen: 64, calibrated: 128 } as const)
const ACTIVITY_MASK = 15

/** Of `step`: 4 to a millisecond. */
export const LIVE_STEP_SHIFT = 2
export const LIVE_STEPS_PER_MS = 1 << LIVE_STEP_SHIFT
/** Of `lastPeak`. */
export const CDEG_PER_LIVE_PEAK = 50

export const LIVE = constant({
  title: "live measurement",
  head: [
    { name: "timeMs", type: "u32", ...ms, description: "When the first of the angles was measured" },
    {
      name: "state",
      type: "u8",
      bits: LiveFlag,
      description:
        "Of the last angle. The lowest four bits: the activity, numbered as in the status; stance: this leg is loaded; " +
        "calibrated: without it the angles are 0",
    },
    {
      name: "step",
      type: "u8",
      unit: "ms",
      scale: 1 / LIVE_STEPS_PER_MS,
      description: "Time between two angles",
    },
    {
      name: "lastPeak",
      type: "u8",
      unit: "°",
      scale: CDEG_PER_LIVE_PEAK / 100,
      description: "Peak flexion in the newest stride's stance, 0 before the first",
    },
    { name: "angleCount", type: "u8", lengthOf: "angles", description: "Angles that follow" },
    { name: "strides", type: "u16", description: "Counted in the run so far; 0 without a run" },
    { name: "compressions", type: "u16", description: "Load cycles past the threshold in the run so far" },
  ],
  lists: {
    angles: [{ name: "kneeCdeg", type: "i16", ...cdeg, description: "Knee flexion" }],
  },
} as const satisfies Layout)

/** Where the head's fields stand, for who writes them one by one. */
export const LIVE_AT = constant({
  timeMs: 0,
  state: 4,
  step: 5,
  lastPeak: 6,
  angleCount: 7,
  strides: 8,
  compressions: 10,
  angles: 12,
} as const)

export function liveActivity(state: number): number {
  return state & ACTIVITY_MASK
}

export type Live = Values<typeof LIVE>
