/**
 * One wearing session: a recording, or any other motion, played from its first row to its last, and what the phone then read. What `json` says of the wearer came
 * over GATT.
 */
import type { BoardEvent, Reply } from "../hosts/virtual/protocol"
import type { Sync } from "./phone/phone"
import type { ReplayJson } from "./phone/replay-json"
import { type Recording, RecordingError } from "./recording/recording"
import type { SensorCount, SimulationOptions } from "./simulation/options"
import { Simulation } from "./simulation/simulation"
import { type Trace, TraceGathering, traceWithin } from "./trace"

export type { SensorCount } from "./simulation/options"

/** As for a simulation; `actions` and the rest of what a scenario says included. */
export interface MotionSessionOptions extends Omit<SimulationOptions, "listener"> {
  listener?: SessionListener
}

export interface SessionOptions
  extends Omit<MotionSessionOptions, "motion" | "actions" | "batteryMv" | "supply" | "phone"> {
  recording: Recording
  sensors?: SensorCount
  /** The shank chip's wires come off at this time of the recording, s. */
  shankUntilS?: number
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

/**
 * @throws RecordingError when the recording has no shank to be worn, Error when the engine is missing, the firmware fails or
 * never closes its run.
 */
export async function runSession({
  recording,
  shankUntilS,
  ...options
}: SessionOptions): Promise<SessionResult> {
  if (options.sensors === 2 && !recording.shank)
    throw new RecordingError(
      recording.name,
      { column: "shank_ax_g" },
      "two sensors need the columns shank_ax_g to shank_gz_dps; without them it can be played with one",
    )
  return runMotion({
    ...options,
    motion: { recording, need: () => {}, slip: noSlip },
    ...(shankUntilS !== undefined && {
      actions: [{ atS: shankUntilS, do: "fault", fault: "shankAbsent" }],
    }),
  })
}

/** @throws Error when the engine is missing, the firmware fails or never closes its run. */
export async function runMotion(options: MotionSessionOptions): Promise<SessionResult> {
  const { listener = {}, motion, trace: isTraced = false } = options
  const startedMs = performance.now()
  const events: BoardEvent[] = []
  const gathering = isTraced ? new SessionTrace(motion.recording) : undefined
  const simulation = await Simulation.start({
    ...options,
    listener: {
      started: () => listener.started?.(),
      progress: (timeS) => listener.progress?.(timeS),
      event: (timeS, event) => {
        events.push(event)
        listener.event?.(timeS, event)
      },
      reply: (reply, body, timeS) => gathering?.add(reply, body, timeS),
    },
  })
  try {
    await simulation.playOn()
    const rateHz = simulation.chipRateHz
    const result = await simulation.finish()
    return {
      ...result,
      events,
      ...(gathering && { trace: gathering.finish(rateHz) }),
      elapsedS: (performance.now() - startedMs) / MS_PER_S,
    }
  } finally {
    await simulation.close()
  }
}

/** A recording's strap stays where it was. */
function noSlip(): never {
  throw new Error("a session has no actions that move the strap")
}

/** The rows of the one boot that a trace can be of. */
class SessionTrace {
  readonly #recording: Recording
  readonly #gathering = new TraceGathering()
  #boots = new Set<number>([0])
  /** The recording's time of the device's 0 ms. */
  #zeroS = 0

  constructor(recording: Recording) {
    this.#recording = recording
  }

  add(reply: Reply, body: Uint8Array, timeS: (deviceMs: number) => number): void {
    this.#boots.add(reply.startMs ?? 0)
    this.#zeroS = timeS(0)
    this.#gathering.add(reply, body)
  }

  /** What the chip measured before and after the recording is not in it. @param rateHz of the chip */
  finish(rateHz: number): Trace {
    if (this.#boots.size > 1)
      throw new Error(
        "the device slept meanwhile, or was started anew, and a trace ends with the boot it began in: leave sleepAfterMin at 0, and out what starts it anew",
      )
    const { timeS } = this.#recording
    const halfPeriodS = 0.5 / rateHz
    const trace = this.#gathering.finish(-this.#zeroS * MS_PER_S, 0)
    return traceWithin(trace, (timeS[0] as number) - halfPeriodS, (timeS.at(-1) as number) + halfPeriodS)
  }
}
