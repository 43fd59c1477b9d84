/** A figure of the trends, drawn (uPlot): a line for each knee, broken where it may not be joined, with error bars, and a dashed line where another version begins. */
import uPlot from "uplot"
import type { Figure, FigureLine } from "./figures"
import type { VersionMark } from "./span"

const MS_PER_DAY = 86_400_000
const HEIGHT_PX = 150
const LABEL_WIDTH_PX = 52
const AXIS_FONT = "12px system-ui, sans-serif"
const LINE_PX = 1.5
/** Of a dot; smaller where there are many. */
const POINT_PX = 6
const SMALL_POINT_PX = 3
const MANY = 60
const LEAST_TICK_PX = 52
const MARK_DASH_PX = [3, 3]
/** Error bars of two knees stand beside each other. */
const BAR_APART_PX = 3
const HEADROOM = 20
const YEAR_MS = 365 * MS_PER_DAY
const MONTH_MS = 28 * MS_PER_DAY

/** How a knee is drawn, by colour, dash and dot; the style sheet has the colours, and draws the key alike. */
const FIRST_STYLE: { colour: string; dashPx: number[]; dot: string } = {
  colour: "--device",
  dashPx: [],
  dot: "--device",
}
const KNEE_STYLES = [
  FIRST_STYLE,
  { colour: "--second-knee", dashPx: [7, 4], dot: "--card" },
  { colour: "--text", dashPx: [2, 3], dot: "--text" },
]

const YEAR = format({ year: "numeric" })
const MONTH = format({ month: "short" })
const DAY = format({ day: "numeric", month: "short" })

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" })
}

export interface Drawn {
  figure: Figure
  /** All that the axis of time has, oldest first. */
  periods: readonly number[]
  marks: readonly VersionMark[]
}

/** @returns what takes it away */
export function drawFigure(place: HTMLElement, drawn: Drawn): () => void {
  const plot = new uPlot(options(place, drawn), data(drawn), place)
  const resized = new ResizeObserver(() => {
    if (place.clientWidth > 0) plot.setSize({ width: place.clientWidth, height: HEIGHT_PX })
  })
  resized.observe(place)
  const redraw = () => plot.redraw()
  const system = matchMedia("(prefers-color-scheme: dark)")
  system.addEventListener("change", redraw)
  const chosen = new MutationObserver(redraw)
  chosen.observe(document.documentElement, { attributeFilter: ["data-scheme"] })
  return () => {
    chosen.disconnect()
    system.removeEventListener("change", redraw)
    resized.disconnect()
    plot.destroy()
  }
}

function data({ figure, periods }: Drawn): uPlot.AlignedData {
  const lines = figure.lines.map(({ points }) => {
    const values = new Map(points.map(({ startDay, value }) => [startDay, value]))
    return periods.map((day) => values.get(day) ?? null)
  })
  return [periods.map((day) => day * MS_PER_DAY), ...lines]
}

function options(place: HTMLElement, { figure, periods, marks }: Drawn): uPlot.Options {
  const colour = (name: string) => () => colourOf(place, name)
  const axis = { stroke: colour("--soft"), font: AXIS_FONT, ticks: { show: false } }
  return {
    width: Math.max(1, place.clientWidth),
    height: HEIGHT_PX,
    // Days stand as they are, without the zone of the phone.
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), "Etc/UTC"),
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 10, 0, 0],
    scales: {
      x: { time: true, range: () => xRange(periods) },
      y: { range: (_, least, most) => yRange(figure, least, most) },
    },
    axes: [
      {
        ...axis,
        size: 28,
        gap: 8,
        space: LEAST_TICK_PX,
        grid: { show: false },
        values: (_, splits, _axis, _space, incrementMs) => splits.map((ms) => timeWords(ms, incrementMs)),
      },
      {
        ...axis,
        size: LABEL_WIDTH_PX,
        gap: 4,
        grid: { stroke: colour("--line"), width: 1 },
        values: (_, ticks) => ticks.map(figure.axisWords),
      },
    ],
    series: [{}, ...figure.lines.map(({ knee }) => seriesOf(styleOf(knee), periods.length, colour))],
    hooks: {
      drawClear: [
        (plot) => {
          drawMarks(plot, marks, colourOf(place, "--soft"))
          if (figure.limit !== undefined) drawLimit(plot, figure.limit, colourOf(place, "--past"))
          for (const line of figure.lines) drawErrors(plot, line, colourOf(place, styleOf(line.knee).colour))
        },
      ],
    },
  }
}

function styleOf(knee: number): typeof FIRST_STYLE {
  return KNEE_STYLES[knee % KNEE_STYLES.length] ?? FIRST_STYLE
}

function seriesOf(
  { colour, dashPx, dot }: typeof FIRST_STYLE,
  periods: number,
  read: (name: string) => () => string,
): uPlot.Series {
  return {
    stroke: read(colour),
    width: LINE_PX,
    dash: dashPx,
    points: { show: true, size: periods > MANY ? SMALL_POINT_PX : POINT_PX, width: LINE_PX, fill: read(dot) },
  }
}

/** As the scheme in use has it: a canvas cannot read light-dark(). */
function colourOf(place: HTMLElement, name: string): string {
  place.style.color = `var(${name})`
  return getComputedStyle(place).color
}

/** Half a period of room on both sides. */
function xRange(periods: readonly number[]): [number, number] {
  const first = periods[0] ?? 0
  const last = periods.at(-1) ?? 0
  const room = periods.length > 1 ? (last - first) / (periods.length - 1) / 2 : 1
  return [(first - room) * MS_PER_DAY, (last + room) * MS_PER_DAY]
}

/** The errors and the limit are in it too. */
function yRange({ lines, limit, least, most, room }: Figure, from: number, to: number): [number, number] {
  const errors = lines.flatMap(({ points }) => points.map(({ error = 0 }) => error))
  const error = errors.reduce((largest, one) => Math.max(largest, one), 0)
  const low = least ?? Math.floor(from - error - room)
  const high = Math.max(to + error + room, limit ?? 0, most ?? 0, low + 1)
  // A line at the very top is not cut in half.
  return [low, high + (high - low) / HEADROOM]
}

function timeWords(ms: number, incrementMs: number): string {
  if (incrementMs >= YEAR_MS) return YEAR.format(ms)
  if (incrementMs < MONTH_MS) return DAY.format(ms)
  return new Date(ms).getUTCMonth() === 0 ? YEAR.format(ms) : MONTH.format(ms)
}

/** Dashed, with the number that the words below have. */
function drawMarks(plot: uPlot, marks: readonly VersionMark[], colour: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = colour
  ctx.fillStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.font = `600 ${11 * devicePixelRatio}px system-ui, sans-serif`
  ctx.textAlign = "center"
  ctx.setLineDash(MARK_DASH_PX.map((px) => px * devicePixelRatio))
  for (const [index, { startDay }] of marks.entries()) {
    const x = plot.valToPos(startDay * MS_PER_DAY, "x", true)
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.fillText(String(index + 1), x, bbox.top - 2 * devicePixelRatio)
  }
  ctx.restore()
}

function drawLimit({ ctx, bbox, valToPos }: uPlot, limit: number, colour: string): void {
  const y = valToPos(limit, "y", true)
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}

function drawErrors(plot: uPlot, { knee, points }: FigureLine, colour: string): void {
  const { ctx } = plot
  ctx.save()
  ctx.strokeStyle = colour
  ctx.globalAlpha = 0.35
  ctx.lineWidth = 2 * devicePixelRatio
  for (const { startDay, value, error } of points) {
    if (error === undefined) continue
    const x = plot.valToPos(startDay * MS_PER_DAY, "x", true) + knee * BAR_APART_PX * devicePixelRatio
    ctx.beginPath()
    ctx.moveTo(x, plot.valToPos(value - error, "y", true))
    ctx.lineTo(x, plot.valToPos(value + error, "y", true))
    ctx.stroke()
  }
  ctx.restore()
}
