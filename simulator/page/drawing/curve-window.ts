/** The last seconds of a stream at even steps, as the plot takes them: null where nothing is known. Times in s. */
import type { Ring } from "./ring"

/** A window this long is legible; at high speed it would pass before anybody saw it. */
const WINDOW_S = 10
const FAST_WINDOW_S = 40
const FAST_SPEED = 15

export function windowFor(speed: number): number {
  return speed > FAST_SPEED ? FAST_WINDOW_S : WINDOW_S
}

export interface CurveWindow {
  timeS: number[]
  truthDeg: (number | null)[]
  estimateDeg: (number | null)[]
  /** By the device: 1 while the leg is loaded. */
  loaded: (number | null)[]
}

const KNEE = 0
const STANCE = 2

/** @param points of the window, at least 2: of a step's own times, so that a curve does not shimmer as it passes */
export function fillWindow(
  into: CurveWindow,
  truths: Ring,
  estimates: Ring,
  endS: number,
  lengthS: number,
  points: number,
): void {
  const stepS = lengthS / (points - 1)
  const last = Math.floor(endS / stepS)
  into.timeS.length = points
  for (let point = 0; point < points; point++) {
    const timeS = (last - points + 1 + point) * stepS
    into.timeS[point] = timeS
    into.truthDeg[point] = known(truths.at(timeS, KNEE))
    into.estimateDeg[point] = known(estimates.at(timeS, KNEE))
    into.loaded[point] = known(estimates.stepAt(timeS, STANCE))
  }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
