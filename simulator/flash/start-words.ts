/** When something was, in words: by the calendar where that is known, or by the device's clock since it was switched on. */

const S_PER_MINUTE = 60
const MINUTES_PER_QUARTER = 15
const MS_PER_S = 1000
const MINUTES_PER_HOUR = 60
const two = (value: number) => String(value).padStart(2, "0")

/** ISO 8601 in the zone of the time; undefined when it is not known. */
export function isoTime(unixS: number, zoneQuarters: number): string | undefined {
  if (unixS === 0) return undefined
  const minutes = zoneQuarters * MINUTES_PER_QUARTER
  const local = new Date((unixS + minutes * S_PER_MINUTE) * MS_PER_S)
    .toISOString()
    .slice(0, "2026-01-01T00:00:00".length)
  const size = Math.abs(minutes)
  const zone = `${two(Math.floor(size / MINUTES_PER_HOUR))}:${two(size % MINUTES_PER_HOUR)}`
  return `${local}${minutes < 0 ? "-" : "+"}${zone}`
}

/** "boot 12, +00:31:05". */
export function bootTime(bootId: number, ms: number): string {
  const seconds = Math.floor(ms / MS_PER_S)
  const minutes = Math.floor(seconds / S_PER_MINUTE)
  const clock = [Math.floor(minutes / MINUTES_PER_HOUR), minutes % MINUTES_PER_HOUR, seconds % S_PER_MINUTE]
  return `boot ${bootId}, +${clock.map(two).join(":")}`
}
