/**
 * What the page and the server say to each other over a WebSocket, as JSON: one simulation a connection. Times in s of the scenario or the recording, angles in °,
 * shares 0 to 1. The page decides nothing: it shows what it is told, and asks.
 */
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { ReplayJson } from "../phone/replay-json"
import type { Action, TimedAction } from "../simulation/action"
import type { DeviceView } from "../simulation/hands"
import type { PhoneView } from "../simulation/phone-view"

export type { DeviceView } from "../simulation/hands"
export type { PhoneRun, PhoneView } from "../simulation/phone-view"

/** Where the WebSocket is. */
export const SIMULATION_PATH = "/simulation"
/** Where the companion's page is. */
export const COMPANION_PATH = "/companion/"

/** From the page. */
export type Request =
  /** A new device, and motion from the start; the one before is gone. */
  | { ask: "start"; play: Played; paused?: boolean }
  /** Seconds of the device in one of the clock; "most": as many as it can. */
  | { ask: "speed"; speed: number | "most" }
  | { ask: "pause" }
  | { ask: "resume" }
  | { ask: "act"; action: Action }
  /** What was played so far, as files to fetch: answered with `exported`. */
  | { ask: "export" }

export type Played =
  | { from: "scenario"; name: string; seed: number; board?: BoardKind; sensors?: 1 | 2 }
  /** A scenario's file, dropped on the page. */
  | { from: "scenarioFile"; fileName: string; text: string; seed: number }
  /** A recording's CSV, plain or gzipped, dropped on the page: the file itself is the next message, binary. */
  | { from: "recording"; fileName: string; board?: BoardKind; sensors?: 1 | 2 }

/** From the server. */
export type Message =
  | { tell: "welcome"; version: string; scenarios: ListedScenario[]; settings: ListedSetting[] }
  /** `air`: the token by which a companion finds this page's device (phone/link/air-messages.ts). */
  | { tell: "started"; playing: Playing; air: string }
  /** What happened since the one before; about 20 a second. */
  | ({ tell: "frame" } & Frame)
  | { tell: "flash"; flash: FlashView }
  | { tell: "done"; report: Report }
  | { tell: "exported"; csv: NamedFile; scenario?: NamedFile }
  /** What was asked for cannot be done; the simulation goes on unless `isOver`. */
  | { tell: "refused"; what: string; isOver?: boolean }

/** To be fetched from the server while the connection stands, until the next is made. */
export interface NamedFile {
  fileName: string
  /** Of its URL, from the root. */
  path: string
}

/**
 * Who is seen first: a runner for whom one sensor is off by about as much as for the mean of recorded ones (docs/accuracy.md), too shallow by 3.5° in the median of a
 * bout's deepest bends (`simulate first-run --seed 7`).
 */
export const FIRST_SEED = 7

export interface ListedScenario {
  name: string
  title: string
  description: string
  /** With FIRST_SEED. */
  durationS: number
}

export interface ListedSetting {
  name: string
  value: number
  min: number
  max: number
}

export interface Playing {
  title: string
  description: string
  seed?: number
  /** When it begins: a recording's first row need not be at 0. */
  startS: number
  /** From there to its end. */
  durationS: number
  board: BoardKind
  sensors: 1 | 2
  hasTruth: boolean
  thresholdDeg: number
  /** Of the scenario's own events, to mark on the time line. */
  events: TimedAction[]
  /** The command line that gives the same report. */
  command: string
}

export interface Frame {
  timeS: number
  isPaused: boolean
  /** As fast as it went lately: seconds of the device in one of the clock. */
  speed: number
  /** In order; thinned out when it goes faster than can be drawn. */
  estimates: EstimateRow[]
  truths: TruthRow[]
  /** Closed since the frame before; none is left out. */
  strides: StrideMark[]
  motor: { timeS: number; duty: number }[]
  news: News[]
  traffic: Traffic[]
  device: DeviceView
  phone: PhoneView
  /** Done by hand since the frame before. */
  done: TimedAction[]
}

/** By the device's own estimate, as known then: time, knee, thigh inclination, loaded (1 or 0), activity (src/motion/stride.ts). */
export type EstimateRow = [timeS: number, kneeDeg: number, thighDeg: number, stance: number, activity: number]
/** As the leg really went: time, knee, thigh inclination, loaded. */
export type TruthRow = [timeS: number, kneeDeg: number, thighDeg: number, stance: number]

/** A stride as the device counted it: its peak while loaded, between contact and toe-off. */
export interface StrideMark {
  contactS: number
  toeOffS: number
  peakDeg: number
  /** Past the threshold that was in force. */
  isCompression: boolean
}

/** What the device did (event-words.ts). */
export interface News {
  timeS: number
  name: string
  words: string
  detail: string
}

/** One request or notification of the link, readable. */
export interface Traffic {
  timeS: number
  from: "phone" | "device"
  /** read, write, notify, connect, lost … */
  what: string
  /** The characteristic's name; "" where it is about the link. */
  about: string
  /** Its fields in words, or why it was refused. */
  says: string
  hex: string
}

export interface FlashView {
  /** A letter a block: archive (a), journal (j), free (f), bad (x), foreign (o). */
  blocks: string
  /** How often each was erased. */
  erases: number[]
  /** Blocks that each stored run lies in. */
  runs: { id: number; blocks: number[] }[]
  usedShare: number
}

/** At the end. */
export interface Report {
  /** As `replay --json` gives it. */
  json: ReplayJson
  /** What really happened, where that is known. */
  truth?: TruthTotals
}

/** Over the bouts of the motion that was played. */
export interface TruthTotals {
  strides: number
  compressionsByDepth: Record<string, number>
  peakFlexionMedianDeg: number
}
