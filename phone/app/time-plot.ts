/** Where a run's blocks and marks stand in the drawing of its time line: across as shares of the duration, upright in pixels. */
import type { RunView } from "../runs/run-view"

const S_PER_MINUTE = 60
const DEPTH_STEP_DEG = 5
const MOST_TICKS = 6
const TICK_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 240]

/** From the top, pixels. */
export const PLOT = {
  buzzY: 12,
  painY: 26,
  loadTitleY: 44,
  loadTopY: 52,
  loadEndY: 104,
  depthTitleY: 124,
  depthTopY: 132,
  depthEndY: 196,
  ticksY: 212,
  height: 216,
} as const

export interface PlotBar {
  x: number
  width: number
  y: number
  height: number
}

export interface PlotPoint {
  x: number
  y: number
}

export interface PlotMark {
  x: number
  /** "B1", "P1": as the lists below the drawing have them. */
  name: string
}

export interface TimePlot {
  bars: PlotBar[]
  /** A stretch of blocks with strides each; a block without any has no depth. */
  lines: PlotPoint[][]
  thresholdY: number
  largestLoad: number
  lowestDeg: number
  highestDeg: number
  ticks: { x: number; minutes: number }[]
  buzzes: PlotMark[]
  pains: PlotMark[]
}

type Plotted = Pick<RunView, "blocks" | "durationS" | "thresholdDeg" | "buzzes" | "pains">

export function timePlot({ blocks, durationS, thresholdDeg, buzzes, pains }: Plotted): TimePlot {
  const endS = Math.max(durationS, blocks.at(-1)?.endS ?? 0, 1)
  const at = (s: number) => Math.min(1, s / endS)
  const largestLoad = blocks.reduce((largest, { load }) => Math.max(largest, load), 0)
  const depthsDeg = [thresholdDeg, ...blocks.flatMap(({ peakMedianDeg }) => peakMedianDeg ?? [])]
  const lowestDeg = (Math.floor(Math.min(...depthsDeg) / DEPTH_STEP_DEG) - 1) * DEPTH_STEP_DEG
  const highestDeg = (Math.ceil(Math.max(...depthsDeg) / DEPTH_STEP_DEG) + 1) * DEPTH_STEP_DEG
  const depthY = (deg: number) =>
    PLOT.depthEndY - ((deg - lowestDeg) / (highestDeg - lowestDeg)) * (PLOT.depthEndY - PLOT.depthTopY)
  const lines: PlotPoint[][] = [[]]
  for (const { startS, endS: blockEndS, peakMedianDeg } of blocks) {
    if (peakMedianDeg === undefined) lines.push([])
    else lines.at(-1)?.push({ x: at((startS + blockEndS) / 2), y: depthY(peakMedianDeg) })
  }
  return {
    bars: blocks.map(({ startS, endS: blockEndS, load }) => {
      const height = largestLoad === 0 ? 0 : (load / largestLoad) * (PLOT.loadEndY - PLOT.loadTopY)
      return { x: at(startS), width: at(blockEndS) - at(startS), y: PLOT.loadEndY - height, height }
    }),
    lines: lines.filter((line) => line.length > 0),
    thresholdY: depthY(thresholdDeg),
    largestLoad,
    lowestDeg,
    highestDeg,
    ticks: ticks(endS),
    buzzes: marks("B", buzzes, at),
    pains: marks("P", pains, at),
  }
}

function ticks(endS: number): TimePlot["ticks"] {
  const endMinutes = endS / S_PER_MINUTE
  const step = TICK_MINUTES.find((minutes) => endMinutes / minutes <= MOST_TICKS) ?? endMinutes
  return Array.from({ length: Math.floor(endMinutes / step) + 1 }, (_, index) => ({
    x: (index * step) / endMinutes,
    minutes: index * step,
  }))
}

function marks(letter: string, of: readonly { atS: number }[], at: (s: number) => number): PlotMark[] {
  return of.map(({ atS }, index) => ({ x: at(atS), name: `${letter}${index + 1}` }))
}
