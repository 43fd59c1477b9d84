/** How numbers and times read, on a terminal and on the page: m:ss, thousands apart. */

const S_PER_MINUTE = 60
const S_PER_HOUR = 3600

/** Seconds as m:ss, from an hour on as h:mm:ss. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (value: number) => String(value).padStart(2, "0")
  const rest = two(whole % S_PER_MINUTE)
  const minutes = Math.floor((whole % S_PER_HOUR) / S_PER_MINUTE)
  if (whole < S_PER_HOUR) return `${minutes}:${rest}`
  return `${Math.floor(whole / S_PER_HOUR)}:${two(minutes)}:${rest}`
}

export function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`
}

/** Never rounded up to a whole that it is not. */
export function percent(share: number): string {
  const value = share * 100
  if (value === 100 || value < 99) return `${Math.round(value)} %`
  return `${(Math.floor(value * 10) / 10).toFixed(1)} %`
}
