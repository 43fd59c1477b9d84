/**
 * One wearing session: the firmware booted in an engine on the virtual board, set up by a virtual phone, played a recording,
 * left alone until it closed the run, and read again by the phone. What `json` says of the wearer came over GATT.
 */
import type { BoardEvent, BoardOptions } from "../hosts/virtual/protocol"
import { StatusFlag } from "../src/ble/layouts"
import { BoardLink } from "./board-link"
import type { Engine, EngineName } from "./engine/engine"
import { openFirmware } from "./engine/firmware-engine"
import { KNOWN_PHONE, knowing } from "./phone/known-phone"
import { Phone, type Sync } from "./phone/phone"
import { type ReplayJson, replayJson } from "./phone/replay-json"
import { playRecording, startsNext, waitForSensors } from "./playback"
import { type Recording, RecordingError } from "./recording/recording"
import { type Trace, TraceGathering, traceWithin } from "./trace"

/** Worn: the thigh's alone, or the shank's too. */
export type SensorCount = 1 | 2

export interface SessionOptions {
  recording: Recording
  engine: EngineName
  /** 2: the board has a shank chip too, and the recording its columns. Default 1. */
  sensors?: SensorCount
  /** The shank chip's wires come off at this time of the recording, s. */
  shankUntilS?: number
  /** By the names of src/storage/settings.ts. */
  settings?: Readonly<Record<string, number>>
  /** Gather a row a motion sample; slower. */
  trace?: boolean
  /** Model coefficients in place of the shipped ones (protocol.ts, BoardOptions.model). */
  model?: unknown
  /** Samples a second that the board chooses for its chips; the firmware's usual rate when left out. */
  chipRate?: NonNullable<BoardOptions["rate"]>
  /** A script in place of the firmware's bundle. */
  firmware?: string
  /** The engine with the firmware, when it is on its way already; closed when the session ends. */
  opened?: Promise<Engine>
  listener?: SessionListener
}

/** Told what happens while it happens; times in s of the recording. */
export interface SessionListener {
  /** The engine is there and has the firmware. */
  started?(): void
  /** Playing, then (past the recording's end) waiting for the device to close the run. */
  progress?(timeS: number): void
  event?(timeS: number, event: BoardEvent): void
}

export interface SessionResult {
  json: ReplayJson
  sync: Sync
  events: BoardEvent[]
  trace?: Trace
  /** How long the virtual clock ran, and how long this took. */
  virtualS: number
  elapsedS: number
}

const MS_PER_S = 1000
/** Played at a time: long enough that commands cost nothing beside it, short enough that news come while they are new. */
const SLICE_S = 5
/** The same when the shank's wires come off: so exactly they do. */
const SHANK_SLICE_S = 1
/** A run opens after 8 strides within 10 s (src/run/bout-detection.ts), so sooner "no run open" may mean "not yet". */
const SETTLE_MS = 15_000
const POLL_MS = 5000
/** Beyond the pause limit, how long the device may take to close a run. */
const CLOSE_MARGIN_MS = 120_000

/**
 * @throws RecordingError when the recording has no shank to be worn, Error when the engine is missing, the firmware fails or
 * never closes its run.
 */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const { listener = {}, recording, sensors } = options
  if (sensors === 2 && !recording.shank)
    throw new RecordingError(
      recording.name,
      { column: "shank_ax_g" },
      "two sensors need the columns shank_ax_g to shank_gz_dps; without them it can be played with one",
    )
  const startedMs = performance.now()
  const engine = await (options.opened ?? openFirmware(options.engine, options.firmware))
  try {
    listener.started?.()
    const session = new Session(options)
    const link = new BoardLink(engine, session)
    return { ...(await session.run(link)), elapsedS: (performance.now() - startedMs) / MS_PER_S }
  } finally {
    await engine.close()
  }
}

/** Keeps what the device tells on the way. */
class Session {
  readonly #options: SessionOptions
  readonly #events: BoardEvent[] = []
  readonly #trace: TraceGathering | undefined
  /** Device time of the recording's time 0; of its first row while nothing is played. */
  #startMs = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.#trace = options.trace ? new TraceGathering() : undefined
  }

  event(event: BoardEvent): void {
    this.#events.push(event)
    this.#options.listener?.event?.(this.#timeS(event.atMs), event)
  }
  reply(...parts: Parameters<TraceGathering["add"]>): void {
    this.#trace?.add(...parts)
  }

  async run(link: BoardLink): Promise<Omit<SessionResult, "elapsedS">> {
    const { recording, engine, model, chipRate, sensors = 1, settings = {} } = this.#options
    await link.boot(
      knowing({
        trace: this.#trace !== undefined,
        ...(model !== undefined && { model }),
        ...(sensors === 2 && { shank: {} }),
        ...(chipRate && { rate: chipRate }),
      }),
    )
    await waitForSensors(link, () => this.#events.at(-1))
    const phone = new Phone((request) => link.gatt(request), KNOWN_PHONE)
    const pauseLimitS = await setUp(phone, settings)
    this.#startMs = startsNext(link, recording)
    await this.#play(link)
    await phone.connect()
    await this.#waitForClosedRun(link, phone, pauseLimitS * MS_PER_S)
    const sync = await phone.sync()
    await phone.disconnect()
    return {
      json: replayJson({ recording, engine, startMs: this.#startMs, sync }),
      sync,
      events: this.#events,
      ...(this.#trace && { trace: this.#recordedTrace(this.#trace, link.rateHz) }),
      virtualS: link.nowMs / MS_PER_S,
    }
  }

  /** What the chip measured before and after the recording is not in its trace. */
  #recordedTrace(gathering: TraceGathering, rateHz: number): Trace {
    const { timeS } = this.#options.recording
    const halfPeriodS = 0.5 / rateHz
    const trace = gathering.finish(this.#startMs, 0)
    return traceWithin(trace, (timeS[0] as number) - halfPeriodS, (timeS.at(-1) as number) + halfPeriodS)
  }

  async #play(link: BoardLink): Promise<void> {
    const { recording, listener, shankUntilS } = this.#options
    await playRecording(link, recording, {
      startMs: this.#startMs,
      sliceS: shankUntilS === undefined ? SLICE_S : SHANK_SLICE_S,
      ...(shankUntilS !== undefined && { shankUntilS }),
      played: () => listener?.progress?.(this.#timeS(link.nowMs)),
    })
  }

  async #waitForClosedRun(link: BoardLink, phone: Phone, pauseLimitMs: number): Promise<void> {
    const { listener } = this.#options
    const endMs = link.nowMs
    const limitMs = endMs + SETTLE_MS + pauseLimitMs + CLOSE_MARGIN_MS
    await link.advance(SETTLE_MS)
    listener?.progress?.(this.#timeS(link.nowMs))
    while (((await phone.status()).flags & StatusFlag.runOpen) !== 0) {
      if (link.nowMs > limitMs) {
        const waitedS = Math.round((link.nowMs - endMs) / MS_PER_S)
        throw new Error(`the device still has a run open ${waitedS} s after the recording ended`)
      }
      await link.advance(POLL_MS)
      listener?.progress?.(this.#timeS(link.nowMs))
    }
  }

  #timeS(deviceMs: number): number {
    return (deviceMs - this.#startMs) / MS_PER_S
  }
}

/** Writes the settings and gives the pause limit that is now in force, s. */
async function setUp(phone: Phone, settings: Readonly<Record<string, number>>): Promise<number> {
  await phone.connect()
  for (const [name, value] of Object.entries(settings)) await phone.set(name, value)
  const { pauseLimitS = 0 } = await phone.settings()
  await phone.disconnect()
  return pauseLimitS
}
