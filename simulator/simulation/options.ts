/** What a simulation is started with, whom it tells what happens, and what comes out. */
import type {
  BoardEvent,
  BoardKind,
  BoardOptions,
  GattReply,
  GattRequest,
  Notification,
  Reply,
} from "../../hosts/virtual/protocol"
import type { Engine, EngineName } from "../engine/engine"
import type { Sync } from "../phone/phone"
import type { ReplayJson } from "../phone/replay-json"
import type { TimedAction } from "./action"
import type { Motion } from "./motion"

/** Worn: the thigh's alone, or the shank's too. */
export type SensorCount = 1 | 2

export interface SimulationOptions {
  motion: Motion
  /** Done when their time comes. */
  actions?: readonly TimedAction[]
  engine: EngineName
  /** The engine with the firmware, when it is on its way already; closed with the simulation. */
  opened?: Promise<Engine>
  /** A script in place of the firmware's bundle. */
  firmware?: string
  /** The board that the virtual one stands for; the usual one when left out. */
  board?: BoardKind
  /** What the board says of itself (hosts/virtual/protocol.ts); the same for each when left out. */
  deviceId?: string
  /** 2: the board has a shank chip too, and the motion its columns. Default 1. */
  sensors?: SensorCount
  /** By the names of src/storage/settings.ts. */
  settings?: Readonly<Record<string, number>>
  batteryMv?: number
  supply?: boolean
  /** Carried by the wearer, or (by default) at home, where it connects at the end. */
  phone?: "carried" | "at home"
  /** The board tells a row a motion sample; slower. */
  trace?: boolean
  /** Model coefficients in place of the shipped ones (protocol.ts, BoardOptions.model). */
  model?: unknown
  /** Samples a second that the board chooses for its chips; the firmware's usual rate when left out. */
  chipRate?: NonNullable<BoardOptions["rate"]>
  listener?: SimulationListener
}

/** Told what happens while it happens; times in s of the motion. */
export interface SimulationListener {
  /** The engine is there and has the firmware. */
  started?(): void
  event?(timeS: number, event: BoardEvent): void
  motor?(timeS: number, duty: number): void
  /** All that the board told at once, for the trace that is in it. @param timeS of an instant of the board's, ms since its processor started */
  reply?(reply: Reply, body: Uint8Array, timeS: (deviceMs: number) => number): void
  gatt?(timeS: number, request: GattRequest, reply: GattReply): void
  notification?(timeS: number, notification: Notification): void
  /** Something was done: by the scenario, or by hand. */
  acted?(action: TimedAction): void
  /** After each slice of what is played, and while the run is waited for. */
  progress?(timeS: number): void
}

export interface SimulationResult {
  json: ReplayJson
  sync: Sync
  /** How long the virtual clock ran, s. */
  virtualS: number
}
