/** A worn device for tests: the firmware's bundle in an engine, its board link, and motion from the project's recordings. */
import { fileURLToPath } from "node:url"
import type { VirtualBoard } from "../../hosts/virtual/board"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import type { BoardEvent, BoardOptions, Reply } from "../../hosts/virtual/protocol"
import { BoardLink, type MotorChange } from "../../simulator/board-link"
import { type Engine, type EngineName, openEngine } from "../../simulator/engine/engine"
import { bundleFirmware } from "../../simulator/firmware-bundle"
import { chipSamples } from "../../simulator/motion-source"
import { Phone } from "../../simulator/phone/phone"
import { readRecording } from "../../simulator/recording/read-recording"
import type { Recording } from "../../simulator/recording/recording"
import { startDevice } from "../../src/main"

const SLICE_S = 1

export function projectRecording(name: string): Promise<Recording> {
  return readRecording(fileURLToPath(new URL(`../../simulator/recordings/${name}`, import.meta.url)))
}

export class Wear {
  readonly engine: Engine
  readonly link: BoardLink
  readonly phone: Phone
  readonly events: BoardEvent[] = []
  readonly motor: MotorChange[] = []

  constructor(engine: Engine) {
    this.engine = engine
    this.link = new BoardLink(engine, {
      event: (event) => void this.events.push(event),
      motor: (change) => void this.motor.push(change),
    })
    this.phone = new Phone((request) => this.link.gatt(request))
  }

  /** In this process, where coverage sees it, or as a bundle in an engine. */
  static async boot(engineName?: EngineName, options: BoardOptions = {}): Promise<Wear> {
    const engine = engineName ? await openEngine(engineName) : new InProcess()
    if (engineName) await engine.evaluate(await bundleFirmware())
    const wear = new Wear(engine)
    await wear.link.boot(options)
    return wear
  }

  /** Plays the rows between two times of the recording, s. */
  async play(recording: Recording, fromS: number, toS: number): Promise<void> {
    for (const slice of slices(recording, fromS, toS, this.link.rateHz)) await this.link.play(slice)
  }

  async closeRun(): Promise<void> {
    await this.link.advance(140_000)
  }

  /** How often the motor began to turn. */
  get pulses(): number {
    return this.motor.filter(({ duty }) => duty > 0).length
  }

  eventsNamed(name: string): BoardEvent[] {
    return this.events.filter((event) => event.name === name)
  }
}

/** What a board in this process told since it was last asked. */
export function toldBy(virtual: VirtualBoard): Reply {
  const reply: Reply = { nowMs: 0 }
  virtual.moveInto(reply)
  return reply
}

/** The firmware's own modules, unbundled. */
class InProcess implements Engine {
  readonly name = "node"
  readonly usage = undefined
  readonly #handler = new CommandHandler(startDevice)

  async command(frame: Uint8Array): Promise<Uint8Array> {
    return this.#handler.handle(frame)
  }
  async evaluate(): Promise<void> {}
  async heap(): Promise<undefined> {}
  async close(): Promise<void> {}
}

export function slices(recording: Recording, fromS: number, toS: number, rateHz: number): Uint8Array[] {
  const { timeS } = recording
  const first = timeS.findIndex((time) => time >= fromS)
  const after = timeS.findIndex((time) => time > toS)
  return [...chipSamples(recording, first, (after < 0 ? timeS.length : after) - 1, rateHz, SLICE_S)]
}
