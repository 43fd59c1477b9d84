/** A worn device for tests: the firmware's bundle in an engine, its board link, and motion from the project's recordings. */
import { fileURLToPath } from "node:url"
import type { VirtualBoard } from "../../hosts/virtual/board"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import {
  type BoardEvent,
  type BoardOptions,
  type Notification,
  type Reply,
  SAMPLE_BYTES,
} from "../../hosts/virtual/protocol"
import { BoardLink, type MotorChange } from "../../simulator/board-link"
import { Terminal } from "../../simulator/console/terminal"
import { type Engine, type EngineName, openEngine } from "../../simulator/engine/engine"
import { bundleFirmware } from "../../simulator/firmware-bundle"
import { type CutoffsHz, chipSamples } from "../../simulator/motion-source"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { readRecording } from "../../simulator/recording/read-recording"
import type { Recording } from "../../simulator/recording/recording"
import { ShankSource } from "../../simulator/shank-source"
import { TraceGathering } from "../../simulator/trace"
import { startDevice } from "../../src/main"

const SLICE_S = 1
const MS_PER_S = 1000

export function projectRecording(name: string): Promise<Recording> {
  return readRecording(fileURLToPath(new URL(`../../simulator/recordings/${name}`, import.meta.url)))
}

export class Wear {
  readonly engine: Engine
  readonly link: BoardLink
  readonly phone: Phone
  readonly events: BoardEvent[] = []
  readonly motor: MotorChange[] = []
  readonly notifications: Notification[] = []
  /** At the maker's console. */
  readonly terminal = new Terminal()
  /** Of a board that traces. */
  readonly traced = new TraceGathering()

  constructor(engine: Engine) {
    this.engine = engine
    this.link = new BoardLink(engine, {
      event: (event) => void this.events.push(event),
      motor: (change) => void this.motor.push(change),
      notification: (notification) => void this.notifications.push(notification),
      reply: (reply, body) => this.traced.add(reply, body),
      console: (bytes) => this.terminal.console(bytes),
    })
    this.terminal.connect(this.link)
    this.phone = new Phone((request) => this.link.gatt(request), KNOWN_PHONE)
  }

  /** In this process, where coverage sees it, or as a bundle in an engine. */
  static async boot(engineName?: EngineName, options: BoardOptions = {}): Promise<Wear> {
    const engine = engineName ? await openEngine(engineName) : new InProcess()
    if (engineName) await engine.evaluate(await bundleFirmware())
    const wear = new Wear(engine)
    await wear.link.boot(knowing(options))
    return wear
  }

  /** Plays the rows between two times of the recording, s; the shank's too, where the board has a chip for it. */
  async play(recording: Recording, fromS: number, toS: number): Promise<void> {
    const { link } = this
    const { sampledS, shank } = recording
    const [first, last] = rowsBetween(recording, fromS, toS)
    const source =
      shank && link.shank?.rateHz
        ? new ShankSource({ sampledS, shank }, first, last, link.shank, link.nextSampleMs)
        : undefined
    for (const slice of slices(recording, fromS, toS, link.rateHz, link.cutoffsHz)) {
      const lastMs = link.nextSampleMs + ((slice.length / SAMPLE_BYTES - 1) * MS_PER_S) / link.rateHz
      await link.play(slice, link.shank && source?.take(link.shank.nextSampleMs, lastMs))
    }
  }

  async closeRun(): Promise<void> {
    await this.link.advance(140_000)
  }

  /** How often the motor began to turn. */
  get pulses(): number {
    return this.motor.filter(({ duty }) => duty > 0).length
  }

  /** How long each pulse was, in their order, from this change of the motor on. */
  pulsesMs(from = 0): number[] {
    const changes = this.motor.slice(from)
    return changes.flatMap(({ atMs, duty }, index) =>
      duty > 0 ? [Math.round((changes[index + 1]?.atMs ?? Number.NaN) - atMs)] : [],
    )
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

export function slices(
  recording: Recording,
  fromS: number,
  toS: number,
  rateHz: number,
  cutoffsHz?: CutoffsHz,
): Uint8Array[] {
  return [...chipSamples(recording, ...rowsBetween(recording, fromS, toS), rateHz, SLICE_S, 0, cutoffsHz)]
}

function rowsBetween({ timeS }: Recording, fromS: number, toS: number): [first: number, last: number] {
  const after = timeS.findIndex((time) => time > toS)
  return [timeS.findIndex((time) => time >= fromS), (after < 0 ? timeS.length : after) - 1]
}
