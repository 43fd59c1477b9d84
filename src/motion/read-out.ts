/** What a linear model says of a stride: its coefficients and the features of stride-shape.ts in, one number out. */
import type { LinearReadout } from "./flexion-model"
import { FEATURES } from "./stride-shape"

/** constant + weights · features. Products are shifted before they are summed, so that no sum leaves int32. */
export function readOut(readout: LinearReadout, features: Int32Array): number {
  const weights = readout.weightsQ12
  let sum = 0
  // Two at a time: the loop itself costs as much as a product.
  for (let i = 0; i < FEATURES - 1; i += 2)
    sum +=
      (((weights[i] as number) * (features[i] as number)) >> 6) +
      (((weights[i + 1] as number) * (features[i + 1] as number)) >> 6)
  if (FEATURES & 1) sum += ((weights[FEATURES - 1] as number) * (features[FEATURES - 1] as number)) >> 6
  return readout.constant + (sum >> 6)
}
