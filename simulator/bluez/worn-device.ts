/**
 * The virtual device as somebody wears it: it boots, plays a recording as often as it shall have runs stored, as fast as the engine can, and then once
 * more in step with the wall clock; after that its chip repeats the last sample. Meanwhile it takes requests over the air and presses of its button.
 */
import { setTimeout as wait } from "node:timers/promises"
import type { BoardEvent, BoardOptions } from "../../hosts/virtual/protocol"
import type { BoardLink } from "../board-link"
import { contactChanges, type Press } from "../button"
import { playRecording, startsNext, waitForSensors } from "../playback"
import type { Recording } from "../recording/recording"

export interface WearOptions {
  recording: Recording
  /** Runs to have stored before the wall clock counts. */
  runs: number
  /** Seconds of the device's time in one of the wall clock; infinite: as many as the engine can. */
  speed: number
}

/** Longer than the device waits for a second press (src/drivers/button.ts). */
const GESTURE_MS = 600

interface ButtonStep {
  atMs: number
  pressed: boolean
  known?: () => void
}

/** In one piece while time is not watched. */
const FAST_SLICE_S = 5
/** In step with the wall clock: so late what is asked over the air comes at most. */
const SLICE_S = 0.05
const MS_PER_S = 1000
const REST_MS = 5000
/** A run is closed within this after its end: the longest pause that can be set, and some. */
const CLOSE_LIMIT_MS = 900_000
/** Further behind the wall clock than this, the machine is too slow: what is missing is not made up for. */
const BEHIND_LIMIT_MS = 1000

export class WornDevice {
  readonly link: BoardLink
  readonly #options: WearOptions
  readonly #button: ButtonStep[] = []
  readonly #stopping = new AbortController()
  #last: BoardEvent | undefined
  #runsEnded = 0
  #runOpen = false

  /** The link's listener must hand on events: see `event`. */
  constructor(link: BoardLink, options: WearOptions) {
    this.link = link
    this.#options = options
  }

  event(event: BoardEvent): void {
    this.#last = event
    if (event.name === "runStarted") this.#runOpen = true
    if (event.name !== "runEnded") return
    this.#runOpen = false
    this.#runsEnded += 1
  }

  /** Boots and stores the runs. @throws Error when the firmware does not start */
  async prepare(options: BoardOptions = {}): Promise<void> {
    const { recording, runs } = this.#options
    const link = this.link
    await link.boot(options)
    await waitForSensors(link, () => this.#last)
    for (let run = 0; run < runs; run++) {
      await playRecording(link, recording, { startMs: startsNext(link, recording), sliceS: FAST_SLICE_S })
      const limitMs = link.nowMs + CLOSE_LIMIT_MS
      await link.advance(REST_MS)
      while (this.#runOpen && link.nowMs < limitMs) await link.advance(REST_MS)
    }
  }

  /** Goes on in step with the wall clock until `stop`. @param each is called again and again, with the board at rest */
  async live(each?: () => Promise<void>): Promise<void> {
    const { recording, speed } = this.#options
    const link = this.link
    let startMs = link.nowMs
    let wallStartMs = performance.now()
    const keepStep = async () => {
      await this.#pressButton()
      await each?.()
      this.#stopping.signal.throwIfAborted()
      const aheadMs = (link.nowMs - startMs) / speed - (performance.now() - wallStartMs)
      if (aheadMs < -BEHIND_LIMIT_MS) {
        startMs = link.nowMs
        wallStartMs = performance.now()
      }
      await wait(Math.max(0, aheadMs), undefined, { signal: this.#stopping.signal })
    }
    try {
      await playRecording(link, recording, {
        startMs: startsNext(link, recording),
        sliceS: SLICE_S,
        played: keepStep,
      })
      for (;;) {
        await link.advance(SLICE_S * MS_PER_S)
        await keepStep()
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw error
    }
  }

  stop(): void {
    this.#stopping.abort()
  }

  get runsEnded(): number {
    return this.#runsEnded
  }

  /** In the device's own time. Resolves when the device knows which gesture it was. */
  press(kind: Press): Promise<void> {
    const startMs = Math.max(this.link.nowMs, this.#button.at(-1)?.atMs ?? 0)
    const changes = contactChanges(kind)
    for (const { afterMs, pressed } of changes) this.#button.push({ atMs: startMs + afterMs, pressed })
    const atMs = startMs + (changes.at(-1)?.afterMs ?? 0)
    return new Promise((known) => this.#button.push({ atMs: atMs + GESTURE_MS, pressed: false, known }))
  }

  async #pressButton(): Promise<void> {
    while (this.#button[0] && this.#button[0].atMs <= this.link.nowMs) {
      const { pressed, known } = this.#button.shift() as ButtonStep
      await this.link.pressButton(pressed)
      known?.()
    }
  }
}
