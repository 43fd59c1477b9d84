/** The display's screens side by side as SVG text: each colour one path of rectangles. The same pictures give the same bytes. */
import type { Picture } from "../../hosts/virtual/st7789"
import { type ScreenPicture, screenPictures } from "./pictures"

export const SCREENS_PATH = "docs/screens.svg"

const GAP = 20
const MARGIN = 16
const CASE = 6
const CAPTION_LINE = 17
const CAPTION_LINES = 2
const TITLE = "The display of an M5StickC Plus"
const DESCRIPTION =
  "Five screens, each a bar of small signs above three rows of large figures: in a run the last stride's peak angle, compressions and the run's " +
  "time; otherwise the knee's angle, the battery's charge, and a telephone between waves while a phone may pair."

interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

export function screensSvg(screens: readonly ScreenPicture[] = screenPictures()): string {
  const first = screens[0]?.picture
  if (!first) throw new Error("screens: there is none to draw")
  const pitch = first.width + 2 * CASE + GAP
  const width = 2 * MARGIN + screens.length * pitch - GAP
  const height = 2 * MARGIN + first.height + 2 * CASE + 8 + CAPTION_LINES * CAPTION_LINE
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc"`,
    `  font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="14" text-anchor="middle">`,
    `  <title id="title">${TITLE}</title>`,
    `  <desc id="desc">${DESCRIPTION}</desc>`,
    "  <style>",
    "    .card { fill: #ffffff; stroke: #d5dbe1 }",
    "    .case { fill: #46566a }",
    "    .text { fill: #26323f }",
    "    @media (prefers-color-scheme: dark) {",
    "      .card { fill: #141a21; stroke: #323d49 }",
    "      .text { fill: #e6ecf2 }",
    "    }",
    "  </style>",
    `  <rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="14" />`,
    ...screens.flatMap((screen, index) => drawn(screen, MARGIN + index * pitch)),
    "</svg>",
    "",
  ].join("\n")
}

function drawn({ title, picture }: ScreenPicture, x: number): string[] {
  const { width, height } = picture
  const middle = x + CASE + width / 2
  const under = MARGIN + height + 2 * CASE + 8
  return [
    `  <rect class="case" x="${x}" y="${MARGIN}" width="${width + 2 * CASE}" height="${height + 2 * CASE}" rx="5" />`,
    `  <g transform="translate(${x + CASE} ${MARGIN + CASE})" shape-rendering="crispEdges">`,
    ...[...rectanglesOf(picture)].map(([colour, rectangles]) => `    ${path(colour, rectangles)}`),
    "  </g>",
    ...title.map(
      (line, at) =>
        `  <text class="text" x="${middle}" y="${under + (at + 1) * CAPTION_LINE - 4}">${line}</text>`,
    ),
  ]
}

function path(colour: string, rectangles: readonly Rectangle[]): string {
  const parts = rectangles.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h-${width}z`)
  return `<path fill="${colour}" d="${parts.join("")}" />`
}

/** By colour: runs of a line, and those of the next ones that are under them to the pixel. */
function rectanglesOf({ width, height, rgb }: Picture): Map<string, Rectangle[]> {
  const all = new Map<string, Rectangle[]>()
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; ) {
      const colour = colourAt(rgb, y * width + x)
      let end = x + 1
      while (end < width && colourAt(rgb, y * width + end) === colour) end++
      const rectangles = all.get(colour) ?? []
      all.set(colour, rectangles)
      const above = rectangles.find((one) => one.x === x && one.width === end - x && one.y + one.height === y)
      if (above) above.height++
      else rectangles.push({ x, y, width: end - x, height: 1 })
      x = end
    }
  return all
}

function colourAt(rgb: Uint8Array, pixel: number): string {
  const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * pixel, 3 * pixel + 3)
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, "0")}`
}
