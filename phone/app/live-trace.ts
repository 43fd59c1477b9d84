/**
 * What is told of the live measurement over the last seconds, out of single readings: the trace of angles, the cadence, how long the run has been open. Times
 * in ms since the device's boot.
 */
import type { LiveReading } from "../link/live-reading"

export const TRACE_MS = 10_000
/** Some twenty strides: one more or less changes the cadence by a few steps a minute. */
const CADENCE_MS = 15_000
/** A shorter stretch tells no cadence. */
const CADENCE_LEAST_MS = 5000
/** Without a stride for so long nobody walks. */
const PAUSE_MS = 3000
/** Strides that come faster were run before: a device that finds out late that somebody runs counts them together. Nobody makes four in that time. */
const BURST_MS = 1500
const BURST_STRIDES = 3
const STEPS_PER_STRIDE = 2
const MS_PER_MIN = 60_000
/** Between two angles further apart something is missing: while nobody moves, one comes a second. */
const GAP_MS = 1500

export interface TracePoint {
  timeMs: number
  kneeDeg: number
}

export class LiveTrace {
  #points: TracePoint[] = []
  #counts: { timeMs: number; strides: number }[] = []
  #runSinceMs: number | undefined
  #sawBegin = false
  #wasOpen: boolean | undefined
  #nowMs = 0

  /** A reading that is not newer than the last adds nothing. */
  add({ angles, isRunOpen, isCalibrated, isInBout, strides }: LiveReading): void {
    const newestMs = angles.at(-1)?.timeMs
    if (newestMs === undefined || newestMs === this.#nowMs) return
    // The device has started anew: its clock begins at 0.
    if (newestMs < this.#nowMs) this.#forget()
    this.#nowMs = newestMs
    if (isCalibrated) this.#points.push(...angles)
    this.#points = this.#points.filter(({ timeMs }) => timeMs > newestMs - TRACE_MS)
    this.#count(isInBout, strides, newestMs)
    this.#run(isRunOpen, newestMs)
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** Of the last TRACE_MS, in pieces without gaps. */
  get pieces(): TracePoint[][] {
    const pieces: TracePoint[][] = []
    for (const point of this.#points) {
      const piece = pieces.at(-1)
      const last = piece?.at(-1)
      if (piece && last && point.timeMs - last.timeMs <= GAP_MS) piece.push(point)
      else pieces.push([point])
    }
    return pieces
  }

  /** Steps of both legs a minute in the last seconds; undefined out of a bout, in its first seconds and in a pause. */
  get cadenceSpm(): number | undefined {
    const first = this.#counts[0]
    const last = this.#counts.at(-1)
    if (!first || !last || last.timeMs - first.timeMs < CADENCE_LEAST_MS) return undefined
    if (this.#nowMs - last.timeMs > PAUSE_MS) return undefined
    return ((last.strides - first.strides) * STEPS_PER_STRIDE * MS_PER_MIN) / (last.timeMs - first.timeMs)
  }

  /** How long the run has been open; `isWhole` when its begin was seen, otherwise it is longer. */
  get run(): { durationMs: number; isWhole: boolean } | undefined {
    if (this.#runSinceMs === undefined) return undefined
    return { durationMs: this.#nowMs - this.#runSinceMs, isWhole: this.#sawBegin }
  }

  /** Strides are counted when they end, so the stretch begins and ends where one did; it begins anew after a burst. */
  #count(isInBout: boolean, strides: number, nowMs: number): void {
    const last = this.#counts.at(-1)
    if (!isInBout || (last && strides < last.strides)) this.#counts = []
    if (isInBout && strides !== this.#counts.at(-1)?.strides) this.#counts.push({ timeMs: nowMs, strides })
    this.#counts = this.#counts.filter(({ timeMs }) => timeMs > nowMs - CADENCE_MS)
    const burst = this.#counts.find(({ timeMs }) => timeMs > nowMs - BURST_MS)
    const newest = this.#counts.at(-1)
    if (burst && newest && newest.strides - burst.strides > BURST_STRIDES) this.#counts = [newest]
  }

  #run(isOpen: boolean, nowMs: number): void {
    if (!isOpen) this.#runSinceMs = undefined
    else if (this.#wasOpen !== true) {
      this.#runSinceMs = nowMs
      this.#sawBegin = this.#wasOpen === false
    }
    this.#wasOpen = isOpen
  }

  #forget(): void {
    this.#points = []
    this.#counts = []
    this.#wasOpen = undefined
    this.#runSinceMs = undefined
  }
}
