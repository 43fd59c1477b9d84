/**
 * A plot as SVG text: scales, axes with ticks, lines, bands and points, in colours for light and dark, readable on a phone. The same figures
 * give the same bytes. Lengths in px of a picture 420 wide.
 */

export const WIDTH = 420
const FONT_SIZE = 14
const TICK_LENGTH = 5
const LABEL_GAP = 4
/** From a text's middle to its foot. */
export const TEXT_RISE = 5
const TITLE_RISE = 10
export const POINT_RADIUS = 3.5

export interface Box {
  left: number
  top: number
  width: number
  height: number
}
export type Range = readonly [from: number, to: number]
export type Point = readonly [x: number, y: number]

/** Colour classes: `soft` for what explains, `onFill` for text on a full colour, `truth` for it, the others for what was measured. */
const STYLE = `
    .card { fill: #ffffff; stroke: #d5dbe1 }
    .grid { stroke: #dfe4e9 }
    .axis { stroke: #97a2ad }
    .shade { fill: #eef2f5 }
    .text { fill: #26323f }
    .soft { fill: #5a6876 }
    .onFill { fill: #ffffff }
    .truth { stroke: #46566a }
    .device { stroke: #c8500f }
    .other { stroke: #0b6e74 }
    .third { stroke: #7a4fb5 }
    .device.area { fill: #c8500f }
    .other.area { fill: #0b6e74 }
    .third.area { fill: #7a4fb5 }
    .truth.area { fill: #46566a }
    @media (prefers-color-scheme: dark) {
      .card { fill: #141a21; stroke: #323d49 }
      .grid { stroke: #2a343f }
      .axis { stroke: #6d7a87 }
      .shade { fill: #1d262f }
      .text { fill: #e6ecf2 }
      .soft { fill: #a9b6c2 }
      .onFill { fill: #141a21 }
      .truth { stroke: #c4d0dc }
      .device { stroke: #ff9d5c }
      .other { stroke: #58d0d7 }
      .third { stroke: #b99af0 }
      .device.area { fill: #ff9d5c }
      .other.area { fill: #58d0d7 }
      .third.area { fill: #b99af0 }
      .truth.area { fill: #c4d0dc }
    }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round }
    .dashed { stroke-dasharray: 5 4 }
    .band { stroke: none; fill-opacity: 0.2 }
    .bar { stroke: none }
    .point { stroke: none; fill-opacity: 0.6 }
`

export function picture(
  about: { title: string; description: string; height: number },
  body: string[],
): string {
  const { title, description, height } = about
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc"`,
    `  font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="${FONT_SIZE}">`,
    `  <title id="title">${escaped(title)}</title>`,
    `  <desc id="desc">${escaped(description)}</desc>`,
    `  <style>${STYLE}  </style>`,
    `  <rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="14" />`,
    ...body.map((line) => `  ${line}`),
    "</svg>",
    "",
  ].join("\n")
}

/** Where values lie in a box: x to the right, y upwards. */
export class Panel {
  readonly box: Box
  readonly #x: Range
  readonly #y: Range

  constructor(box: Box, x: Range, y: Range) {
    this.box = box
    this.#x = x
    this.#y = y
  }
  x(value: number): number {
    return this.box.left + ((value - this.#x[0]) / (this.#x[1] - this.#x[0])) * this.box.width
  }
  y(value: number): number {
    return this.box.top + ((this.#y[1] - value) / (this.#y[1] - this.#y[0])) * this.box.height
  }

  /** Grid, ticks with their numbers, and a title above; `unit` follows each number. */
  axes(xTicks: readonly number[], yTicks: readonly number[], title: string, units: { x: string; y: string }) {
    const { left, top, width, height } = this.box
    const bottom = top + height
    return [
      ...yTicks.flatMap((tick) => [
        `<path class="grid" d="M${px(left)} ${px(this.y(tick))}h${px(width)}" />`,
        text(left - LABEL_GAP, this.y(tick) + TEXT_RISE, `${tick}${units.y}`, "soft", "end"),
      ]),
      ...xTicks.flatMap((tick) => [
        `<path class="axis" d="M${px(this.x(tick))} ${px(bottom)}v${TICK_LENGTH}" />`,
        text(this.x(tick), bottom + TICK_LENGTH + FONT_SIZE, `${tick}${units.x}`, "soft", "middle"),
      ]),
      `<path class="axis" d="M${px(left)} ${px(bottom)}h${px(width)}" />`,
      text(left, top - TITLE_RISE, title, "text", "start"),
    ]
  }
  line(points: readonly Point[], classes: string): string {
    return `<path class="line ${classes}" d="${this.#path(points)}" />`
  }
  /** Between two lines over the same x. */
  band(lower: readonly Point[], upper: readonly Point[], classes: string): string {
    return `<path class="area band ${classes}" d="${this.#path([...upper, ...[...lower].reverse()])}Z" />`
  }
  point([x, y]: Point, classes: string): string {
    return `<circle class="area point ${classes}" cx="${px(this.x(x))}" cy="${px(this.y(y))}" r="${POINT_RADIUS}" />`
  }
  shade([from, to]: Range): string {
    const { top, height } = this.box
    return `<rect class="shade" x="${px(this.x(from))}" y="${px(top)}" width="${px(this.x(to) - this.x(from))}" height="${px(height)}" />`
  }

  #path(points: readonly Point[]): string {
    return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${px(this.x(x))} ${px(this.y(y))}`).join("")
  }
}

export function text(
  x: number,
  y: number,
  words: string,
  classes: string,
  anchor: "start" | "middle" | "end",
): string {
  return `<text class="${classes}" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escaped(words)}</text>`
}

/** Whole ticks of this step within the range. */
export function ticks([from, to]: Range, step: number): number[] {
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step)
}

/** The narrowest range of whole steps around the values. */
export function rangeOf(values: readonly number[], step: number): Range {
  return [Math.floor(Math.min(...values) / step) * step, Math.ceil(Math.max(...values) / step) * step]
}

/** A tenth of a px is finer than any screen shows. */
export function px(length: number): string {
  return String(Number(length.toFixed(1)))
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
