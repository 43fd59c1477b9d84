/** How long something took, as it is read at a glance. */

const S_PER_MINUTE = 60
const MINUTES_PER_HOUR = 60

/** "45 s", "32 min", "1 h 05 min" */
export function durationWords(seconds: number): string {
  if (seconds < S_PER_MINUTE) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / S_PER_MINUTE)
  if (minutes < MINUTES_PER_HOUR) return `${minutes} min`
  const rest = String(minutes % MINUTES_PER_HOUR).padStart(2, "0")
  return `${Math.floor(minutes / MINUTES_PER_HOUR)} h ${rest} min`
}
