/**
 * What the times of a recording (s, one a row) say: its rate in Hz, where rows are missing, and when each row was sampled if
 * the stamps are not exact. Rows are line 2 on.
 */
import { type Gap, RecordingError } from "./recording"

/** The chip model's filter needs at least this to follow a gait, and no IMU in use delivers more than that. */
export const MIN_RATE_HZ = 20
export const MAX_RATE_HZ = 2000
const MS_PER_S = 1000
const MAX_DURATION_S = 24 * 3600
/** Stamps are often rounded to a millisecond. */
const STAMP_ROUNDING_S = 0.001
/** Longer and shorter steps are left out of the mean, as shares of a period. */
const USUAL_SHARE = 0.5
/** A step that may be a gap, in periods. A late stamp makes one too, but the stamps after it are as early as ever. */
const LONG_PERIODS = 1.25
/** Stamps on each side by which that is told, and the share of a period by which those after a gap stay late. */
const NEIGHBOURS = 8
const LOST_SHARE = 0.75
/** Stamps are averaged over so much on each side: jitter goes, and a sensor's clock that drifts is followed. */
const JITTER_S = 0.25
/** Share of the rate. */
const RATE_ROUNDING = 1e-6
/** How far a stamp may be off its neighbours' rate; how far that may be off the recording's, as a share. */
const MAX_OFF_S = 0.05
const MAX_RATE_OFF = 0.1
const FIRST_DATA_LINE = 2
const COLUMN = "time_s"

export interface TimeAxis {
  rateHz: number
  gaps: Gap[]
  /** When each row was sampled: its stamp without the jitter. */
  sampledS: Float64Array
}

export const lineOfRow = (row: number) => row + FIRST_DATA_LINE

/** @throws RecordingError for time that repeats, goes back, lasts over a day, or has a rate that is out of range or not constant. */
export function readTimeAxis(file: string, timeS: Float64Array): TimeAxis {
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
  const gapRows = rowsBeforeGaps(timeS, stepsS, usualStep(stepsS))
  const whole = stretches(timeS.length, gapRows)
  const playedS = whole.reduce(
    (sum, [first, last]) => sum + (timeS[last] as number) - (timeS[first] as number),
    0,
  )
  const periodS = playedS / (stepsS.length - gapRows.length)
  const rateHz = 1 / periodS
  const inHz = (value: number) => `${Number(value.toPrecision(4))} Hz`
  if (rateHz < MIN_RATE_HZ * (1 - RATE_ROUNDING) || rateHz > MAX_RATE_HZ * (1 + RATE_ROUNDING)) {
    throw fail(1, `samples come at ${inHz(rateHz)}; a recording needs ${MIN_RATE_HZ} to ${MAX_RATE_HZ} Hz`)
  }

  const sampledS = new Float64Array(timeS.length)
  for (const [first, last] of whole) {
    withoutJitter(timeS, first, last, periodS, sampledS)
    for (let row = first; row <= last; row++) {
      const offMs = Math.abs((timeS[row] as number) - (sampledS[row] as number)) * MS_PER_S
      if (offMs > MAX_OFF_S * MS_PER_S)
        throw fail(
          row,
          `the rate is not constant: this sample is ${Math.round(offMs)} ms off ${inHz(rateHz)}`,
        )
    }
    const reach = Math.round(JITTER_S / periodS)
    for (let row = first + reach; row <= last; row++) {
      const stepS = ((sampledS[row] as number) - (sampledS[row - reach] as number)) / reach
      if (Math.abs(stepS / periodS - 1) > MAX_RATE_OFF)
        throw fail(row, `the rate is not constant: ${inHz(1 / stepS)} here, ${inHz(rateHz)} elsewhere`)
    }
  }
  const gaps = gapRows.map((row): Gap => {
    const [startS, endS] = [timeS[row] as number, timeS[row + 1] as number]
    return { row, startS, endS, lostSamples: Math.max(1, Math.round((endS - startS) / periodS) - 1) }
  })
  return { rateHz, gaps, sampledS }
}

/** First and last row of each stretch between the gaps, which come after `gapRows`. */
export function stretches(rows: number, gapRows: readonly number[]): [first: number, last: number][] {
  const starts = [0, ...gapRows.map((row) => row + 1)]
  return starts.map((first, index) => [first, (starts[index + 1] ?? rows) - 1])
}

/** Mean of the steps that are neither over a gap nor the short ones that follow a late stamp, s. */
function usualStep(stepsS: Float64Array): number {
  const medianS = stepsS.slice().sort()[stepsS.length >> 1] as number
  const reachS = USUAL_SHARE * medianS + STAMP_ROUNDING_S
  const usual = stepsS.filter((stepS) => Math.abs(stepS - medianS) <= reachS)
  return usual.reduce((sum, stepS) => sum + stepS, 0) / usual.length
}

/** Rows after which a sample is missing for good: the stamps after them stay late. */
function rowsBeforeGaps(timeS: Float64Array, stepsS: Float64Array, periodS: number): number[] {
  const longestS = LONG_PERIODS * periodS + STAMP_ROUNDING_S
  const rows: number[] = []
  stepsS.forEach((stepS, row) => {
    if (stepS <= longestS) return
    const from = Math.max((rows.at(-1) ?? -1) + 1, row + 1 - NEIGHBOURS)
    const late = medianLateness(timeS, row + 1, row + 1 + NEIGHBOURS, row, periodS)
    if (late - medianLateness(timeS, from, row + 1, row, periodS) >= LOST_SHARE * periodS) rows.push(row)
  })
  return rows
}

/** Median of how late the rows `from` to before `to` are against a constant rate through row `origin`, s. */
function medianLateness(
  timeS: Float64Array,
  from: number,
  to: number,
  origin: number,
  periodS: number,
): number {
  const lateS = timeS
    .slice(from, to)
    .map((time, index) => time - (timeS[origin] as number) - (from + index - origin) * periodS)
    .sort()
  return lateS[(lateS.length - 1) >> 1] as number
}

/** Means over the neighbours on both sides, as many here as there, of the rows `first` to `last`. */
function withoutJitter(
  timeS: Float64Array,
  first: number,
  last: number,
  periodS: number,
  sampledS: Float64Array,
): void {
  const reach = Math.round(JITTER_S / periodS)
  const origin = timeS[first] as number
  const lateness = new Float64Array(last - first + 2)
  // Sums up to each row, of small numbers only: no digits are lost over a day.
  for (let row = first; row <= last; row++) {
    const late = (timeS[row] as number) - origin - (row - first) * periodS
    lateness[row - first + 1] = (lateness[row - first] as number) + late
  }
  for (let row = first; row <= last; row++) {
    const side = Math.min(reach, row - first, last - row)
    const sum = (lateness[row + side - first + 1] as number) - (lateness[row - side - first] as number)
    sampledS[row] = origin + (row - first) * periodS + sum / (2 * side + 1)
  }
}
