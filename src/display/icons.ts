/** Small pictures out of filled rectangles, each drawn upon black. */
import type { Display } from "../drivers/driver"
import { Colour } from "./colour"

const PERCENT = 100

/** A frame, hollow. */
export function drawFrame(
  display: Display,
  x: number,
  y: number,
  width: number,
  height: number,
  stroke: number,
  colour: number,
): void {
  display.fill(x, y, width, stroke, colour)
  display.fill(x, y + height - stroke, width, stroke, colour)
  display.fill(x, y + stroke, stroke, height - 2 * stroke, colour)
  display.fill(x + width - stroke, y + stroke, stroke, height - 2 * stroke, colour)
}

const CELL_WIDTH = 32
const CELL_HEIGHT = 18
const CELL_STROKE = 2
const POLE_WIDTH = 3

/** 35 × 18, filled as far as the cell is. */
export function drawBattery(display: Display, x: number, y: number, percent: number, colour: number): void {
  drawFrame(display, x, y, CELL_WIDTH, CELL_HEIGHT, CELL_STROKE, Colour.white)
  display.fill(x + CELL_WIDTH, y + 5, POLE_WIDTH, 8, Colour.white)
  const room = CELL_WIDTH - 4 * CELL_STROKE
  const width = Math.min(room, Math.max(1, Math.round((room * percent) / PERCENT)))
  display.fill(x + 2 * CELL_STROKE, y + 2 * CELL_STROKE, width, CELL_HEIGHT - 4 * CELL_STROKE, colour)
}

/** A flash of lightning, 11 × 20: it charges. */
export function drawBolt(display: Display, x: number, y: number): void {
  display.fill(x + 6, y, 4, 4, Colour.yellow)
  display.fill(x + 4, y + 3, 5, 4, Colour.yellow)
  display.fill(x + 2, y + 6, 5, 4, Colour.yellow)
  display.fill(x, y + 9, 11, 3, Colour.yellow)
  display.fill(x + 5, y + 11, 4, 4, Colour.yellow)
  display.fill(x + 3, y + 14, 4, 3, Colour.yellow)
  display.fill(x + 1, y + 17, 4, 3, Colour.yellow)
}

/** A telephone, 12 × 20. */
export function drawPhone(display: Display, x: number, y: number, colour: number): void {
  drawFrame(display, x, y, 12, 20, 2, colour)
  display.fill(x + 2, y + 14, 8, 2, colour)
}

/** An exclamation mark on a sign, 16 × 20. */
export function drawWarning(display: Display, x: number, y: number): void {
  display.fill(x, y, 16, 20, Colour.red)
  display.fill(x + 6, y + 3, 4, 9, Colour.white)
  display.fill(x + 6, y + 14, 4, 3, Colour.white)
}

/** A telephone between waves, 84 × 64: one can be paired. */
export function drawPairing(display: Display, x: number, y: number): void {
  drawFrame(display, x + 24, y, 36, 64, 5, Colour.cyan)
  display.fill(x + 29, y + 48, 26, 4, Colour.cyan)
  for (let wave = 0; wave < 2; wave++) {
    const height = 24 + 20 * wave
    const top = y + ((64 - height) >> 1)
    display.fill(x + 12 - 12 * wave, top, 6, height, Colour.cyan)
    display.fill(x + 66 + 12 * wave, top, 6, height, Colour.cyan)
  }
}

/** A percent sign, 28 × 64. */
export function drawPercent(display: Display, x: number, y: number, colour: number): void {
  drawFrame(display, x, y + 8, 13, 14, 4, colour)
  drawFrame(display, x + 15, y + 42, 13, 14, 4, colour)
  for (let step = 0; step < 6; step++) display.fill(x + 2 + 4 * step, y + 48 - 7 * step, 4, 9, colour)
}
