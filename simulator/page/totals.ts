/** What the device counted beside what really happened, at the end: strides as counts, depths in °. */
import { DEPTH_BANDS_DEG } from "../../src/run/summary"
import type { Report } from "../serve/messages"

export interface Compared {
  name: string
  device: number
  /** Absent where what really happened is not known. */
  truth?: number
  isAngle: boolean
}

/** Over all runs; the deepest bend is their mean, each by its strides. Empty when there was no run and none was to be found. */
export function compared({ json, truth }: Report): Compared[] {
  const { runs } = json
  if (runs.length === 0 && !truth) return []
  const sum = (value: (run: (typeof runs)[number]) => number) =>
    runs.reduce((total, run) => total + value(run), 0)
  const strides = sum((run) => run.strides)
  const row = (name: string, device: number, real: number | undefined, isAngle = false): Compared =>
    real === undefined ? { name, device, isAngle } : { name, device, truth: real, isAngle }
  return [
    row("strides", strides, truth?.strides),
    ...DEPTH_BANDS_DEG.map((deg) =>
      row(
        `compressions past ${deg}°`,
        sum((run) => run.compressionsByDepth[deg] ?? 0),
        truth?.compressionsByDepth[deg],
      ),
    ),
    row(
      "deepest bend, median",
      strides === 0 ? 0 : sum((run) => run.peakFlexionMedianDeg * run.strides) / strides,
      truth?.peakFlexionMedianDeg,
      true,
    ),
  ]
}

/** How far off the device was, in words: +3 (2 %), −1.2°, exact. */
export function errorWords({ device, truth, isAngle }: Compared): string {
  if (truth === undefined) return "not known"
  const error = isAngle ? Math.round((device - truth) * 10) / 10 : device - truth
  if (error === 0) return "exact"
  const sign = error > 0 ? "+" : "−"
  const size = isAngle ? `${Math.abs(error).toFixed(1)}°` : String(Math.abs(error))
  const share = isAngle || truth === 0 ? "" : ` (${Math.round((100 * Math.abs(error)) / truth)} %)`
  return `${sign}${size}${share}`
}
