/** What the plot of the knee shows beside its curves. Angles in °, times in s. */
import type uPlot from "uplot"
import type { StrideMark } from "../../serve/messages"
import type { CurveWindow } from "./curve-window"

export interface Colours {
  truth: string
  device: string
  past: string
  pastRange: string
  soft: string
  line: string
  card: string
}

/** As the style sheet has them, for the scheme that the reader prefers. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    truth: colour("truth-line"),
    device: colour("device"),
    past: colour("past"),
    pastRange: colour("past-range"),
    soft: colour("soft"),
    line: colour("line"),
    card: colour("card"),
  }
}

const BAR_HEIGHT_PX = 5
const MARK_RADIUS_PX = 4
const LABEL_FONT_PX = 12
const LABEL_ROOM_PX = 26

/** Everything past the threshold lies in a tinted band that begins with a line. */
export function drawPastRange(plot: uPlot, thresholdDeg: number, colours: Colours): void {
  const { ctx, bbox } = plot
  const y = plot.valToPos(thresholdDeg, "y", true)
  ctx.save()
  ctx.fillStyle = colours.pastRange
  ctx.fillRect(bbox.left, bbox.top, bbox.width, y - bbox.top)
  ctx.strokeStyle = colours.past
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}

/** By the device: a bar at the bottom while the leg is loaded, and the curve filled down to the threshold where it is past it then. */
export function drawLoaded(plot: uPlot, window: CurveWindow, thresholdDeg: number, colours: Colours): void {
  const { ctx, bbox } = plot
  const { timeS, estimateDeg, loaded } = window
  const x = (point: number) => plot.valToPos(timeS[point] as number, "x", true)
  const y = (deg: number) => plot.valToPos(deg, "y", true)
  const bottom = bbox.top + bbox.height
  const barHeight = BAR_HEIGHT_PX * devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (let point = 1; point < timeS.length; point++) {
    if (!loaded[point] || !loaded[point - 1]) continue
    const from = x(point - 1)
    const to = x(point)
    ctx.fillStyle = colours.soft
    ctx.fillRect(from, bottom - barHeight, to - from + 1, barHeight)
    const before = estimateDeg[point - 1] ?? 0
    const after = estimateDeg[point] ?? 0
    if (before <= thresholdDeg || after <= thresholdDeg) continue
    ctx.fillStyle = colours.past
    ctx.beginPath()
    ctx.moveTo(from, y(before))
    ctx.lineTo(to + 1, y(after))
    ctx.lineTo(to + 1, y(thresholdDeg))
    ctx.lineTo(from, y(thresholdDeg))
    ctx.fill()
  }
  ctx.restore()
}

/** A dot at each compression's depth, in the middle of its stance, and the depth where there is room. */
export function drawCompressions(
  plot: uPlot,
  strides: readonly StrideMark[],
  fromS: number,
  toS: number,
  colours: Colours,
): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.font = `600 ${LABEL_FONT_PX * ratio}px system-ui, sans-serif`
  ctx.textAlign = "center"
  const halfLabel = (LABEL_ROOM_PX * ratio) / 2
  let roomFrom = Number.NEGATIVE_INFINITY
  for (const { contactS, toeOffS, peakDeg, isCompression } of strides) {
    if (!isCompression || toeOffS < fromS || contactS > toS) continue
    const x = plot.valToPos((contactS + toeOffS) / 2, "x", true)
    const y = plot.valToPos(peakDeg, "y", true)
    ctx.fillStyle = colours.past
    ctx.strokeStyle = colours.card
    ctx.lineWidth = 1.5 * ratio
    ctx.beginPath()
    ctx.arc(x, y, MARK_RADIUS_PX * ratio, 0, 2 * Math.PI)
    ctx.fill()
    ctx.stroke()
    const isCut = x - halfLabel < bbox.left || x + halfLabel > bbox.left + bbox.width
    if (isCut || x < roomFrom) continue
    roomFrom = x + LABEL_ROOM_PX * ratio
    ctx.fillText(`${Math.round(peakDeg)}°`, x, y - (MARK_RADIUS_PX + 5) * ratio)
  }
  ctx.restore()
}
