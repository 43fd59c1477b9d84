/**
 * The virtual board's time: µs since boot as a double, and a queue of events. Nothing waits: running to an instant fires
 * what is due on the way, in order of time and, at one instant, in the order in which it was asked for.
 */
import type { TimerId, TimerService, TimeService } from "../../src/io"

const US_PER_MS = 1000

export interface ClockEvent {
  readonly atUs: number
  readonly order: number
  /** Undefined once it fired or was cancelled. */
  callback: (() => void) | undefined
}

/** What is asked for later, by whoever cannot run the clock. */
export type EventClock = Pick<VirtualClock, "nowUs" | "nowMs" | "at" | "cancel">

export class VirtualClock {
  #nowUs = 0
  #order = 0
  #isStopped = false
  /** A binary heap: each event is not later than its children at 2i + 1 and 2i + 2. */
  readonly #queue: ClockEvent[] = []

  get nowUs(): number {
    return this.#nowUs
  }
  get nowMs(): number {
    return this.#nowUs / US_PER_MS
  }

  /** Calls back at `atUs`, or as soon as the clock runs when that has passed. */
  at(atUs: number, callback: () => void): ClockEvent {
    this.#order += 1
    const event: ClockEvent = { atUs, order: this.#order, callback }
    const queue = this.#queue
    let place = queue.length
    while (place > 0) {
      const parentPlace = (place - 1) >> 1
      const parent = queue[parentPlace] as ClockEvent
      // The newest is behind those of the same instant.
      if (parent.atUs <= atUs) break
      queue[place] = parent
      place = parentPlace
    }
    queue[place] = event
    return event
  }

  cancel(event: ClockEvent | undefined): void {
    if (event) event.callback = undefined
  }

  /** The processor is busy for `us`: time passes and nothing fires meanwhile. */
  elapse(us: number): void {
    if (!this.#isStopped) this.#nowUs += us
  }

  /** As when power goes: time stands and nothing fires, until it goes on. */
  stop(): void {
    this.#isStopped = true
  }
  goOn(): void {
    this.#isStopped = false
  }

  /** Runs to `untilUs`, events due at that instant included. An exception of a callback stops it there and comes out. */
  runUntil(untilUs: number): void {
    while (!this.#isStopped) {
      const next = this.#queue[0]
      if (!next || next.atUs > untilUs) break
      this.#takeFirst()
      const callback = next.callback
      if (!callback) continue
      next.callback = undefined
      if (next.atUs > this.#nowUs) this.#nowUs = next.atUs
      callback()
    }
    if (!this.#isStopped && untilUs > this.#nowUs) this.#nowUs = untilUs
  }

  #takeFirst(): void {
    const queue = this.#queue
    const last = queue.pop()
    if (!last || queue.length === 0) return
    let place = 0
    for (;;) {
      let childPlace = 2 * place + 1
      let child = queue[childPlace]
      if (!child) break
      const sibling = queue[childPlace + 1]
      if (sibling && isBefore(sibling, child)) {
        child = sibling
        childPlace += 1
      }
      if (!isBefore(child, last)) break
      queue[place] = child
      place = childPlace
    }
    queue[place] = last
  }
}

function isBefore(event: ClockEvent, other: ClockEvent): boolean {
  return event.atUs < other.atUs || (event.atUs === other.atUs && event.order < other.order)
}

interface VirtualTimer {
  event: ClockEvent | undefined
  /** Arms one that repeats. */
  arm?(atUs: number, intervalUs: number): void
}

/** Moddable's `timer` on the clock. A repeat keeps its grid when a callback comes late. */
export function timerOf(clock: EventClock): TimerService {
  return {
    set(callback, delayMs = 0): TimerId {
      const timer: VirtualTimer = { event: undefined }
      timer.event = clock.at(clock.nowUs + delayMs * US_PER_MS, callback)
      return timer
    },
    repeat(callback, intervalMs): TimerId {
      if (!(intervalMs > 0)) throw new RangeError(`timer: interval of ${intervalMs} ms`)
      const arm = (atUs: number, intervalUs: number): void => {
        timer.event = clock.at(atUs, () => {
          arm(atUs + intervalUs, intervalUs)
          callback()
        })
      }
      const timer: VirtualTimer = { event: undefined, arm }
      const intervalUs = intervalMs * US_PER_MS
      arm(clock.nowUs + intervalUs, intervalUs)
      return timer
    },
    schedule(id, delayMs, intervalMs): void {
      const timer = id as VirtualTimer
      if (!timer.arm) throw new TypeError("timer: only one that repeats can be scheduled again")
      clock.cancel(timer.event)
      if (delayMs === undefined) return
      if (!(intervalMs && intervalMs > 0)) throw new RangeError(`timer: interval of ${intervalMs} ms`)
      timer.arm(clock.nowUs + delayMs * US_PER_MS, intervalMs * US_PER_MS)
    },
    clear(timer): void {
      if (timer) clock.cancel((timer as VirtualTimer).event)
    },
  }
}

/** Moddable's `time`: whole milliseconds, as on the device. */
export function timeOf(clock: EventClock): TimeService {
  return {
    get ticks() {
      return Math.floor(clock.nowMs)
    },
  }
}
