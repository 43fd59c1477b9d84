/**
 * What the times of a recording (s, one a row) say: its rate in Hz, and where rows are missing. Rows are line 2 on.
 */
import { type Gap, RecordingError } from "./recording"

/** The chip model's filter needs at least this to follow a gait, and no IMU in use delivers more than that (design.md). */
export const MIN_RATE_HZ = 20
export const MAX_RATE_HZ = 2000
const MS_PER_S = 1000
const MAX_DURATION_S = 24 * 3600
/** A step is a gap when a sample would have fitted in; stamps are often rounded to a millisecond. */
const GAP_PERIODS = 1.5
const STAMP_ROUNDING_S = 0.001
/** Share of the rate. */
const RATE_ROUNDING = 1e-6
/** How far a row may be off the constant rate between two gaps. */
const MAX_OFF_S = 0.05
const FIRST_DATA_LINE = 2
const COLUMN = "time_s"

export const lineOfRow = (row: number) => row + FIRST_DATA_LINE

/** @throws RecordingError for time that repeats, goes back, lasts over a day, or has a rate that is out of range or not constant. */
export function readTimeAxis(file: string, timeS: Float64Array): { rateHz: number; gaps: Gap[] } {
  const fail = (row: number, what: string) =>
    new RecordingError(file, { line: lineOfRow(row), column: COLUMN }, what)
  if (timeS.length < 2) throw fail(0, "there is only one sample, so the recording has no rate")

  const stepsS = new Float64Array(timeS.length - 1)
  for (let row = 1; row < timeS.length; row++) {
    const [before, now] = [timeS[row - 1] as number, timeS[row] as number]
    if (now === before) throw fail(row, `time ${now} s is there twice`)
    if (now < before) throw fail(row, `time goes back from ${before} to ${now} s`)
    if (now - (timeS[0] as number) > MAX_DURATION_S)
      throw fail(row, `time jumps from ${before} to ${now} s: over a day`)
    stepsS[row - 1] = now - before
  }
  const medianS = stepsS.slice().sort()[stepsS.length >> 1] as number
  const longestS = GAP_PERIODS * medianS + STAMP_ROUNDING_S
  const gapRows = [...stepsS.keys()].filter((row) => (stepsS[row] as number) > longestS)
  const whole = stretches(timeS.length, gapRows)
  const seconds = whole.reduce(
    (sum, [first, last]) => sum + (timeS[last] as number) - (timeS[first] as number),
    0,
  )
  const periodS = seconds / (stepsS.length - gapRows.length)
  const rateHz = 1 / periodS
  if (rateHz < MIN_RATE_HZ * (1 - RATE_ROUNDING) || rateHz > MAX_RATE_HZ * (1 + RATE_ROUNDING)) {
    const found = `${Number(rateHz.toPrecision(4))} Hz`
    throw fail(1, `samples come at ${found}; a recording needs ${MIN_RATE_HZ} to ${MAX_RATE_HZ} Hz`)
  }

  for (const [first, last] of whole) {
    const startS = timeS[first] as number
    const ownPeriodS = ((timeS[last] as number) - startS) / Math.max(1, last - first)
    for (let row = first; row <= last; row++) {
      const offS = (timeS[row] as number) - startS - (row - first) * ownPeriodS
      if (Math.abs(offS) > MAX_OFF_S) {
        const offMs = Math.round(Math.abs(offS) * MS_PER_S)
        throw fail(row, `the rate is not constant: this sample is ${offMs} ms off ${rateHz.toFixed(1)} Hz`)
      }
    }
  }
  const gaps = gapRows.map((row): Gap => {
    const [startS, endS] = [timeS[row] as number, timeS[row + 1] as number]
    return { row, startS, endS, lostSamples: Math.max(1, Math.round((endS - startS) / periodS) - 1) }
  })
  return { rateHz, gaps }
}

/** First and last row of each stretch between the gaps, which come after `gapRows`. */
export function stretches(rows: number, gapRows: readonly number[]): [first: number, last: number][] {
  const starts = [0, ...gapRows.map((row) => row + 1)]
  return starts.map((first, index) => [first, (starts[index + 1] ?? rows) - 1])
}
