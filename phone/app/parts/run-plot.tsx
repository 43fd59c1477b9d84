/** A run over its time: load and depth by block, and when it buzzed and hurt; drawn in lines that print as sharply as they show. */
import { useMemo } from "preact/hooks"
import type { RunView } from "../../runs/run-view"
import { wholeWords } from "../figure-words"
import { PLOT, type PlotMark, type PlotPoint, timePlot } from "../time-plot"

const POINT_RADIUS = 3
const BAR_SHARE = 0.86
const TEXT_DROP = 4

export function RunPlot({ run }: { run: RunView }) {
  const plot = useMemo(() => timePlot(run), [run])
  if (run.blocks.length === 0) return <p class="soft">The record has no time line of this run.</p>
  const { thresholdDeg, blockMinutes, peak } = run
  return (
    <>
      <div
        class="plot"
        role="img"
        aria-label="Load and median depth over the run, with buzzes and pain marks. The table after it has the numbers."
      >
        <svg class="plot-scale" height={PLOT.height} aria-hidden="true">
          <text x="100%" y={PLOT.loadTopY + TEXT_DROP}>
            {wholeWords(plot.largestLoad)}
          </text>
          <text x="100%" y={PLOT.loadEndY + TEXT_DROP}>
            0
          </text>
          <text x="100%" y={PLOT.depthTopY + TEXT_DROP}>
            {plot.highestDeg}°
          </text>
          <text x="100%" y={plot.thresholdY + TEXT_DROP}>
            {thresholdDeg}°
          </text>
          <text x="100%" y={PLOT.depthEndY + TEXT_DROP}>
            {plot.lowestDeg}°
          </text>
        </svg>
        <svg class="plot-body" height={PLOT.height} aria-hidden="true">
          <text y={PLOT.loadTitleY}>Load, {blockWords(blockMinutes)}</text>
          <text y={PLOT.depthTitleY}>Median depth, {blockWords(blockMinutes)}</text>
          {plot.bars.map(({ x, width, y, height }) => (
            <rect
              key={x}
              class="plot-load"
              x={percent(x)}
              width={percent(width * BAR_SHARE)}
              y={y}
              height={height}
            />
          ))}
          <Level y={PLOT.loadEndY} />
          <Level y={PLOT.depthEndY} />
          <Level y={plot.thresholdY} name="plot-threshold" />
          {plot.lines.map((line) => (
            <Line key={line[0]?.x} line={line} />
          ))}
          <Marks marks={plot.buzzes} kind="buzz" y={PLOT.buzzY} />
          <Marks marks={plot.pains} kind="pain" y={PLOT.painY} />
          {plot.ticks.map(({ x, minutes }) => (
            <text key={minutes} class="plot-tick" x={percent(x)} y={PLOT.ticksY}>
              {minutes === 0 ? "0 min" : minutes}
            </text>
          ))}
        </svg>
      </div>
      <p class="plot-legend">
        B is a buzz, P a pain mark. The dashed line is your threshold of {thresholdDeg}°. Each depth is off by{" "}
        {peak.errorDeg.toFixed(1)}° on average.
      </p>
    </>
  )
}

/** "each minute", "each 2 minutes" */
function blockWords(blockMinutes: number): string {
  return blockMinutes === 1 ? "each minute" : `each ${blockMinutes} minutes`
}

function Level({ y, name = "plot-level" }: { y: number; name?: string }) {
  return <line class={name} x1="0" x2="100%" y1={y} y2={y} />
}

function Line({ line }: { line: readonly PlotPoint[] }) {
  return (
    <g class="plot-depth">
      {line.slice(1).map(({ x, y }, index) => {
        const before = line[index] ?? { x, y }
        return <line key={x} x1={percent(before.x)} y1={before.y} x2={percent(x)} y2={y} />
      })}
      {line.map(({ x, y }) => (
        <circle key={x} cx={percent(x)} cy={y} r={POINT_RADIUS} />
      ))}
    </g>
  )
}

interface MarksProps {
  marks: readonly PlotMark[]
  kind: "buzz" | "pain"
  y: number
}

function Marks({ marks, kind, y }: MarksProps) {
  return (
    <g class={`plot-${kind}`}>
      {marks.map(({ x, name }) => (
        <g key={name}>
          <line x1={percent(x)} x2={percent(x)} y1={y + TEXT_DROP} y2={PLOT.depthEndY} />
          <text x={percent(x)} y={y}>
            {name}
          </text>
        </g>
      ))}
    </g>
  )
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`
}
