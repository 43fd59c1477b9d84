/** Reads a display's picture as a person would: which segments of a figure are lit, and how full the battery's sign is. */
import type { Picture } from "../../hosts/virtual/st7789"

const FIGURES: Record<string, string> = {
  abcdef: "0",
  bc: "1",
  abdeg: "2",
  abcdg: "3",
  bcfg: "4",
  acdfg: "5",
  acdefg: "6",
  abc: "7",
  abcdefg: "8",
  abcdfg: "9",
  g: "-",
  cefg: "h",
  "": " ",
}
/** Left edges and width of a row's figures. */
const LAYOUTS = {
  plain: { x: [2, 36, 70, 104], width: 28 },
  angle: { x: [2, 36, 70], width: 28 },
  minutes: { x: [1, 33, 75, 107], width: 27 },
  long: { x: [2, 29, 56, 83, 110], width: 22 },
} as const
const ROW_Y = [32, 104, 176] as const
const HEIGHT = 64
const IN = 3
const LIGHT = 0x40

export function isLit({ width, rgb }: Picture, x: number, y: number): boolean {
  const at = 3 * (y * width + x)
  return Math.max(...rgb.subarray(at, at + 3)) > LIGHT
}

/** The figures of a row, "?" for what is none. */
export function readRow(picture: Picture, row: 0 | 1 | 2, layout: keyof typeof LAYOUTS): string {
  const { x, width } = LAYOUTS[layout]
  return x.map((left) => figureAt(picture, left, ROW_Y[row], width)).join("")
}

function figureAt(picture: Picture, x: number, y: number, width: number): string {
  const middle = x + (width >> 1)
  const right = x + width - 1 - IN
  const bottom = y + HEIGHT - 1 - IN
  const points = {
    a: [middle, y + IN],
    b: [right, y + (HEIGHT >> 2)],
    c: [right, y + 3 * (HEIGHT >> 2)],
    d: [middle, bottom],
    e: [x + IN, y + 3 * (HEIGHT >> 2)],
    f: [x + IN, y + (HEIGHT >> 2)],
    g: [middle, y + (HEIGHT >> 1)],
  } as const
  const lit = Object.entries(points).filter(([, [column, line]]) => isLit(picture, column, line))
  return FIGURES[lit.map(([name]) => name).join("")] ?? "?"
}

/** Share of the battery's sign that is full. */
export function readBattery(picture: Picture): number {
  let lit = 0
  for (let x = 103; x < 127; x++) if (isLit(picture, x, 12)) lit++
  return lit / 24
}

/** The display is on. */
export function isOn({ rgb }: Picture): boolean {
  return rgb.some((byte) => byte > 0)
}
