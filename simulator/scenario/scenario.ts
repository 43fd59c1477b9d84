/**
 * What a scenario file says (scenario.schema.json checks it): who wears the device, what they do, step by step, and what happens to the device
 * meanwhile. Everything that a file leaves open is drawn from the seed. Durations in s, angles in °, speeds in m/s.
 */
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { Action } from "../simulation/action"

export interface NamedScenario {
  /** Of the library, or of the file without its ending: what recordings of it are named after. */
  name: string
  scenario: Scenario
}

export interface Scenario {
  /** For a list: a few words. */
  title: string
  /** What happens, and what is to be seen in it; a sentence or two. */
  description: string
  wearer?: WearerChoice
  device?: DeviceChoice
  steps: Step[]
  events?: ScenarioEvent[]
}

/** How this wearer differs from one that the seed draws. */
export interface WearerChoice {
  side?: "left" | "right"
  /** The measured leg is spared, 0 (not at all) to 1: its stance shorter, its knee stiffer while it is loaded. */
  limp?: number
  /** The stance peak of running gets so much deeper, degrees an hour; negative: stiffer. */
  fatigueDegPerHour?: number
  /** SD of a stride's time, share of it. */
  strideTimeSd?: number
  /** The sensors have no noise, bias and drift, and sit along the leg. */
  faultless?: boolean
}

export interface DeviceChoice {
  board?: BoardKind
  sensors?: 1 | 2
  /** Device settings by name (src/storage/settings.ts). */
  settings?: Record<string, number>
  batteryMv?: number
  /** USB is connected. */
  supply?: boolean
  /** Carried by the wearer: connected while it can be, and syncs after each run. Left at home: it connects at the end. Default: carried. */
  phone?: "carried" | "at home"
}

/** One movement, or some of them again and again. `name`: what events refer to. */
export type Step = { name?: string } & (
  | { do: "stand"; forS: number }
  | { do: "sit"; forS: number }
  /** Small knee bends. `alike`: knee and thigh go along one line, as when calibrating. */
  | { do: "bend"; times: number; kneeDeg?: [from: number, to: number]; alike?: boolean; heldS?: number }
  | { do: "squat"; times: number; heel: "down" | "up"; kneeDeg?: [from: number, to: number] }
  | {
      do: "walk"
      forS: number
      speedMs?: number
      cadenceSpm?: number
      gradePercent?: number
      around?: "corners"
    }
  /** `where`: on a treadmill, outside (straight on; the default), or to and fro along a corridor. */
  | {
      do: "run"
      forS: number
      speedMs: number
      cadenceSpm?: number
      gradePercent?: number
      where?: "treadmill" | "outside" | "corridor"
    }
  | { do: "stairs"; forS: number; direction: "up" | "down" }
  | { do: "cycle"; forS: number; cadenceRpm?: number }
  | { do: "jump"; forS: number; flightS?: number; contactS?: number }
  | { do: "ride"; forS: number }
  | { do: "repeat"; times: number; steps: Step[] }
)

/** Something happens `atS` seconds after the beginning of the step of that name (`in`; its first round), or of the scenario. */
export type ScenarioEvent = { atS: number; in?: string } & Action
