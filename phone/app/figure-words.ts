/** Figures of runs as they are read at a glance, wherever they stand. */

/** "2,700" */
export function wholeWords(value: number): string {
  return Math.round(value).toLocaleString("en-GB")
}

/** "42° ± 4°": a depth with its error band, which is never rounded down. */
export function depthWords(deg: number, errorDeg: number): string {
  return `${Math.round(deg)}° ± ${Math.ceil(errorDeg)}°`
}
