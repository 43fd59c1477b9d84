/** What the orientation filter's tests share: samples fed in, and what it tells as vectors and degrees. */
import type { Orientation } from "../../src/motion/orientation"
import { PERIOD_S, type Sample, turned, type Vector } from "./thigh-motion"

/** Samples from one judgement of rest to the next. */
export const BLOCK = 16
/** Up is in 1/2^14 g for a count of 1/2049 g. */
export const UP_PER_COUNT = 8
/** A sensor askew to the thigh in every axis. */
export const TILTED = turned(35, 12, -14)

export const up = ({ upX, upY, upZ }: Orientation): Vector => [upX, upY, upZ]
export const bias = ({ biasX, biasY, biasZ }: Orientation): Vector => [biasX, biasY, biasZ]
export const inclinationDeg = ({ upX, upZ }: Orientation): number => (Math.atan2(upX, upZ) * 180) / Math.PI
export const samplesIn = (seconds: number): number => Math.round(seconds / PERIOD_S)

export function feed(orientation: Orientation, samples: readonly Sample[]): void {
  for (const sample of samples) orientation.step(...sample)
}
