/**
 * Clipping: raw counts in; whether an axis is at the end of its sensor's range, ±16 g and ±2000 °/s in int16 (LSM6DSO), out. What a
 * clipped axis measured is not known.
 */

/** An axis within one count of the end of int16 is clipped. */
const CLIP_COUNTS = 32766

/**
 * For the hot path: where (axis + QUARTER_RANGE), of all axes or-ed, has none of these bits, all are within a quarter of their range.
 * Of two samples the sum is past twice that when one is clipped, unless the other is half as far the other way; which no thigh can turn.
 */
export const QUARTER_RANGE = 8192
export const BEYOND_QUARTER_RANGE = -16384

/** Three axes of one sensor. */
export function isClipped(x: number, y: number, z: number): boolean {
  return (
    x > CLIP_COUNTS ||
    x < -CLIP_COUNTS ||
    y > CLIP_COUNTS ||
    y < -CLIP_COUNTS ||
    z > CLIP_COUNTS ||
    z < -CLIP_COUNTS
  )
}
