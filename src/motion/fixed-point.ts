/**
 * Integer arithmetic for a core without a floating-point unit: no division operator, no Math function, every product
 * inside int32. Angles in 1/100°, ratios in Q14 or Q15 (1.0 = 2^14 or 2^15) as named.
 */

/** 1.0 in Q14: unit vectors, and 1 g in the up vector. */
export const ONE_Q14 = 16384

const QUARTER_TURN_CDEG = 9000

// First guess of 1/d on [1/2, 1): 48/17 - 32/17·d, at most 6 % off; two Newton steps leave Q15's last bit.
const RECIPROCAL_OFFSET = 46261
const RECIPROCAL_SLOPE_Q14 = 30840
/** 1.0 in Q30: what to divide by a length for ratioQ14(). */
export const ONE_Q30 = 1073741824

/**
 * Angle of (x, y), 1/100°, -18000 to 18000; 0 for the zero vector.
 * @param y -65535 to 65535
 * @param x -65535 to 65535
 */
export function atan2Cdeg(y: number, x: number): number {
  let longer = x < 0 ? 0 - x : x
  let shorter = y < 0 ? 0 - y : y
  const steep = shorter > longer
  if (steep) {
    const side = longer
    longer = shorter
    shorter = side
  }
  if (longer === 0) return 0
  // In numbers, not in names: XS fetches each constant of the module that a function names at every call (docs/performance.md). The longer
  // part of a unit vector is 1/√2 at least: from there to √2 (Q14) there is mostly nothing to scale.
  while (longer >= 23170) {
    longer >>= 1
    shorter >>= 1
  }
  while (longer < 11585) {
    longer <<= 1
    shorter <<= 1
  }
  // 1/d of d in Q14: 3 - 2.909·d + 0.914·d² (minimax) is at most 1.01 % off either way. A Newton step squares that and is then too small, so
  // it takes half of the square more than 2 (Q28): within 5e-5.
  let ratio = 49150 + ((longer * (((longer * 14979) >> 14) - 47663)) >> 14)
  ratio = (shorter * ((ratio * ((536884610 - longer * ratio) >> 14)) >> 14)) >> 13
  // atan(x) = x·(a1 + a3·x² + a5·x⁴ + a7·x⁶ + a9·x⁸) on [0, 1], |error| ≤ 1e-5 rad: Abramowitz & Stegun 4.4.49, in Q15.
  const square = (ratio * ratio) >> 15
  let angle = ((((683 * square) >> 15) - 2790) * square) >> 15
  angle = ((((((angle + 5903) * square) >> 15) - 10823) * square) >> 15) + 32764
  // 1 rad, a quarter of a turn and half of one in 1/100°.
  angle = (((ratio * angle) >> 15) * 5730 + 16384) >> 15
  if (steep) angle = 9000 - angle
  if (x < 0) angle = 18000 - angle
  // Not -angle: -0 is a double in XS.
  return y < 0 ? 0 - angle : angle
}

/** 2π/36000 in Q28: 1/100° to radians. */
const RAD_PER_CDEG_Q28 = 46851

/**
 * Sine in Q14, within 6 of it; not for the hot path.
 * @param cdeg -9000 to 9000, 1/100°
 */
export function sineQ14(cdeg: number): number {
  const x = (cdeg * RAD_PER_CDEG_Q28) >> 14
  const square = (x * x) >> 14
  // x·(1 - x²/6·(1 - x²/20·(1 - x²/42)))
  let series = ONE_Q14 - ((square * 390) >> 14)
  series = ONE_Q14 - ((((series * square) >> 14) * 819) >> 14)
  series = ONE_Q14 - ((((series * square) >> 14) * 2731) >> 14)
  return (x * series) >> 14
}

/** Cosine in Q14, within 6 of it; not for the hot path. @param cdeg -18000 to 18000, 1/100° */
export function cosineQ14(cdeg: number): number {
  return sineQ14(QUARTER_TURN_CDEG - (cdeg < 0 ? 0 - cdeg : cdeg))
}

// First guess of 1/√d on [1/4, 1), at most 9 % off: 2.135 - 1.225·d in Q14; two Newton steps leave 1/5000.
const ROOT_OFFSET = 34980
const ROOT_SLOPE_Q14 = 20070
const THREE_HALVES_Q15 = 49152

/** Integer square root, rounded down; not for the hot path. @param n 0 to 2^31 - 1 */
export function squareRoot(n: number): number {
  if (n === 0) return 0
  // n as 2^14 to 2^16, times 4^shift.
  let scaled = n
  let shift = 0
  if (scaled >= 16777216) {
    scaled >>= 8
    shift = 4
  }
  while (scaled >= 65536) {
    scaled >>= 2
    shift++
  }
  while (scaled < 16384) {
    scaled <<= 2
    shift--
  }
  let reciprocal = ROOT_OFFSET - ((scaled * ROOT_SLOPE_Q14) >> 16)
  reciprocal = (reciprocal * (THREE_HALVES_Q15 - ((scaled * ((reciprocal * reciprocal) >> 14)) >> 16))) >> 15
  reciprocal = (reciprocal * (THREE_HALVES_Q15 - ((scaled * ((reciprocal * reciprocal) >> 14)) >> 16))) >> 15
  let root = ((scaled * reciprocal) >> 14) >> (8 - shift)
  let rest = n - root * root
  while (rest < 0) {
    root--
    rest += root + root + 1
  }
  while (rest > root + root) {
    rest -= root + root + 1
    root++
  }
  return root
}

/**
 * numerator / denominator rounded towards zero, without the division operator (a double in XS): by the reciprocal, which is never too
 * large, until less than the denominator is left. Not for the hot path.
 * @param numerator int32 other than -2^31
 * @param denominator 1 to 2^30
 */
export function divide(numerator: number, denominator: number): number {
  let rest = numerator < 0 ? 0 - numerator : numerator
  // The denominator as 2^14 to 2^15, times 2^shift.
  let scaled = denominator
  let shift = 0
  while (scaled >= 32768) {
    scaled >>= 1
    shift++
  }
  // Cut off, it would be too small, and its reciprocal too large.
  if (shift > 0) scaled++
  while (scaled < 16384) {
    scaled <<= 1
    shift--
  }
  let reciprocal = RECIPROCAL_OFFSET - ((scaled * RECIPROCAL_SLOPE_Q14) >> 15)
  reciprocal = (reciprocal * ((ONE_Q30 - scaled * reciprocal) >> 15)) >> 14
  reciprocal = (reciprocal * ((ONE_Q30 - scaled * reciprocal) >> 15)) >> 14
  let quotient = 0
  while (rest >= denominator) {
    const part =
      rest < 65536 ? (rest * reciprocal) >> (29 + shift) : ((rest >> 15) * reciprocal) >> (14 + shift)
    if (part === 0) {
      rest -= denominator
      quotient++
    } else {
      rest -= part * denominator
      quotient += part
    }
  }
  return numerator < 0 ? 0 - quotient : quotient
}

/**
 * part / length in Q14, rounded towards zero: divide(part * ONE_Q14, length), for a third of its cost where it is wanted for three parts.
 * @param part not longer than length + 1
 * @param length 2 to 2^16
 * @param reciprocal divide(2^30, length)
 */
export function ratioQ14(part: number, length: number, reciprocal: number): number {
  const size = part < 0 ? 0 - part : part
  let ratio = (size * reciprocal) >> 16
  // The reciprocal was cut off: one too little, at most.
  if (size * ONE_Q14 - ratio * length >= length) ratio++
  return part < 0 ? 0 - ratio : ratio
}
