/**
 * Keeps an inertial sensor alive: opens it, opens it again with growing pauses while it is absent, starts it again when it falls
 * silent, and knows how it is for the device's status. Times in ms.
 */

import type { ImuPart } from "../board"
import { constant } from "../constant"
import type { TimerId, TimerService, TimeService } from "../io"
import { ChipError } from "./chip-error"
import type { Imu, ImuOwner, SampleConsumer } from "./driver"
import { SampleClock } from "./sample-clock"

/** `starting`: no batch yet. `faulty`: answers, but cannot be started. */
export const ImuState = constant({
  starting: 0,
  ok: 1,
  absent: 2,
  wrongChip: 3,
  silent: 4,
  faulty: 5,
} as const)
export type ImuState = (typeof ImuState)[keyof typeof ImuState]

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 30_000
const WATCH_INTERVAL_MS = 250
/** Without a batch for so long the chip is silent. */
const SILENT_MS = 1000
const US_PER_MS = 1000
/** After so many batches without an interrupt on end nobody waits for the next: the chip is read as often as its batches fill. */
const POLLED_AFTER = 2
/** Read a little sooner than a batch takes: so the reads fall now here and now there between two samples, and show on average when these are taken. */
const POLL_EARLIER_SAMPLES = 0.4

export interface ImuWatchOptions {
  part: ImuPart
  timer: TimerService
  time: TimeService
  consumer: SampleConsumer
  /** Samples to an interrupt; the driver's default when left out. */
  batch?: number
  owner?: ImuWatchOwner
}

export interface ImuWatchOwner {
  /** The state changed; `detail` is the error's message, or empty. */
  onState(state: ImuState, detail: string): void
  /** The chip does not answer; its IO is closed. @returns whether the bus was held, and is free now: then it is asked again at once */
  busFailed?(detail: string): boolean
}

export class ImuWatch implements ImuOwner {
  /** Since the device started. */
  readonly counts = { samples: 0, lost: 0, overruns: 0, badWords: 0, retries: 0, missedInterrupts: 0 }
  private readonly options: ImuWatchOptions
  private readonly clock = new SampleClock()
  private readonly watchTimer: TimerId
  private sensor: Imu | undefined
  state: ImuState = ImuState.starting
  /** What the chip's last failure said; empty while it is well. */
  detail = ""
  private retryTimer: TimerId
  private retryMs = FIRST_RETRY_MS
  /** The last batch, or the last start. */
  private heardMs = 0
  private hasPolled = false
  /** Batches on end that were found by looking. */
  private missedInARow = 0

  constructor(options: ImuWatchOptions) {
    this.options = options
    this.watchTimer = options.timer.repeat(() => this.watch(), WATCH_INTERVAL_MS)
    this.start()
  }

  /** Time between samples as tracked, µs; 0 while the chip was never started. */
  get periodUs(): number {
    return this.clock.periodUs
  }

  /** Hands on at once what the chip has by now, without waiting for its interrupt; nothing while it does not measure. */
  fetch(): void {
    if (!this.sensor || this.state !== ImuState.ok) return
    try {
      this.sensor.read()
    } catch (error) {
      this.onError(error)
    }
  }

  /**
   * No more samples: the chip's interrupt stands as soon as it is moved, until this is closed. It tries once: whoever cannot be told is tried again as
   * a chip that failed. @returns whether the chip does
   */
  watchMotion(): boolean {
    const sensor = this.sensor
    if (!sensor || this.state !== ImuState.ok) return false
    try {
      sensor.watchMotion()
      return true
    } catch (error) {
      this.onError(error)
      return false
    }
  }

  close(): void {
    const { timer } = this.options
    timer.clear(this.watchTimer)
    timer.clear(this.retryTimer)
    this.drop()
  }

  private start(): void {
    const { part, time, consumer, batch } = this.options
    this.retryTimer = undefined
    this.heardMs = time.ticks
    this.hasPolled = false
    this.hearInterrupts()
    try {
      this.sensor ??= part.open({ time, consumer, sampleClock: this.clock, owner: this })
      this.sensor.configure(batch === undefined ? {} : { batch })
    } catch (error) {
      this.onError(error)
    }
  }

  onBatch(): void {
    if (this.missedInARow > 0) this.hearInterrupts()
    this.heard()
  }

  private heard(): void {
    this.heardMs = this.options.time.ticks
    this.hasPolled = false
    this.retryMs = FIRST_RETRY_MS
    this.options.timer.clear(this.retryTimer)
    this.retryTimer = undefined
    this.collectCounts()
    // Not with each batch: an empty string is copied to RAM too.
    if (this.state !== ImuState.ok) this.enter(ImuState.ok, "")
  }

  /** @throws what is not the chip's fault. */
  onError(error: unknown): void {
    if (!(error instanceof ChipError) || error.kind === "setting") throw error
    const state =
      error.kind === "identity"
        ? ImuState.wrongChip
        : error.kind === "bus"
          ? ImuState.absent
          : ImuState.faulty
    this.drop()
    const isFreed = state === ImuState.absent && this.options.owner?.busFailed?.(error.message) === true
    const pauseMs = this.nextPause()
    // Only once at once: a chip that holds the bus again and again is absent.
    const isAtOnce = isFreed && pauseMs === FIRST_RETRY_MS
    if (!isAtOnce) this.enter(state, error.message)
    this.retryIn(isAtOnce ? 0 : pauseMs)
  }

  /** Closes the chip's IO, for the bus is wanted, and opens it again in a while; nothing when it is closed. */
  release(): void {
    if (!this.sensor) return
    this.drop()
    this.retryIn(FIRST_RETRY_MS)
  }

  private retryIn(ms: number): void {
    this.options.timer.clear(this.retryTimer)
    this.retryTimer = this.options.timer.set(() => this.retry(), ms)
  }

  private retry(): void {
    this.counts.retries += 1
    this.start()
  }

  private nextPause(): number {
    const pauseMs = this.retryMs
    this.retryMs = Math.min(LAST_RETRY_MS, pauseMs * 2)
    return pauseMs
  }

  /** Fetches what an overdue chip has, for its interrupt may have been missed; starts it again when it is silent. */
  private watch(): void {
    const sensor = this.sensor
    if (!sensor || this.retryTimer !== undefined) return
    const batchMs = (sensor.batch * sensor.periodUs) / US_PER_MS
    if (this.isPolled || (!this.hasPolled && this.quietMs() > 2 * batchMs)) this.poll(sensor)
    if (this.sensor && this.quietMs() > SILENT_MS) this.restart()
  }

  private quietMs(): number {
    return this.options.time.ticks - this.heardMs
  }

  /** Its interrupt does not come: it is read by the clock. */
  private get isPolled(): boolean {
    return this.missedInARow >= POLLED_AFTER
  }

  private poll(sensor: Imu): void {
    this.hasPolled = true
    let samples = 0
    try {
      samples = sensor.read(this.isPolled)
    } catch (error) {
      this.onError(error)
      return
    }
    if (samples < (this.isPolled ? 1 : sensor.batch)) return
    this.counts.missedInterrupts += 1
    this.missedInARow += 1
    if (this.missedInARow === POLLED_AFTER)
      this.watchEvery((((sensor.batch - POLL_EARLIER_SAMPLES) * sensor.periodUs) / US_PER_MS) | 0)
    this.heard()
  }

  private hearInterrupts(): void {
    if (this.isPolled) this.watchEvery(WATCH_INTERVAL_MS)
    this.missedInARow = 0
  }

  private watchEvery(ms: number): void {
    const intervalMs = ms > 0 ? ms : 1
    this.options.timer.schedule(this.watchTimer, intervalMs, intervalMs)
  }

  private restart(): void {
    this.enter(
      ImuState.silent,
      `${this.options.part.name}: no samples for ${SILENT_MS} ms: check the interrupt's wiring`,
    )
    if (this.retryMs > FIRST_RETRY_MS) {
      // It was started already and stayed silent: wait, still listening, before the next time.
      this.retryIn(this.nextPause())
      return
    }
    this.nextPause()
    this.retry()
  }

  private enter(state: ImuState, detail: string): void {
    if (state === this.state) return
    this.state = state
    this.detail = detail
    this.options.owner?.onState(state, detail)
  }

  private drop(): void {
    this.collectCounts()
    this.sensor?.close()
    this.sensor = undefined
  }

  /** Moves the sensor's counts into ours. */
  private collectCounts(): void {
    const from = this.sensor?.counts
    if (!from) return
    const to = this.counts
    to.samples += from.samples
    to.lost += from.lost
    to.overruns += from.overruns
    to.badWords += from.badWords
    from.samples = 0
    from.lost = 0
    from.overruns = 0
    from.badWords = 0
  }
}
