/**
 * The board's monitor: gathers what the firmware tells about itself until the outside fetches it with a reply. Trace rows
 * are Int32 × TRACE_ROW_INTS in one growing buffer, because there is one a motion sample.
 */
import type { Monitor, MotionTap } from "../../src/board"
import { type BoardEvent, type Reply, type StrideRow, TRACE_ROW_INTS } from "./protocol"

const FIRST_ROWS = 1024

export class CollectingMonitor implements Monitor {
  readonly motion?: MotionTap
  readonly #start: { readonly startMs: number }
  #events: BoardEvent[] = []
  #batches: NonNullable<Reply["batches"]> = []
  #strides: StrideRow[] = []
  #activities: NonNullable<Reply["activities"]> = []
  #rows = new Int32Array(0)
  #filled = 0

  /** @param start when the processor that tells had started */
  constructor(trace: boolean, start: { readonly startMs: number }) {
    this.#start = start
    if (trace) {
      this.#rows = new Int32Array(FIRST_ROWS * TRACE_ROW_INTS)
      this.motion = this.#tap()
    }
  }

  event(name: string, atMs: number, detail: string): void {
    const { startMs } = this.#start
    this.#events.push({ name, atMs, detail, ...(startMs > 0 && { startMs }) })
  }

  /** Moves what was gathered into `reply` and gives the trace rows: valid until the firmware runs on. */
  moveInto(reply: Reply): Uint8Array {
    if (this.#events.length > 0) reply.events = this.#events
    if (this.#batches.length > 0) reply.batches = this.#batches
    if (this.#strides.length > 0) reply.strides = this.#strides
    if (this.#activities.length > 0) reply.activities = this.#activities
    this.#events = []
    this.#batches = []
    this.#strides = []
    this.#activities = []
    const rows = new Uint8Array(this.#rows.buffer, 0, this.#filled * Int32Array.BYTES_PER_ELEMENT)
    this.#filled = 0
    return rows
  }

  #tap(): MotionTap {
    const monitor = this
    return {
      batch: (firstSample, timeMs, periodUs) => void monitor.#batches.push({ firstSample, timeMs, periodUs }),
      // One parameter after the other: a rest array a sample would be garbage.
      sample(sample, kneeCdeg, thighCdeg, stance, activity, upX, upY, upZ, placeQ8, rateCounts) {
        const at = monitor.#filled
        if (at + TRACE_ROW_INTS > monitor.#rows.length) monitor.#grow()
        const rows = monitor.#rows
        rows[at] = sample
        rows[at + 1] = kneeCdeg
        rows[at + 2] = thighCdeg
        rows[at + 3] = stance
        rows[at + 4] = activity
        rows[at + 5] = upX
        rows[at + 6] = upY
        rows[at + 7] = upZ
        rows[at + 8] = placeQ8
        rows[at + 9] = rateCounts
        monitor.#filled = at + TRACE_ROW_INTS
      },
      stride(contactSample, toeOffSample, troughQ4, periodQ4, peakCdeg, features) {
        monitor.#strides.push({
          contactSample,
          toeOffSample,
          troughQ4,
          periodQ4,
          peakCdeg,
          features: Array.from(features),
        })
      },
      activity: (fromSample, activity) => void monitor.#activities.push({ fromSample, activity }),
    }
  }

  #grow(): void {
    const larger = new Int32Array(this.#rows.length * 2)
    larger.set(this.#rows)
    this.#rows = larger
  }
}
