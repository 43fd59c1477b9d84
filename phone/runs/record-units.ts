/** From a record's integers to what is shown: degrees, seconds, steps of both legs a minute, load. */

export function inDeg(cdeg: number): number {
  return cdeg / 100
}

export function inS(ms: number): number {
  return ms / 1000
}

export function inSpm(dspm: number): number {
  return dspm / 10
}

export function inLoad(milliLoad: number): number {
  return milliLoad / 1000
}

/** Of a moment by the clock of the run's boot. */
export function sinceStartS({ startMs }: { readonly startMs: number }, timeMs: number): number {
  return inS(Math.max(0, timeMs - startMs))
}
