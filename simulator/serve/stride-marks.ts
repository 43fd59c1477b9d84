/**
 * Which strides the device counts as compressions, told when it can be known: it counts running in bouts alone, and a bout is 8 strides within 10 s, from the first of
 * them on (docs/measuring.md, "What is counted"). So the marks of a run add up to its compressions. Times in s.
 */
import type { StrideMark } from "./messages"

export interface ClosedStride {
  contactS: number
  toeOffS: number
  peakDeg: number
  isRunning: boolean
}

/** docs/measuring.md, "What is counted". */
const BOUT_STRIDES = 8
const BOUT_WINDOW_S = 10
const BOUT_GAP_S = 3
/** A stride comes at most so long after its contact (src/run/bout-detection.ts). */
const REPORT_DELAY_S = 3

export class StrideMarks {
  /** A stance peak past it is a compression; a run keeps the one that it began with. */
  thresholdDeg: number
  readonly #marks: StrideMark[] = []
  /** May yet make a bout. */
  #pending: ClosedStride[] = []
  #isInBout = false
  #lastToeOffS = Number.NEGATIVE_INFINITY
  #runThresholdDeg: number | undefined

  constructor(thresholdDeg: number) {
    this.thresholdDeg = thresholdDeg
  }

  runBegan(): void {
    this.#runThresholdDeg ??= this.thresholdDeg
  }
  runEnded(): void {
    this.interrupt()
    this.#runThresholdDeg = undefined
  }

  /** In order of time. */
  add(stride: ClosedStride): void {
    const pauseS = stride.contactS - this.#lastToeOffS
    if (!stride.isRunning || pauseS < 0) {
      this.#mark(stride, false)
      return
    }
    if (pauseS >= BOUT_GAP_S) this.interrupt()
    this.#lastToeOffS = stride.toeOffS
    if (this.#isInBout) this.#mark(stride, true)
    else this.#consider(stride)
  }

  /** No stride can come any more that goes on from the last. */
  passed(timeS: number): void {
    if (timeS - this.#lastToeOffS >= BOUT_GAP_S + REPORT_DELAY_S) this.interrupt()
  }

  /** The bout ends, or what might have become one. */
  interrupt(): void {
    for (const stride of this.#pending) this.#mark(stride, false)
    this.#pending = []
    this.#isInBout = false
  }

  /** The device's clock, or its firmware, began anew. */
  restarted(): void {
    this.interrupt()
    this.#lastToeOffS = Number.NEGATIVE_INFINITY
  }

  /** Known since the call before. */
  take(): StrideMark[] {
    return this.#marks.splice(0)
  }

  #consider(stride: ClosedStride): void {
    const pending = this.#pending
    pending.push(stride)
    while (stride.toeOffS - (pending[0] as ClosedStride).contactS > BOUT_WINDOW_S)
      this.#mark(pending.shift() as ClosedStride, false)
    if (pending.length < BOUT_STRIDES) return
    this.#isInBout = true
    for (const first of pending.splice(0)) this.#mark(first, true)
  }

  #mark({ contactS, toeOffS, peakDeg }: ClosedStride, isCounted: boolean): void {
    const isPast = peakDeg > (this.#runThresholdDeg ?? this.thresholdDeg)
    this.#marks.push({ contactS, toeOffS, peakDeg, isCompression: isCounted && isPast })
  }
}
