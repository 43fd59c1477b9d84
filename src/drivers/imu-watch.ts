/**
 * Keeps an LSM6DSO alive: opens it, opens it again with growing pauses while it is absent, starts it again when it falls
 * silent, and knows how it is for the device's status. Times in ms.
 */
import type { ImuWiring, TimerId, TimerService, TimeService } from "../board"
import { Lsm6dso, type Lsm6dsoOwner, type SampleConsumer } from "./lsm6dso"
import { Lsm6dsoError } from "./lsm6dso-error"
import { SampleClock } from "./sample-clock"

/** `starting`: no batch yet. `faulty`: answers, but cannot be started. */
export const ImuState = { starting: 0, ok: 1, absent: 2, wrongChip: 3, silent: 4, faulty: 5 } as const
export type ImuState = (typeof ImuState)[keyof typeof ImuState]

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 30_000
const WATCH_INTERVAL_MS = 250
/** Without a batch for so long the chip is silent. */
const SILENT_MS = 1000
const US_PER_MS = 1000

export interface ImuWatchOptions {
  wiring: ImuWiring
  timer: TimerService
  time: TimeService
  consumer: SampleConsumer
  /** Samples to an interrupt; the driver's default when left out. */
  batch?: number
  owner?: ImuOwner
}

export interface ImuOwner {
  /** The state changed; `detail` is the error's message, or empty. */
  onState(state: ImuState, detail: string): void
}

export class ImuWatch implements Lsm6dsoOwner {
  /** Since the device started. */
  readonly counts = { samples: 0, lost: 0, overruns: 0, badWords: 0, retries: 0, missedInterrupts: 0 }
  private readonly options: ImuWatchOptions
  private readonly clock = new SampleClock()
  private readonly watchTimer: TimerId
  private sensor: Lsm6dso | undefined
  state: ImuState = ImuState.starting
  /** What the chip's last failure said; empty while it is well. */
  detail = ""
  private retryTimer: TimerId
  private retryMs = FIRST_RETRY_MS
  /** The last batch, or the last start. */
  private heardMs = 0
  private hasPolled = false

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

  close(): void {
    const { timer } = this.options
    timer.clear(this.watchTimer)
    timer.clear(this.retryTimer)
    this.drop()
  }

  private start(): void {
    const { wiring, time, consumer, batch } = this.options
    this.retryTimer = undefined
    this.heardMs = time.ticks
    this.hasPolled = false
    try {
      this.sensor ??= new Lsm6dso({
        ...wiring,
        time,
        consumer,
        sampleClock: this.clock,
        owner: this,
      })
      this.sensor.configure(batch === undefined ? {} : { batch })
    } catch (error) {
      this.onError(error)
    }
  }

  onBatch(): void {
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
    if (!(error instanceof Lsm6dsoError) || error.kind === "setting") throw error
    const state =
      error.kind === "identity"
        ? ImuState.wrongChip
        : error.kind === "bus"
          ? ImuState.absent
          : ImuState.faulty
    this.drop()
    this.enter(state, error.message)
    this.options.timer.clear(this.retryTimer)
    this.retryTimer = this.options.timer.set(() => this.retry(), this.nextPause())
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
    if (!this.hasPolled && this.quietMs() > 2 * batchMs) this.poll(sensor)
    if (this.sensor && this.quietMs() > SILENT_MS) this.restart()
  }

  private quietMs(): number {
    return this.options.time.ticks - this.heardMs
  }

  private poll(sensor: Lsm6dso): void {
    this.hasPolled = true
    try {
      if (sensor.read() < sensor.batch) return
    } catch (error) {
      this.onError(error)
      return
    }
    this.counts.missedInterrupts += 1
    this.onBatch()
  }

  private restart(): void {
    this.enter(ImuState.silent, `LSM6DSO: no samples for ${SILENT_MS} ms: check the interrupt's wiring`)
    if (this.retryMs > FIRST_RETRY_MS) {
      // It was started already and stayed silent: wait, still listening, before the next time.
      this.retryTimer = this.options.timer.set(() => this.retry(), this.nextPause())
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
