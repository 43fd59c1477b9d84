/** How numbers read in sentences. */

const PERCENT = 100
/** From here on a share shows a digit more, so that it does not look whole. */
const NEARLY_WHOLE_PERCENT = 99

export function degrees(deg: number): string {
  return `${oneDigit(deg)}°`
}

/** Never rounded up to a whole that it is not. */
export function share(part: number): string {
  const percent = part * PERCENT
  if (percent === PERCENT || percent < NEARLY_WHOLE_PERCENT) return `${Math.round(percent)} %`
  return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`
}

/** "1 run", "2 runs" */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

export function oneDigit(value: number): string {
  return value.toFixed(1)
}
