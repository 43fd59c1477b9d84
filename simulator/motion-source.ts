/**
 * From a recording to what a chip puts out: one sensor's channels (g, °/s, at the recording's rate) through a model of the chip's output filters,
 * taken at its own ticks, as int16 counts gx gy gz ax ay az. The filters' delay stays in: a sample is late as on the chip. A board tells its chip's
 * cutoffs; where there is none the chip is an LSM6DSO (hosts/virtual/lsm6dso-filter.ts).
 */
import { BASE_RATE_HZ, cutoffsHz, filterDelayMs, ODR_DIVIDERS } from "../hosts/virtual/lsm6dso-filter"
import { type Reply, SAMPLE_BYTES } from "../hosts/virtual/protocol"
import type { ImuChannels } from "./recording/recording"

/** Datasheet table 2: ±2000 °/s and ±16 g. */
export const DPS_PER_COUNT = 0.07
export const G_PER_COUNT = 0.000488
const INT16_MIN = -32768
const INT16_MAX = 32767
const AXES = 6
/** A curve looks at the row reached and two ahead. */
const CURVE_ROWS = 3
const NOWHERE = new Float64Array(0)
/** The filters run this much faster than the chip's output at least, and faster than the recording. */
const MIN_OVERSAMPLING = 16
/** A real rate belongs to the nearest setting, by its logarithm: FREQ_FINE reaches ±19 %. */
const ODR_CODES = Object.keys(ODR_DIVIDERS).map(Number)

/** Of the filters in front of a chip's output, Hz at −3 dB, by its real clock. */
export type CutoffsHz = NonNullable<Reply["cutoffsHz"]>

/** How late slow motion shows in the chip's samples, ms, at a real output rate. */
export function chipDelayMs(rateHz: number): CutoffsHz {
  const { gyro, accelerometer } = lsm6dsoCutoffsHz(rateHz)
  return { gyro: filterDelayMs(gyro), accelerometer: filterDelayMs(accelerometer) }
}

/** One sensor's channels by row, and when each row was sampled. */
export interface SensorRows {
  sampledS: Float64Array
  thigh: ImuChannels
}

export interface FeedOptions {
  /** The chip's first tick is so long after the first row; the chip rested in that row's pose before. Default 0. */
  lateS?: number
  cutoff?: CutoffsHz
  /** Called before rows are looked at: those before `row` have to be there. */
  need?: (row: number) => void
}

/**
 * The chip's samples of the rows `first` to `last` (a stretch in which no rows are missing that curves cannot join), as many at a time as somebody takes,
 * ready for the `play` command.
 */
export class ChipFeed {
  readonly rateHz: number
  /** All that the stretch has. */
  readonly ticks: number
  readonly #walk: RowWalk
  readonly #path: Float64Array
  readonly #filters: ChannelFilter[]
  readonly #need: (row: number) => void
  readonly #firstRow: number
  readonly #rows: number
  #taken = 0

  constructor(
    { sampledS, thigh }: SensorRows,
    first: number,
    last: number,
    rateHz: number,
    { lateS = 0, cutoff = lsm6dsoCutoffsHz(rateHz), need = () => {} }: FeedOptions = {},
  ) {
    const timesS = sampledS.subarray(first, last + 1)
    const durationS = (timesS.at(-1) as number) - (timesS[0] as number)
    const rowsPerS = last > first ? (last - first) / durationS : 1
    const steps = Math.max(MIN_OVERSAMPLING, Math.ceil((2 * rowsPerS) / rateHz))
    this.rateHz = rateHz
    this.ticks = Math.floor((durationS - lateS) * rateHz) + 1
    this.#walk = new RowWalk(timesS, 1 / (rateHz * steps), lateS)
    this.#path = new Float64Array(steps)
    this.#need = need
    this.#firstRow = first
    this.#rows = timesS.length
    need(first + 1)
    this.#filters = [thigh.gxDps, thigh.gyDps, thigh.gzDps, thigh.axG, thigh.ayG, thigh.azG].map(
      (channel, axis) => {
        const isGyro = axis < AXES / 2
        const cutoffHz = isGyro ? cutoff.gyro : cutoff.accelerometer
        const range = INT16_MAX * (isGyro ? DPS_PER_COUNT : G_PER_COUNT)
        return new ChannelFilter(channel.subarray(first, last + 1), cutoffHz, rateHz * steps, range)
      },
    )
  }

  get taken(): number {
    return this.#taken
  }
  /** Ticks that are not taken yet. */
  get left(): number {
    return this.ticks - this.#taken
  }

  /** The next so many, or what is left. */
  take(most: number): Uint8Array {
    const count = Math.min(most, this.left)
    const slice = new DataView(new ArrayBuffer(count * SAMPLE_BYTES))
    const reached = this.#walk.rowAfter(count * this.#path.length)
    this.#need(this.#firstRow + Math.min(this.#rows, reached + CURVE_ROWS))
    for (let tick = 0; tick < count; tick++) {
      const way = this.#taken + tick === 0 ? NOWHERE : this.#walk.fill(this.#path)
      for (let axis = 0; axis < AXES; axis++) {
        const value = (this.#filters[axis] as ChannelFilter).run(way)
        const counts = Math.round(value / (axis < AXES / 2 ? DPS_PER_COUNT : G_PER_COUNT))
        const bounded = Math.max(INT16_MIN, Math.min(INT16_MAX, counts))
        slice.setInt16(tick * SAMPLE_BYTES + axis * 2, bounded, true)
      }
    }
    this.#taken += count
    return new Uint8Array(slice.buffer)
  }
}

/** The whole of a ChipFeed in slices of `sliceS` seconds. */
export function* chipSamples(
  recording: SensorRows,
  first: number,
  last: number,
  rateHz: number,
  sliceS: number,
  lateS = 0,
  cutoff?: CutoffsHz,
): Generator<Uint8Array> {
  const feed = new ChipFeed(recording, first, last, rateHz, { lateS, ...(cutoff && { cutoff }) })
  const ticksPerSlice = Math.max(1, Math.round(sliceS * rateHz))
  while (feed.left > 0) yield feed.take(ticksPerSlice)
}

/** Cutoffs go with the chip's real clock. */
function lsm6dsoCutoffsHz(rateHz: number): CutoffsHz {
  const nominalHz = (code: number) => BASE_RATE_HZ / (ODR_DIVIDERS[code] as number)
  const off = (code: number) => Math.abs(Math.log(rateHz / nominalHz(code)))
  const code = ODR_CODES.reduce((best, other) => (off(other) < off(best) ? other : best))
  const { gyro, accelerometer } = cutoffsHz(code)
  const clock = rateHz / nominalHz(code)
  return { gyro: gyro * clock, accelerometer: accelerometer * clock }
}

/** A fine grid of times over the rows, step by step from the first row on. */
class RowWalk {
  readonly #sampledS: Float64Array
  readonly #stepS: number
  readonly #startS: number
  #step = 0
  #row = 0

  /** @param lateS the walk begins so long after the first row */
  constructor(sampledS: Float64Array, stepS: number, lateS: number) {
    this.#sampledS = sampledS
    this.#stepS = stepS
    this.#startS = (sampledS[0] as number) + lateS
  }

  /** The row that so many steps lead past, or to. */
  rowAfter(steps: number): number {
    const timeS = this.#startS + (this.#step + steps) * this.#stepS
    let row = this.#row
    while (row < this.#sampledS.length - 1 && (this.#sampledS[row + 1] as number) <= timeS) row++
    return row
  }

  /** The places of the next steps: 2.5 is half way from row 2 to row 3. */
  fill(path: Float64Array): Float64Array {
    const at = (row: number) => this.#sampledS[row] as number
    for (let index = 0; index < path.length; index++) {
      this.#step += 1
      const timeS = this.#startS + this.#step * this.#stepS
      while (this.#row < this.#sampledS.length - 2 && at(this.#row + 1) <= timeS) this.#row++
      path[index] = this.#row + (timeS - at(this.#row)) / (at(this.#row + 1) - at(this.#row))
    }
    return path
  }
}

/** One channel on a fine grid: rows joined by cubic Hermite curves, then a second-order Butterworth low-pass. */
class ChannelFilter {
  readonly #rows: Float64Array
  readonly #range: number
  readonly #b0: number
  readonly #a1: number
  readonly #a2: number
  #rowsSeen = 0
  #x1: number
  #x2: number
  #y1: number
  #y2: number

  constructor(rows: Float64Array, cutoffHz: number, gridHz: number, range: number) {
    this.#rows = rows
    this.#range = range
    // Bilinear transform with the cutoff prewarped.
    const k = Math.tan((Math.PI * cutoffHz) / gridHz)
    const norm = 1 / (1 + Math.SQRT2 * k + k * k)
    this.#b0 = k * k * norm
    this.#a1 = 2 * (k * k - 1) * norm
    this.#a2 = (1 - Math.SQRT2 * k + k * k) * norm
    this.#x1 = this.#x2 = this.#y1 = this.#y2 = rows[0] as number
  }

  /** On along these places of the grid; the output at the last. */
  run(path: Float64Array): number {
    const b0 = this.#b0
    const a1 = this.#a1
    const a2 = this.#a2
    let x1 = this.#x1
    let x2 = this.#x2
    let y1 = this.#y1
    let y2 = this.#y2
    for (let step = 0; step < path.length; step++) {
      const x = this.#at(path[step] as number)
      const y = b0 * (x + 2 * x1 + x2) - a1 * y1 - a2 * y2
      x2 = x1
      x1 = x
      y2 = y1
      y1 = y
    }
    this.#x1 = x1
    this.#x2 = x2
    this.#y1 = y1
    this.#y2 = y2
    return this.#beyondRange(path.at(-1) ?? 0) || y1
  }

  /** ±Infinity when a row since the last tick was past the range: a spike saturates the converter in front of the filter. */
  #beyondRange(place: number): number {
    const reached = Math.min(this.#rows.length - 1, Math.floor(place))
    let beyond = 0
    for (; this.#rowsSeen <= reached; this.#rowsSeen++) {
      const value = this.#rows[this.#rowsSeen] as number
      if (Math.abs(value) > this.#range) beyond = value * Number.POSITIVE_INFINITY
    }
    return beyond
  }

  /** Catmull-Rom between rows; the first and the last hold on. */
  #at(place: number): number {
    const rows = this.#rows
    const end = rows.length - 1
    const row = Math.min(end, Math.floor(place))
    const u = Math.min(1, place - row)
    const p1 = rows[row] as number
    const p0 = rows[row > 0 ? row - 1 : 0] as number
    const p2 = rows[row < end ? row + 1 : end] as number
    const p3 = rows[Math.min(row + 2, end)] as number
    const slope1 = (p2 - p0) / 2
    const slope2 = (p3 - p1) / 2
    const rise = p2 - p1
    return p1 + u * (slope1 + u * (3 * rise - 2 * slope1 - slope2 + u * (slope1 + slope2 - 2 * rise)))
  }
}
