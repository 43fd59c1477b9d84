/**
 * The processor of a virtual board: when it started and why, and whether it runs. What it was asked to do later (timers, pins) is gone with the start
 * in which it was asked; the board's clock and its chips go on. Its own time begins at 0 with each start.
 */
import { Wake } from "../../src/power/port"
import type { ClockEvent, EventClock, VirtualClock } from "./clock"

const US_PER_MS = 1000

/** `off`: it sleeps, or is held in reset. */
export const ProcessorState = { off: 0, starting: 1, running: 2 } as const
export type ProcessorState = (typeof ProcessorState)[keyof typeof ProcessorState]

/** Thrown where the firmware asked for something that does not return: sleep, a restart. It ends what the processor was doing. */
export class ProcessorHalt extends Error {
  override readonly name = "ProcessorHalt"
}

/** What the processor did since power came, for the budget of power: it takes no time but for transfers on its bus. */
export interface ProcessorUse {
  /** Since power came, it slept for so long, between one start and the next. */
  asleepMs: number
  /** It ran for so long, and so much of that it might have slept lightly between two things to do. */
  awakeMs: number
  lightSleepMs: number
  /** How often something woke it from that: a timer, a pin. */
  lightWakes: number
}

export class VirtualProcessor implements EventClock {
  wake: Wake = Wake.power
  state: ProcessorState = ProcessorState.running
  /** How often it woke from sleep, since power came. */
  wakes = 0
  readonly #clock: VirtualClock
  #startUs = 0
  /** Another with each start and each halt. */
  #life = 0
  #mayLightSleep = false
  #isBusy = false
  /** From here on nothing is added to #use yet. */
  #countedUs = 0
  readonly #use: ProcessorUse = { asleepMs: 0, awakeMs: 0, lightSleepMs: 0, lightWakes: 0 }

  constructor(clock: VirtualClock) {
    this.#clock = clock
  }

  /** When it started, ms since power came. */
  get startMs(): number {
    return this.#startUs / US_PER_MS
  }
  /** The board's, for intervals. */
  get nowUs(): number {
    return this.#clock.nowUs
  }
  /** Since it started. */
  get nowMs(): number {
    return (this.#clock.nowUs - this.#startUs) / US_PER_MS
  }

  get use(): Readonly<ProcessorUse> {
    this.#count()
    return this.#use
  }

  get mayLightSleep(): boolean {
    return this.#mayLightSleep
  }
  set mayLightSleep(isAllowed: boolean) {
    this.#count()
    this.#mayLightSleep = isAllowed
  }

  /** As VirtualClock.at(); a start from now on forgets it. */
  at(atUs: number, callback: () => void): ClockEvent {
    const life = this.#life
    return this.#clock.at(atUs, () => {
      if (life === this.#life) this.#wakeFor(callback)
    })
  }

  cancel(event: ClockEvent | undefined): void {
    this.#clock.cancel(event)
  }

  /** Does `work` of the firmware's; a halt in it ends it. @returns what it gives, undefined when it halted */
  run<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof ProcessorHalt)) throw error
      return undefined
    }
  }

  /** Nothing that it was asked for happens any more. */
  halt(): void {
    this.#count()
    this.#life++
    this.state = ProcessorState.off
    this.#mayLightSleep = false
  }

  /** From now on it starts, for `bootUs`; then `begin` begins. */
  start(wake: Wake, bootUs: number, begin: () => void): void {
    this.halt()
    this.wake = wake
    if (wake === Wake.motion || wake === Wake.button) this.wakes++
    this.state = ProcessorState.starting
    this.#startUs = this.#clock.nowUs
    this.at(this.#clock.nowUs + bootUs, () => {
      this.#count()
      this.state = ProcessorState.running
      begin()
    })
  }

  #wakeFor(callback: () => void): void {
    this.#count()
    if (this.#mayLightSleep) this.#use.lightWakes++
    this.#isBusy = true
    try {
      this.run(callback)
    } finally {
      this.#count()
      this.#isBusy = false
    }
  }

  #count(): void {
    const use = this.#use
    const ms = (this.#clock.nowUs - this.#countedUs) / US_PER_MS
    this.#countedUs = this.#clock.nowUs
    if (this.state === ProcessorState.off) use.asleepMs += ms
    else {
      use.awakeMs += ms
      if (this.#mayLightSleep && !this.#isBusy) use.lightSleepMs += ms
    }
  }
}
