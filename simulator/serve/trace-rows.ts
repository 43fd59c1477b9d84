/**
 * The board's trace as it comes, reply by reply: angles row by row and closed strides, by the time of what is played (s). What it needs of the past (when samples were
 * taken, what the wearer did then) it keeps as long as a stride may still refer to it.
 */
import { type Reply, TRACE_ROW_INTS } from "../../hosts/virtual/protocol"
import { Activity } from "../../src/motion/stride"
import type { EstimateRow } from "./messages"
import type { ClosedStride } from "./stride-marks"

type Batch = NonNullable<Reply["batches"]>[number]
type Revision = NonNullable<Reply["activities"]>[number]

const CDEG_PER_DEG = 100
const US_PER_MS = 1000
const ROW_BYTES = TRACE_ROW_INTS * Int32Array.BYTES_PER_ELEMENT
/** Of the trace row (src/board.ts, MotionTap.sample), in bytes. */
const AT = { sample: 0, knee: 4, thigh: 8, stance: 12, activity: 16 } as const
/** More samples than a stride, and what is told of it later, reaches back. */
const KEPT_SAMPLES = 5000
const NO_BATCH: Batch = { firstSample: 0, timeMs: 0, periodUs: 0 }
const DEG_DIGITS = 100
const S_DIGITS = 1000

export class TraceRows {
  #batches: Batch[] = []
  #revisions: Revision[] = []
  #newest = -1

  /**
   * @param timeS of the device's own ms
   * @param row called for each row
   * @returns strides that closed, in order
   */
  add(
    reply: Reply,
    body: Uint8Array,
    timeS: (deviceMs: number) => number,
    row: (row: EstimateRow) => void,
  ): ClosedStride[] {
    const rows = new DataView(body.buffer, body.byteOffset, body.byteLength)
    this.#batches.push(...(reply.batches ?? []))
    this.#revisions.push(...(reply.activities ?? []))
    const sampleS = (sample: number) => timeS(this.#sampleMs(sample))
    for (let at = 0; at + ROW_BYTES <= body.length; at += ROW_BYTES) {
      this.#newest = rows.getInt32(at + AT.sample, true)
      row([
        rounded(sampleS(this.#newest), S_DIGITS),
        rounded(rows.getInt32(at + AT.knee, true) / CDEG_PER_DEG, DEG_DIGITS),
        rounded(rows.getInt32(at + AT.thigh, true) / CDEG_PER_DEG, DEG_DIGITS),
        rows.getInt32(at + AT.stance, true),
        rows.getInt32(at + AT.activity, true),
      ])
    }
    const strides = (reply.strides ?? []).map(({ contactSample, toeOffSample, peakCdeg }) => ({
      contactS: rounded(sampleS(contactSample), S_DIGITS),
      toeOffS: rounded(sampleS(toeOffSample), S_DIGITS),
      peakDeg: peakCdeg / CDEG_PER_DEG,
      isRunning: this.#activityAt(contactSample) === Activity.run,
    }))
    this.#forget()
    return strides
  }

  /** The samples are counted from 0 again. */
  restarted(): void {
    this.#batches = []
    this.#revisions = []
    this.#newest = -1
  }

  #sampleMs(sample: number): number {
    const at = lastAt(this.#batches, ({ firstSample }) => firstSample <= sample)
    const { firstSample, timeMs, periodUs } = this.#batches[Math.max(0, at)] ?? NO_BATCH
    return timeMs + ((sample - firstSample) * periodUs) / US_PER_MS
  }

  /** A later revision holds from its sample on, whatever was said before. */
  #activityAt(sample: number): number | undefined {
    return this.#revisions[lastAt(this.#revisions, ({ fromSample }) => fromSample <= sample)]?.activity
  }

  #forget(): void {
    const from = this.#newest - KEPT_SAMPLES
    this.#batches.splice(
      0,
      Math.max(
        0,
        lastAt(this.#batches, ({ firstSample }) => firstSample <= from),
      ),
    )
    this.#revisions.splice(
      0,
      Math.max(
        0,
        lastAt(this.#revisions, ({ fromSample }) => fromSample <= from),
      ),
    )
  }
}

/** -1 when there is none. */
function lastAt<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let at = items.length - 1
  while (at >= 0 && !holds(items[at] as Item)) at--
  return at
}

function rounded(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit
}
