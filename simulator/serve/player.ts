/**
 * One simulation as a page plays it: at the page's speed, told of in frames, with what is done by hand in between; then its report. Whatever it is asked for is done
 * while no time passes for the device.
 */
import type { Engine, EngineName } from "../engine/engine"
import type { Scenario } from "../scenario/scenario"
import type { Action, TimedAction } from "../simulation/action"
import type { CompanionPhone } from "../simulation/companion-phone"
import type { SimulationResult } from "../simulation/options"
import { NOTHING_HEARD } from "../simulation/phone-view"
import { Simulation } from "../simulation/simulation"
import { flashView } from "./flash-view"
import { FrameGathering } from "./frame"
import type { Message } from "./messages"
import { type Clock, MACHINE_CLOCK, Pacing, type Speed, STEP_MS } from "./pacing"
import type { Prepared } from "./prepared"
import { refusalWords } from "./refusal-words"
import { truthTotals } from "./truth-totals"

export interface PlayerOptions {
  prepared: Prepared
  /** Its number: whoever keeps its runs must not take it for the device of another simulation. */
  deviceId: string
  engine: EngineName
  opened: Promise<Engine>
  speed: Speed
  isPaused: boolean
  tell(message: Message): void
  /** The page has not taken yet what it was told: it is told the next together with what follows. */
  isBehind?(): boolean
  clock?: Clock
}

/** The flash is looked at so often at most. */
const FLASH_MS = 1000
/** A companion answers by the machine's clock: what the device waits for may not be over before it can. */
const COMPANION_SPEED_MOST = 10
/** The carried phone is at home. */
const COMPANION_ALONE = { ...NOTHING_HEARD, link: "companion" } as const

export class Player {
  readonly #options: PlayerOptions
  readonly #clock: Clock
  readonly #simulation: Simulation
  readonly #frames: FrameGathering
  readonly #pacing: Pacing
  readonly #deeds: { work(): Promise<void>; refuse(error: Error): void }[] = []
  #toldDone = 0
  #toldMs = Number.NEGATIVE_INFINITY
  #flashMs = Number.NEGATIVE_INFINITY
  #flashChanges = -1
  /** As the board told last: past the motion's end the simulation's own stands still. */
  #reachedS = Number.NEGATIVE_INFINITY
  #isFinishing = false
  #isOver = false
  #running: Promise<void> = Promise.resolve()

  private constructor(options: PlayerOptions, simulation: Simulation, frames: FrameGathering) {
    this.#options = options
    this.#clock = options.clock ?? MACHINE_CLOCK
    this.#simulation = simulation
    this.#frames = frames
    this.#pacing = new Pacing(simulation, this.#clock)
    this.#pacing.speed = options.speed
    if (options.isPaused) this.#pacing.pause()
  }

  /** Boots the device; playing begins with `play`. @throws Error when the engine is missing, or the device does not start */
  static async start(options: PlayerOptions): Promise<Player> {
    const { prepared, deviceId, engine, opened } = options
    const frames = new FrameGathering(prepared.motion, prepared.playing.thresholdDeg)
    let waiting: Player | undefined
    const simulation = await Simulation.start({
      ...prepared.device,
      deviceId,
      motion: prepared.motion,
      engine,
      opened,
      trace: true,
      listener: {
        event: (...told) => frames.event(...told),
        motor: (...told) => frames.motor(...told),
        reply: (...told) => frames.reply(...told),
        gatt: (...told) => frames.gatt(...told),
        notification: (...told) => frames.notification(...told),
        // While the run is waited for no step ends.
        progress: (timeS) => {
          if (waiting) waiting.#progress(timeS)
        },
      },
    })
    const player = new Player(options, simulation, frames)
    waiting = player
    return player
  }

  get timeS(): number {
    return this.#simulation.timeS
  }
  /** By hand. */
  get done(): readonly TimedAction[] {
    return this.#simulation.done
  }
  get prepared(): Prepared {
    return this.#options.prepared
  }
  get deviceId(): string {
    return this.#options.deviceId
  }
  get isPaused(): boolean {
    return this.#pacing.isPaused
  }
  /** Nothing can be done to it any more. */
  get isOver(): boolean {
    return this.#isOver
  }

  set speed(speed: Speed) {
    this.#pacing.speed = speed
  }
  pause(): void {
    this.#pacing.pause()
  }
  resume(): void {
    this.#pacing.resume()
  }

  /** Done as soon as the step under way has ended. @throws Error when it cannot be done */
  act(action: Action): Promise<void> {
    return this.#do(() => this.#simulation.act(action))
  }

  /** Something that the companion does over the air; as `act`. */
  overAir<Result>(deed: (companion: CompanionPhone) => Promise<Result>): Promise<Result> {
    return this.#do(() => deed(this.#simulation.companion))
  }

  /** Plays to the end, waits for the run to close and tells the report; or tells what went wrong. */
  play(): Promise<void> {
    this.#running = this.#play().catch((error) => {
      if (!this.#isOver) this.#options.tell({ tell: "refused", what: refusalWords(error), isOver: true })
    })
    return this.#running
  }

  /** Stops where it is, and ends the engine. */
  async close(): Promise<void> {
    this.#isOver = true
    this.#pacing.stop()
    this.#refuseDeeds()
    // A wait for the run's end is broken off.
    await this.#simulation.close()
    await this.#running
  }

  /** As a scenario that does again what was done by hand; undefined for a recording. */
  get scenario(): Scenario | undefined {
    const { scenario } = this.#options.prepared
    if (!scenario || this.done.length === 0) return scenario
    return { ...scenario, events: [...(scenario.events ?? []), ...this.done] }
  }

  async #play(): Promise<void> {
    await this.#pacing.run(
      // Whoever fetches runs is waited for: the run may be closed only after the motion.
      () => this.#simulation.isPlayed && !this.#simulation.companion.connected,
      () => this.#between(),
      () => this.#tellFrame(0),
    )
    if (this.#isOver) return
    await this.#between()
    this.#isFinishing = true
    this.#refuseDeeds()
    const result = await this.#simulation.finish()
    this.#tellFrame(0)
    await this.#tellFlash(0)
    this.#isOver = true
    await this.#simulation.close()
    this.#options.tell({ tell: "done", report: this.#report(result) })
  }

  #report({ json }: SimulationResult) {
    const truth = truthTotals(this.#options.prepared.motion.recording)
    return { json, ...(truth && { truth }) }
  }

  /** What is to be done while no time passes. */
  async #between(): Promise<void> {
    for (const { work } of this.#deeds.splice(0)) await work()
    this.#pacing.speedMost = this.#simulation.companion.connected
      ? COMPANION_SPEED_MOST
      : Number.POSITIVE_INFINITY
    await this.#tellFlash(FLASH_MS)
  }

  #do<Result>(deed: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#deeds.push({ work: () => deed().then(resolve, reject), refuse: reject })
      if (this.#isFinishing || this.#isOver) this.#refuseDeeds()
      else this.#pacing.wake()
    })
  }

  #refuseDeeds(): void {
    for (const { refuse } of this.#deeds.splice(0))
      refuse(new Error("the motion is over: start again to do something to the device"))
  }

  #progress(timeS: number): void {
    this.#reachedS = timeS
    this.#tellFrame(STEP_MS)
  }

  /** @param afterMs not sooner after the one before */
  #tellFrame(afterMs: number): void {
    const nowMs = this.#clock.nowMs()
    if (this.#isOver || nowMs - this.#toldMs < afterMs || this.#options.isBehind?.()) return
    this.#toldMs = nowMs
    const { companion, device, phoneView, done } = this.#simulation
    const phone = phoneView ?? (companion.connected ? COMPANION_ALONE : NOTHING_HEARD)
    const timeS = this.#isFinishing ? Math.max(this.timeS, this.#reachedS) : this.timeS
    const { isPaused, reached: speed } = this.#pacing
    const moment = { timeS, isPaused, speed, device, phone, done: done.slice(this.#toldDone) }
    this.#toldDone = done.length
    this.#options.tell({ tell: "frame", ...this.#frames.take(moment) })
  }

  async #tellFlash(afterMs: number): Promise<void> {
    const { storeChanges } = this.#frames
    if (storeChanges === this.#flashChanges || this.#clock.nowMs() - this.#flashMs < afterMs) return
    const flash = await this.#simulation.flash()
    if (!flash) return
    this.#flashMs = this.#clock.nowMs()
    this.#flashChanges = storeChanges
    this.#options.tell({ tell: "flash", flash: flashView(flash.image, flash.erases) })
  }
}
