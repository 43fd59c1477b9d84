/** What a linear model says of a stride: its coefficients and the features of stride-shape.ts in, one number out. */
import type { LinearReadout } from "./flexion-model"
import { FEATURES } from "./stride-shape"

/** constant + weights · features. Products are shifted before they are summed, so that no sum leaves int32. */
export function readOut(readout: LinearReadout, features: Int32Array): number {
  const weights = readout.weightsQ12
  let sum = 0
  for (let i = 0; i < FEATURES; i++) sum += ((weights[i] as number) * (features[i] as number)) >> 6
  return readout.constant + (sum >> 6)
}
