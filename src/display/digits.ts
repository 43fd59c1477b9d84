/** Seven-segment signs out of filled rectangles: what changes from one to the next is all that is drawn. */
import { constant } from "../constant"
import type { Display } from "../drivers/driver"

/** Segments, from the top clockwise, and the middle. */
const A = 1
const B = 2
const C = 4
const D = 8
const E = 16
const F = 32
const G = 64
const SEGMENTS = 7

export const Sign = constant({ blank: 0, minus: G, h: C | E | F | G } as const)

/** @param digit 0 to 9 */
export function signOf(digit: number): number {
  switch (digit) {
    case 0:
      return A | B | C | D | E | F
    case 1:
      return B | C
    case 2:
      return A | B | D | E | G
    case 3:
      return A | B | C | D | G
    case 4:
      return B | C | F | G
    case 5:
      return A | C | D | F | G
    case 6:
      return A | C | D | E | F | G
    case 7:
      return A | B | C
    case 8:
      return A | B | C | D | E | F | G
    default:
      return A | B | C | D | F | G
  }
}

/** Where a sign is, and how large. */
export interface SignBox {
  x: number
  y: number
  width: number
  height: number
  /** Of a segment. */
  stroke: number
}

/** Makes of the sign that is there another. */
export function redraw(
  display: Display,
  box: Readonly<SignBox>,
  from: number,
  to: number,
  colour: number,
  ground: number,
): void {
  const changed = from ^ to
  // What goes first: where segments meet, what stays is drawn over it.
  for (let segment = 0; segment < SEGMENTS; segment++)
    if (changed & ~to & (1 << segment)) drawSegment(display, box, 1 << segment, ground)
  for (let segment = 0; segment < SEGMENTS; segment++)
    if (to & (1 << segment)) drawSegment(display, box, 1 << segment, colour)
}

function drawSegment(display: Display, box: Readonly<SignBox>, segment: number, colour: number): void {
  const { x, y, width, height, stroke } = box
  const half = (height - stroke) >> 1
  const right = x + width - stroke
  switch (segment) {
    case A:
      display.fill(x, y, width, stroke, colour)
      break
    case B:
      display.fill(right, y, stroke, half + stroke, colour)
      break
    case C:
      display.fill(right, y + half, stroke, height - half, colour)
      break
    case D:
      display.fill(x, y + height - stroke, width, stroke, colour)
      break
    case E:
      display.fill(x, y + half, stroke, height - half, colour)
      break
    case F:
      display.fill(x, y, stroke, half + stroke, colour)
      break
    default:
      display.fill(x, y + half, width, stroke, colour)
  }
}
