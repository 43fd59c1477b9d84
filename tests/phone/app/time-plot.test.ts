/** Where blocks and marks stand in the drawing of a run's time line. */
import test from "ava"
import { PLOT, timePlot } from "../../../phone/app/time-plot"
import type { Run } from "../../../src/ble/run-codec"
import { MADE_RUN, view } from "../runs/made-runs"

const BLOCK = MADE_RUN.blocks[0] as Run["blocks"][number]
const NO_STRIDE = { ...BLOCK, strides: 0, compressions: 0, peakFlexionMedianCdeg: 0, milliLoad: 0 }
const MINUTE_MS = 60_000

function plotOf(blocks: Run["blocks"], changes: Partial<Run> = {}) {
  return timePlot(view({ blocks, durationMs: blocks.length * MINUTE_MS, ...changes }))
}

test("bars stand where their blocks are, the largest as high as there is room", (t) => {
  const { bars, largestLoad } = plotOf([
    { ...BLOCK, milliLoad: 50_000 },
    { ...BLOCK, milliLoad: 100_000 },
  ])
  t.deepEqual(
    bars.map(({ x, width }) => [x, width]),
    [
      [0, 0.5],
      [0.5, 0.5],
    ],
  )
  t.is(largestLoad, 100)
  t.is(bars[1]?.y, PLOT.loadTopY)
  t.is(bars[0]?.height, (PLOT.loadEndY - PLOT.loadTopY) / 2)
})

test("the line of depths breaks where there was no stride: nothing is drawn that nobody measured", (t) => {
  const { lines } = plotOf([BLOCK, BLOCK, NO_STRIDE, BLOCK])
  t.deepEqual(
    lines.map((line) => line.map(({ x }) => x)),
    [[0.125, 0.375], [0.875]],
  )
})

test("depths and threshold lie inside their scale, the deeper the higher", (t) => {
  const plot = plotOf([BLOCK, { ...BLOCK, peakFlexionMedianCdeg: 4800 }])
  const [shallow, deep] = plot.lines[0] ?? []
  t.is(plot.lowestDeg, 25)
  t.is(plot.highestDeg, 55)
  t.true((deep?.y ?? 0) < (shallow?.y ?? 0))
  for (const y of [plot.thresholdY, shallow?.y ?? 0, deep?.y ?? 0])
    t.true(y >= PLOT.depthTopY && y <= PLOT.depthEndY)
})

test("buzzes and pain marks stand at their times, by the names of their lists", (t) => {
  const blocks = Array.from({ length: 10 }, () => BLOCK)
  const at = (minutes: number) => MADE_RUN.startMs + minutes * MINUTE_MS
  const pain = {
    kneeCdeg: 0,
    peakFlexionCdeg: 0,
    milliLoad: 0,
    compressions: 0,
    activity: 2,
    source: 1,
  } as const
  const { buzzes, pains } = plotOf(blocks, {
    buzzes: [
      { timeMs: at(1), reason: 1 },
      { timeMs: at(9), reason: 2 },
    ],
    pains: [{ ...pain, timeMs: at(5) }],
  })
  t.deepEqual(buzzes, [
    { x: 0.1, name: "B1" },
    { x: 0.9, name: "B2" },
  ])
  t.deepEqual(pains, [{ x: 0.5, name: "P1" }])
})

test("minutes are told at whole steps, however long the run", (t) => {
  for (const [count, blockMinutes, step] of [
    [3, 1, 1],
    [40, 1, 10],
    [60, 8, 120],
  ] as const) {
    const { ticks } = plotOf(
      Array.from({ length: count }, () => BLOCK),
      { blockMinutes, durationMs: count * blockMinutes * MINUTE_MS },
    )
    t.is(ticks[1]?.minutes, step)
    t.true(ticks.length <= 7)
    t.true(ticks.every(({ x }) => x <= 1))
  }
})

test("a run without blocks, load or strides is drawn empty", (t) => {
  const { bars, lines } = plotOf([], { durationMs: 0 })
  t.deepEqual([bars, lines], [[], []])
  t.is(plotOf([NO_STRIDE]).bars[0]?.height, 0)
})
