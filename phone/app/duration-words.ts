/** How long something took, as it is read at a glance. */

const S_PER_MINUTE = 60
const MINUTES_PER_HOUR = 60

/** "45 s", "32 min", "1 h 05 min" */
export function durationWords(seconds: number): string {
  if (seconds < S_PER_MINUTE) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / S_PER_MINUTE)
  if (minutes < MINUTES_PER_HOUR) return `${minutes} min`
  return `${Math.floor(minutes / MINUTES_PER_HOUR)} h ${twoDigits(minutes % MINUTES_PER_HOUR)} min`
}

/** "45 s", "6 min 40 s": where seconds count. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < S_PER_MINUTE) return `${whole} s`
  return `${Math.floor(whole / S_PER_MINUTE)} min ${twoDigits(whole % S_PER_MINUTE)} s`
}

/** A moment of a run, since its start, or how long it has been going on: "7:05", "1:07:05". */
export function clockWords(seconds: number): string {
  const whole = Math.floor(seconds)
  const minutes = Math.floor(whole / S_PER_MINUTE)
  const rest = twoDigits(whole % S_PER_MINUTE)
  if (minutes < MINUTES_PER_HOUR) return `${minutes}:${rest}`
  return `${Math.floor(minutes / MINUTES_PER_HOUR)}:${twoDigits(minutes % MINUTES_PER_HOUR)}:${rest}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0")
}
