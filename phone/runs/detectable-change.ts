/** The smallest change between two runs of one wearer that is more than noise at 95 %, as it was measured (docs/accuracy.md). */
import CHANGE_FILE from "./detectable-change.json" with { type: "json" }
import type { Measuring } from "./measuring"

export interface DetectableChange {
  peakDeg: number
  /** Percentage points of strides, for each of DEPTH_BANDS_DEG. */
  sharePoints: number[]
  /** Load a stride. */
  loadPercent: number
}

export interface DetectableByPace {
  samePace: DetectableChange
  otherPace: DetectableChange
  /** Day on which it was measured, and the firmware. */
  made: string
  firmware: string
}

/** On whom and how it was measured, in a sentence or two. */
export const CHANGE_CONDITIONS = CHANGE_FILE.conditions

/** Undefined for what was not measured: another flexion model, or two sensors that measured only some of the strides. */
export function detectableOf(measuring: Measuring, modelVersion: number): DetectableByPace | undefined {
  if (measuring === "mixed") return undefined
  const figures = CHANGE_FILE.worn[measuring]
  return figures.modelVersion === modelVersion ? figures : undefined
}
