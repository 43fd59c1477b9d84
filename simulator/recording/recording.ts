/**
 * A recording in memory: what its CSV holds (README, "Recordings"), in typed arrays. Times in seconds as in the file, specific force in g,
 * angular rate in °/s, in the sensor's own frame; truth in degrees.
 */

/** The chip's range as the driver sets it (LSM6DSO, ±16 g and ±2000 °/s). */
const RANGE_G = 16
const RANGE_DPS = 2000

/** One sensor's six channels, a value a row. */
export interface ImuChannels {
  axG: Float64Array
  ayG: Float64Array
  azG: Float64Array
  gxDps: Float64Array
  gyDps: Float64Array
  gzDps: Float64Array
}

/** What the motion really was; the firmware never sees it. */
export interface Truth {
  kneeDeg: Float64Array
  thighDeg: Float64Array
  /** 1 = this leg carries load. */
  stance: Uint8Array
  activity: string[]
}

/** Rows are missing between `row` and `row + 1`. */
export interface Gap {
  row: number
  /** Time of the last sample before. */
  startS: number
  /** Time of the first sample after. */
  endS: number
  /** Samples that would have fitted in between. */
  lostSamples: number
}

export interface Recording {
  /** The file's name without its folder. */
  name: string
  rateHz: number
  /** As in the file. */
  timeS: Float64Array
  /** When each row was sampled, s: `timeS` without the jitter of the stamps. */
  sampledS: Float64Array
  thigh: ImuChannels
  shank?: ImuChannels
  truth?: Truth
  gaps: Gap[]
  /** Rows with a thigh value beyond the chip's range (±16 g, ±2000 °/s). */
  beyondRangeRows: number
  /** Columns of the file that mean nothing here. */
  ignoredColumns: string[]
}

/** From the first row to the last. */
export function durationS({ timeS }: Recording): number {
  return (timeS.at(-1) as number) - (timeS[0] as number)
}

/** Rows with a value beyond the chip's range. */
export function countBeyondRange({ axG, ayG, azG, gxDps, gyDps, gzDps }: ImuChannels): number {
  let rows = 0
  const beyond = (channel: Float64Array, row: number, range: number) =>
    Math.abs(channel[row] as number) > range
  for (let row = 0; row < axG.length; row++) {
    const force = beyond(axG, row, RANGE_G) || beyond(ayG, row, RANGE_G) || beyond(azG, row, RANGE_G)
    const turn =
      beyond(gxDps, row, RANGE_DPS) || beyond(gyDps, row, RANGE_DPS) || beyond(gzDps, row, RANGE_DPS)
    if (force || turn) rows++
  }
  return rows
}

/** A recording that cannot be used as it is: the message names file, line (1 is the header) and column. Exit code 2. */
export class RecordingError extends Error {
  override readonly name = "RecordingError"
  readonly exitCode = 2
  readonly file: string
  readonly line: number | undefined
  readonly column: string | undefined
  readonly #what: string

  constructor(file: string, place: { line?: number; column?: string }, what: string) {
    const line = place.line === undefined ? "" : `, line ${place.line}`
    const column = place.column === undefined ? "" : `, column ${place.column}`
    super(`${file}${line}${column}: ${what}`)
    this.file = file
    this.line = place.line
    this.column = place.column
    this.#what = what
  }

  /** The same where lines of the file, in ascending order, had been left out before they were counted. */
  withComments(lines: readonly number[]): RecordingError {
    if (this.line === undefined) return this
    let { line } = this
    for (const comment of lines) if (comment <= line) line++
    const column = this.column === undefined ? {} : { column: this.column }
    return new RecordingError(this.file, { line, ...column }, this.#what)
  }
}
