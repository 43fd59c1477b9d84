/**
 * What the debug tap of the motion pipeline told, put in order: a row a motion sample in recording time (s), angles in
 * degrees, as known then; stance and activity also as the device corrected them later (`replay --trace`).
 */
import { type Reply, type StrideRow, TRACE_ROW_INTS } from "../hosts/virtual/protocol"

export interface Trace {
  timeS: Float64Array
  kneeDeg: Float64Array
  thighDeg: Float64Array
  /** 1 = loaded, corrected when its stride closed. */
  stance: Uint8Array
  /** The codes of src/motion/stride.ts, corrected by later revisions. */
  activity: Uint8Array
  stanceLive: Uint8Array
  upX: Float64Array
  upY: Float64Array
  upZ: Float64Array
  /** Inputs of the live flexion model as it takes them (src/board.ts, MotionTap), for `npm run fit`. */
  placeQ8: Int32Array
  rateCounts: Int32Array
  /** The pipeline's own count of each row's sample; strides refer to it. */
  sample: Int32Array
  strides: StrideRow[]
  /** The peak that the device counted each stride by, beside its toe-off. */
  countedPeaks: { toeOffS: number; peakDeg: number }[]
}

const CDEG_PER_DEG = 100
const MS_PER_S = 1000
const US_PER_MS = 1000
/** Places in a row (protocol.ts, TRACE_ROW_INTS). */
const ROW = {
  sample: 0,
  knee: 1,
  thigh: 2,
  stance: 3,
  activity: 4,
  upX: 5,
  upY: 6,
  upZ: 7,
  placeQ8: 8,
  rateCounts: 9,
} as const
/** No swing lasts longer. */
const LONGEST_SWING_S = 1

/** Gathers replies as they come. */
export class TraceGathering {
  readonly #pieces: Int32Array[] = []
  readonly #batches: NonNullable<Reply["batches"]> = []
  readonly #revisions: NonNullable<Reply["activities"]> = []
  readonly #strides: StrideRow[] = []

  /** `body`: the binary that followed the reply's head. @throws RangeError when it is not whole rows. */
  add(reply: Reply, body: Uint8Array): void {
    this.#batches.push(...(reply.batches ?? []))
    this.#revisions.push(...(reply.activities ?? []))
    this.#strides.push(...(reply.strides ?? []))
    const rowBytes = TRACE_ROW_INTS * Int32Array.BYTES_PER_ELEMENT
    if (body.length % rowBytes !== 0)
      throw new RangeError(`trace: ${body.length} bytes are not rows of ${rowBytes}`)
    // A copy, because an Int32Array must begin at a multiple of four.
    if (body.length > 0) this.#pieces.push(new Int32Array(body.slice().buffer))
  }

  /** `zeroMs` on the device's clock is `zeroS` in the recording. */
  finish(zeroMs: number, zeroS: number): Trace {
    const ints = new Int32Array(this.#pieces.reduce((length, piece) => length + piece.length, 0))
    let filled = 0
    for (const piece of this.#pieces) {
      ints.set(piece, filled)
      filled += piece.length
    }
    const rows = ints.length / TRACE_ROW_INTS
    const at = (row: number, place: number) => ints[row * TRACE_ROW_INTS + place] as number
    const column = (place: number, unit: number) =>
      Float64Array.from({ length: rows }, (_, row) => at(row, place) / unit)
    const codes = (place: number) => Uint8Array.from({ length: rows }, (_, row) => at(row, place))
    const counts = (place: number) => Int32Array.from({ length: rows }, (_, row) => at(row, place))
    const sample = counts(ROW.sample)
    // The device leaves up as long as the averaged force is, near 1 g: angles need no more. Here it is a direction.
    const up = Array.from({ length: rows }, (_, row) =>
      Math.hypot(at(row, ROW.upX), at(row, ROW.upY), at(row, ROW.upZ)),
    )
    const direction = (place: number) =>
      Float64Array.from(up, (length, row) => (length === 0 ? 0 : at(row, place) / length))
    const timeS = this.#timesS(sample, zeroMs, zeroS)
    const trace: Trace = {
      timeS,
      kneeDeg: column(ROW.knee, CDEG_PER_DEG),
      thighDeg: column(ROW.thigh, CDEG_PER_DEG),
      stance: codes(ROW.stance),
      activity: codes(ROW.activity),
      stanceLive: codes(ROW.stance),
      upX: direction(ROW.upX),
      upY: direction(ROW.upY),
      upZ: direction(ROW.upZ),
      placeQ8: counts(ROW.placeQ8),
      rateCounts: counts(ROW.rateCounts),
      sample,
      strides: this.#strides,
      countedPeaks: this.#strides.map(({ toeOffSample, peakCdeg }) => ({
        toeOffS: timeS[rowOf(sample, toeOffSample)] as number,
        peakDeg: peakCdeg / CDEG_PER_DEG,
      })),
    }
    for (const { fromSample, activity } of this.#revisions)
      trace.activity.fill(activity, rowOf(sample, fromSample))
    correctStance(trace)
    return trace
  }

  #timesS(sample: Int32Array, zeroMs: number, zeroS: number): Float64Array {
    let batch = 0
    return Float64Array.from(sample, (number) => {
      while ((this.#batches[batch + 1]?.firstSample ?? Number.POSITIVE_INFINITY) <= number) batch++
      const { firstSample, timeMs, periodUs } = this.#batches[batch] ?? {
        firstSample: 0,
        timeMs: zeroMs,
        periodUs: 0,
      }
      return zeroS + (timeMs + ((number - firstSample) * periodUs) / US_PER_MS - zeroMs) / MS_PER_S
    })
  }
}

/** The rows of these moments only (s, both included); strides still name samples of rows that are gone. */
export function traceWithin(trace: Trace, fromS: number, toS: number): Trace {
  const from = trace.timeS.findIndex((timeS) => timeS >= fromS)
  const after = trace.timeS.findIndex((timeS) => timeS > toS)
  const to = after < 0 ? trace.timeS.length : after
  const start = from < 0 ? to : from
  const { strides, countedPeaks, ...columns } = trace
  const cut = Object.entries(columns).map(([name, column]) => [name, column.slice(start, to)])
  return { ...(Object.fromEntries(cut) as Omit<Trace, "strides" | "countedPeaks">), strides, countedPeaks }
}

/** First row whose sample is `number` or later. */
export function rowOf(sample: Int32Array, number: number): number {
  let low = 0
  let high = sample.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sample[middle] as number) < number) low = middle + 1
    else high = middle
  }
  return low
}

/** A closed stride says what was stance in it; before, from the toe-off one stride time earlier on, the leg swung. */
function correctStance({ sample, stance, timeS, strides }: Trace): void {
  for (const { contactSample, toeOffSample, periodQ4 } of strides) {
    const contact = rowOf(sample, contactSample)
    const toeOff = rowOf(sample, toeOffSample)
    stance.fill(0, rowOf(sample, toeOffSample - (periodQ4 >> 4)), contact)
    stance.fill(1, contact, toeOff)
    // The last swing of a bout has no next contact: it lasts until the device saw the leg loaded again.
    for (let row = toeOff; row < stance.length && stance[row] === 1; row++) {
      if ((timeS[row] as number) - (timeS[toeOff] as number) > LONGEST_SWING_S) break
      stance[row] = 0
    }
  }
}
