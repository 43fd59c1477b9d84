/** What counts as one small knee bend, to calibrate by and to log: how long it takes, and the thigh's tilt where it is deepest. */

/** Faster is a stride or a knock, slower is another pose. */
export const BEND_MIN_MS = 700
export const BEND_MAX_MS = 8000
/** Less is a sway, more is sitting down. */
export const BEND_PEAK_MIN_CDEG = 1500
export const BEND_PEAK_MAX_CDEG = 7500
