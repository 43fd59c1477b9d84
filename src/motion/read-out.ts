/** What a linear model says of a stride: its coefficients and the features of stride-shape.ts in, one number out. */
import type { LinearReadout } from "./flexion-model"
import { FEATURES, type Features } from "./stride-shape"

/** Products taken at a time: a turn of the loop costs as much as a product. */
const UNROLLED = 4
const UNROLLED_END = FEATURES - (FEATURES % UNROLLED)

/** constant + weights · features. Products are shifted before they are summed, so that no sum leaves int32. */
export function readOut(readout: LinearReadout, features: Readonly<Features>): number {
  const weights = readout.weightsQ12
  let sum = 0
  let i = 0
  while (i < UNROLLED_END) {
    sum +=
      (((weights[i] as number) * (features[i] as number)) >> 6) +
      (((weights[i + 1] as number) * (features[i + 1] as number)) >> 6) +
      (((weights[i + 2] as number) * (features[i + 2] as number)) >> 6) +
      (((weights[i + 3] as number) * (features[i + 3] as number)) >> 6)
    i += UNROLLED
  }
  for (; i < FEATURES; i++) sum += ((weights[i] as number) * (features[i] as number)) >> 6
  return readout.constant + (sum >> 6)
}
