/**
 * A stride's features (src/motion/stride-shape.ts) as the regressions see them, and their weights as the device takes them.
 * The ways forward and up are seen about their mean over the stride, not from the trough: a penalty then treats all places alike.
 */
import type { LinearReadout } from "../../src/motion/flexion-model"
import type { LinearFit } from "./ridge"

/** Stride time and the thigh at each place, then the two ways without their first value, which is 0. */
const WAYS = 2
const Q12 = 4096

/** The features at every other place: of those at sixteenths, the ones at eighths. The first place is the trough. */
export function everyOther(features: readonly number[]): number[] {
  const places = (features.length + WAYS - 1) / (1 + WAYS)
  const [time, ...curves] = features as [number, ...number[]]
  const thigh = curves.slice(0, places)
  const ways = [places, 2 * places - 1].map((from) =>
    [0, ...curves.slice(from, from + places - 1)].filter(isEven),
  )
  return [time, ...thigh.filter(isEven), ...ways.flatMap((way) => way.slice(1))]
}

const isEven = (_: number, i: number) => i % 2 === 0

export function shapeRow(features: readonly number[]): number[] {
  const places = (features.length + WAYS - 1) / (1 + WAYS)
  const plain = 1 + places
  const row = features.slice(0, plain)
  for (let way = 0; way < WAYS; way++) {
    const from = plain + way * (places - 1)
    const own = [0, ...features.slice(from, from + places - 1)]
    const mean = own.reduce((sum, place) => sum + place, 0) / places
    row.push(...own.map((place) => place - mean))
  }
  return row
}

/** From a fit to rows of shapeRow() to what reads out plain features. */
export function readout({ constant, weights }: LinearFit): LinearReadout {
  const places = (weights.length - 1) / (1 + WAYS)
  const plain = weights.slice(0, 1 + places)
  for (let way = 1; way <= WAYS; way++) {
    const own = weights.slice(1 + way * places, 1 + (way + 1) * places)
    const mean = own.reduce((sum, weight) => sum + weight, 0) / places
    plain.push(...own.slice(1).map((weight) => weight - mean))
  }
  return plainReadout({ constant, weights: plain })
}

/** Of a fit to plain features. */
export function plainReadout({ constant, weights }: LinearFit): LinearReadout {
  return { constant: Math.round(constant), weightsQ12: weights.map((weight) => Math.round(weight * Q12)) }
}
