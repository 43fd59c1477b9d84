/**
 * Lets a simulation's time pass in step with the clock's, some seconds in each of its own or as many as it can, in steps so short that whoever asks for something is
 * heard between two. A machine that is too slow falls behind and says how fast it is; it never makes up for what it missed. Times of the simulation in s.
 */
import { setImmediate, setTimeout } from "node:timers/promises"

export type Speed = number | "most"

export interface Paced {
  readonly timeS: number
  advance(forS: number): Promise<void>
}

/** The machine's, or a test's. */
export interface Clock {
  nowMs(): number
  /** @throws AbortError when `signal` aborts */
  wait(forMs: number, signal: AbortSignal): Promise<void>
}

export const MACHINE_CLOCK: Clock = {
  nowMs: () => performance.now(),
  wait: async (forMs, signal) => {
    // Also without a pause others get their turn.
    if (forMs <= 0) await setImmediate(undefined, { signal })
    else await setTimeout(forMs, undefined, { signal })
  },
}

/** From one step's beginning to the next's: as often a page can be told something. */
export const STEP_MS = 50
const MS_PER_S = 1000
/** Simulated in the first step, while nobody knows how fast the machine is. */
const FIRST_STEP_S = 0.05
/** A step's length follows what the ones before took; it never grows faster than so. */
const GROWTH = 4
/** What is simulated in one step at most: the board's own news come no later. */
const STEP_MOST_S = 20
/** Further behind than so many steps, the machine is too slow. */
const BEHIND_STEPS = 5
/** Nothing happens then; a timer takes no endless one. */
const LONGEST_WAIT_MS = 60_000
/** Over which the speed is told. */
const SPEED_OVER_MS = 1000

export class Pacing {
  readonly #paced: Paced
  readonly #clock: Clock
  #isStopped = false
  #waking = new AbortController()
  #speed: Speed = 1
  #speedMost = Number.POSITIVE_INFINITY
  #isPaused = false
  /** Where the clock's time and the simulation's were the same. */
  #origin = { ms: 0, s: 0 }
  /** The step that would take as long as steps are apart, s. */
  #capableS = FIRST_STEP_S
  #passed: { ms: number; s: number }[] = []

  constructor(paced: Paced, clock: Clock = MACHINE_CLOCK) {
    this.#paced = paced
    this.#clock = clock
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  set speed(speed: Speed) {
    this.#speed = speed
    this.#goOnFromHere()
  }
  /** It goes no faster, whatever the speed that was chosen. */
  set speedMost(most: number) {
    if (most === this.#speedMost) return
    this.#speedMost = most
    this.#goOnFromHere()
  }

  /** Seconds of the simulation in one of the clock, lately; 0 while it is paused. */
  get reached(): number {
    const [first, last] = [this.#passed[0], this.#passed.at(-1)]
    if (!first || !last || last.ms <= first.ms) return 0
    return ((last.s - first.s) / (last.ms - first.ms)) * MS_PER_S
  }

  pause(): void {
    this.#isPaused = true
    this.wake()
  }
  resume(): void {
    this.#isPaused = false
    this.#goOnFromHere()
  }

  /** The next step begins at once, be it a step of nothing: something has been asked for. */
  wake(): void {
    this.#waking.abort()
  }

  stop(): void {
    this.#isStopped = true
    this.wake()
  }

  /**
   * Until it is over or stopped.
   * @param before each step: with the simulation at rest
   * @param after each step, also one in which no time passed
   */
  async run(isOver: () => boolean, before: () => Promise<void>, after: () => void): Promise<void> {
    this.#goOnFromHere()
    while (!this.#isStopped && !isOver()) {
      const beganMs = this.#clock.nowMs()
      this.#waking = new AbortController()
      await before()
      const stepS = this.#isPaused ? 0 : this.#dueS()
      if (stepS > 0) await this.#step(stepS)
      this.#remember()
      after()
      if (this.#isStopped || isOver()) return
      await this.#rest(beganMs)
    }
  }

  get #allowed(): Speed {
    const speed = this.#speed === "most" ? Number.POSITIVE_INFINITY : this.#speed
    const allowed = Math.min(speed, this.#speedMost)
    return allowed === Number.POSITIVE_INFINITY ? "most" : allowed
  }

  async #step(stepS: number): Promise<void> {
    const beganMs = this.#clock.nowMs()
    await this.#paced.advance(stepS)
    const tookMs = Math.max(this.#clock.nowMs() - beganMs, 1 / MS_PER_S)
    const fittingS = (stepS * STEP_MS) / tookMs
    this.#capableS = Math.min(fittingS, this.#capableS * GROWTH, STEP_MOST_S)
  }

  /** What is due, as far as it can be done in time. */
  #dueS(): number {
    const speed = this.#allowed
    if (speed === "most") return this.#capableS
    const behindMs = this.#clock.nowMs() - this.#origin.ms
    const dueS = this.#origin.s + (behindMs / MS_PER_S) * speed - this.#paced.timeS
    if (dueS > (BEHIND_STEPS * STEP_MS * speed) / MS_PER_S) this.#goOnFromHere()
    // Whole ms, as the simulation counts.
    return Math.floor(Math.min(dueS, Math.max(this.#capableS, 1 / MS_PER_S)) * MS_PER_S) / MS_PER_S
  }

  async #rest(beganMs: number): Promise<void> {
    const untilMs = this.#isPaused ? Number.POSITIVE_INFINITY : beganMs + STEP_MS
    const forMs = this.#allowed === "most" && !this.#isPaused ? 0 : untilMs - this.#clock.nowMs()
    const { signal } = this.#waking
    try {
      await this.#clock.wait(Math.min(forMs, LONGEST_WAIT_MS), signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  #goOnFromHere(): void {
    this.#origin = { ms: this.#clock.nowMs(), s: this.#paced.timeS }
    this.#passed = []
    this.wake()
  }

  #remember(): void {
    const ms = this.#clock.nowMs()
    if (this.#isPaused) this.#passed = []
    this.#passed.push({ ms, s: this.#paced.timeS })
    while (ms - (this.#passed[0]?.ms ?? ms) > SPEED_OVER_MS) this.#passed.shift()
  }
}
