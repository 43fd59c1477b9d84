/** What a linear model says of a stride: its coefficients and the features of stride-shape.ts in, one number out. */
import type { LinearReadout } from "./flexion-model"
import { FEATURES, type Features } from "./stride-shape"

/** Products taken at a time: a turn of the loop costs as much as a product. */
const UNROLLED = 4
const UNROLLED_END = FEATURES - (FEATURES % UNROLLED)

/** The stride time, thigh and ways at eighths of the stride: every other sixteenth. */
export const EIGHTHS_FEATURES = 23

/** An array of that length, FEATURES or EIGHTHS_FEATURES: what is written out below is held against it. */
type Numbers<Length extends number, Known extends number[] = []> = Known["length"] extends Length
  ? Readonly<Known>
  : Numbers<Length, [...Known, number]>

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

/** The same of the features at eighths alone. Written out: a stride has five of it at most, and a loop costs half as much again. */
export function readOutEighths(readout: LinearReadout, features: Readonly<Features>): number {
  const w = readout.weightsQ12 as readonly number[] as Numbers<typeof EIGHTHS_FEATURES>
  const f = features as readonly number[] as Numbers<47>
  const sum =
    ((w[0] * f[0]) >> 6) +
    // Thigh.
    ((w[1] * f[1]) >> 6) +
    ((w[2] * f[3]) >> 6) +
    ((w[3] * f[5]) >> 6) +
    ((w[4] * f[7]) >> 6) +
    ((w[5] * f[9]) >> 6) +
    ((w[6] * f[11]) >> 6) +
    ((w[7] * f[13]) >> 6) +
    ((w[8] * f[15]) >> 6) +
    // Forward.
    ((w[9] * f[18]) >> 6) +
    ((w[10] * f[20]) >> 6) +
    ((w[11] * f[22]) >> 6) +
    ((w[12] * f[24]) >> 6) +
    ((w[13] * f[26]) >> 6) +
    ((w[14] * f[28]) >> 6) +
    ((w[15] * f[30]) >> 6) +
    // Up.
    ((w[16] * f[33]) >> 6) +
    ((w[17] * f[35]) >> 6) +
    ((w[18] * f[37]) >> 6) +
    ((w[19] * f[39]) >> 6) +
    ((w[20] * f[41]) >> 6) +
    ((w[21] * f[43]) >> 6) +
    ((w[22] * f[45]) >> 6)
  return readout.constant + (sum >> 6)
}
