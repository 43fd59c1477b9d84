/**
 * One wearing session: the firmware booted in an engine on the virtual board, set up by a virtual phone, played a recording,
 * left alone until it closed the run, and read again by the phone. What `json` says of the wearer came over GATT.
 */
import { type BoardEvent, type BoardOptions, SAMPLE_BYTES } from "../hosts/virtual/protocol"
import { StatusFlag } from "../src/ble/layouts"
import { BoardLink } from "./board-link"
import type { Engine, EngineName } from "./engine/engine"
import { openFirmware } from "./engine/firmware-engine"
import { chipSamples } from "./motion-source"
import { Phone, type Sync } from "./phone/phone"
import { type ReplayJson, replayJson } from "./phone/replay-json"
import { type Recording, RecordingError } from "./recording/recording"
import { stretches } from "./recording/time-axis"
import { ShankSource } from "./shank-source"
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
/** The chip is configured within this, retries included, or it is missing. */
const BOOT_LIMIT_MS = 10_000
const BOOT_STEP_MS = 100
/** A run opens after 8 strides within 10 s (src/run/bout-detection.ts), so sooner "no run open" may mean "not yet". */
const SETTLE_MS = 15_000
const POLL_MS = 5000
/** Rows up to 25 ms apart (and their stamps' rounding) are joined by curves; in a longer gap the chip takes no samples. */
export const JOINED_S = 0.026
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
    await link.boot({
      trace: this.#trace !== undefined,
      ...(model !== undefined && { model }),
      ...(sensors === 2 && { shank: {} }),
      ...(chipRate && { rate: chipRate }),
    })
    await this.#waitForChip(link)
    const phone = new Phone((request) => link.gatt(request))
    const pauseLimitS = await setUp(phone, settings)
    this.#startMs = link.nextSampleMs - (recording.timeS[0] as number) * MS_PER_S
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

  async #waitForChip(link: BoardLink): Promise<void> {
    while (link.rateHz === 0 || link.shank?.rateHz === 0) {
      if (link.nowMs >= BOOT_LIMIT_MS) {
        const last = this.#events.at(-1)
        const news = last ? `: ${last.name} ${last.detail}` : ""
        throw new Error(
          `the firmware did not start its motion sensor within ${BOOT_LIMIT_MS / MS_PER_S} s${news}`,
        )
      }
      await link.advance(BOOT_STEP_MS)
    }
  }

  /** Stretch by stretch; between two the chips take no samples, because too many rows are missing there. */
  async #play(link: BoardLink): Promise<void> {
    const { recording, listener, shankUntilS = Number.POSITIVE_INFINITY } = this.#options
    const { sampledS, gaps, shank } = recording
    const periodMs = MS_PER_S / link.rateHz
    let wired = link.shank !== undefined
    const sliceS = shankUntilS === Number.POSITIVE_INFINITY ? SLICE_S : SHANK_SLICE_S
    const halfPeriodMs = 0.5 * periodMs
    const silences = gaps.filter(({ startS, endS }) => endS - startS > JOINED_S)
    for (const [first, last] of stretches(
      sampledS.length,
      silences.map(({ row }) => row),
    )) {
      // The chip's ticks go on in the silence: the one nearest to the stretch's first row begins it.
      const silentUntilMs = (sampledS[first] as number) * MS_PER_S + this.#startMs - halfPeriodMs
      if (silentUntilMs > link.nextSampleMs) await link.silence(silentUntilMs - link.nowMs)
      const from = nearestRow(sampledS, first, last, this.#timeS(link.nextSampleMs))
      // A stretch that lies between two ticks is never seen.
      if (this.#timeS(link.nextSampleMs - halfPeriodMs) > (sampledS[from] as number)) continue
      const shankSource =
        link.shank && shank && new ShankSource({ sampledS, shank }, from, last, link.shank, link.nextSampleMs)
      const slices = chipSamples(recording, from, last, link.rateHz, sliceS)
      for (let next = slices.next(); !next.done; ) {
        const slice = next.value
        if (wired && this.#timeS(link.nextSampleMs) >= shankUntilS) {
          await link.connectShank(false)
          wired = false
        }
        const lastMs = link.nextSampleMs + (slice.length / SAMPLE_BYTES - 1) * periodMs
        const played = link.play(slice, link.shank && shankSource?.take(link.shank.nextSampleMs, lastMs))
        // The next one is made while the engine plays this one.
        next = slices.next()
        await played
        listener?.progress?.(this.#timeS(link.nowMs))
      }
    }
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

/** The row from `first` to `last` whose time is nearest. */
function nearestRow(sampledS: Float64Array, first: number, last: number, wantedS: number): number {
  let row = first
  const off = (candidate: number) => Math.abs((sampledS[candidate] as number) - wantedS)
  while (row < last && off(row + 1) < off(row)) row++
  return row
}
