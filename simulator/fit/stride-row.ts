/**
 * A stride's features (src/motion/stride-shape.ts) as the regressions see them, and their weights as the device takes them.
 * The ways forward and up are seen about their mean over the stride, not from the trough: a penalty then treats all places alike.
 */
import type { LinearReadout } from "../../src/motion/flexion-model"
import type { LinearFit } from "./ridge"

/** Sixteenths of a stride. */
const PHASES = 16
/** Stride time and the thigh, then the two ways without their first value, which is 0. */
const PLAIN = 1 + PHASES
const WAYS = 2
const Q12 = 4096

export function shapeRow(features: readonly number[]): number[] {
  const row = features.slice(0, PLAIN)
  for (let way = 0; way < WAYS; way++) {
    const from = PLAIN + way * (PHASES - 1)
    const places = [0, ...features.slice(from, from + PHASES - 1)]
    const mean = places.reduce((sum, place) => sum + place, 0) / PHASES
    row.push(...places.map((place) => place - mean))
  }
  return row
}

/** From a fit to rows of shapeRow() to what reads out plain features. */
export function readout({ constant, weights }: LinearFit): LinearReadout {
  const plain = weights.slice(0, PLAIN)
  for (let way = 0; way < WAYS; way++) {
    const own = weights.slice(PLAIN + way * PHASES, PLAIN + (way + 1) * PHASES)
    const mean = own.reduce((sum, weight) => sum + weight, 0) / PHASES
    plain.push(...own.slice(1).map((weight) => weight - mean))
  }
  return plainReadout({ constant, weights: plain })
}

/** Of a fit to plain features. */
export function plainReadout({ constant, weights }: LinearFit): LinearReadout {
  return { constant: Math.round(constant), weightsQ12: weights.map((weight) => Math.round(weight * Q12)) }
}
