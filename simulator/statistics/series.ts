/**
 * A series: one scenario run with seed after seed. What it is of, what each run came to, and what is kept of it as a file (docs/simulating.md).
 * The same series makes the same text, on whatever machines its parts ran: nothing of the clock or the machine is in it.
 */
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { EngineName } from "../engine/engine"
import type { SensorCount } from "../simulation/options"
import { type SeriesReport, seriesReport } from "./series-report"
import type { SeriesRow } from "./series-row"

/** What runs have to share to be of one series. */
export interface SeriesChoice {
  /** By its name, and by what it says. */
  scenario: string
  scenarioHash: string
  /** Only so much of it; null: all. */
  durationS: number | null
  engine: EngineName
  /** Null: as the scenario says. */
  board: BoardKind | null
  sensors: SensorCount | null
  /** Beside those of the scenario, by name. */
  settings: Readonly<Record<string, number>>
  /** Of the script that the engine runs. */
  firmwareHash: string
  firstSeed: number
  runs: number
}

export interface SeriesResult extends SeriesChoice {
  format: typeof SERIES_FORMAT
  version: typeof SERIES_VERSION
  /** As the device says; null when no run got so far. */
  firmware: string | null
  model: string | null
  report: SeriesReport
  /** By seed; those of one part, or of all. */
  rows: SeriesRow[]
}

/** What the device said of itself. */
export type DeviceVersions = Pick<SeriesResult, "firmware" | "model">

export const SERIES_FORMAT = "patella-series"
/** Of the file; one with another is not read. */
export const SERIES_VERSION = 1
export const UNKNOWN_VERSIONS: DeviceVersions = { firmware: null, model: null }

/** @param rows in any order */
export function seriesResult(
  choice: SeriesChoice,
  { firmware, model }: DeviceVersions,
  rows: readonly SeriesRow[],
): SeriesResult {
  const bySeed = [...rows].sort((a, b) => a.seed - b.seed)
  return {
    format: SERIES_FORMAT,
    version: SERIES_VERSION,
    scenario: choice.scenario,
    scenarioHash: choice.scenarioHash,
    durationS: choice.durationS,
    engine: choice.engine,
    board: choice.board,
    sensors: choice.sensors,
    settings: Object.fromEntries(Object.entries(choice.settings).sort(([a], [b]) => (a < b ? -1 : 1))),
    firmwareHash: choice.firmwareHash,
    firstSeed: choice.firstSeed,
    runs: choice.runs,
    firmware,
    model,
    report: seriesReport(choice, bySeed),
    rows: bySeed,
  }
}

/** A row a line, so that a person can look into it and a tool can compare two. */
export function seriesText({ rows, ...head }: SeriesResult): string {
  const opened = JSON.stringify(head, null, 2).replace(/\n\}$/, "")
  const lines = rows.map((row) => `\n    ${JSON.stringify(row)}`)
  return `${opened},\n  "rows": [${lines.join(",")}\n  ]\n}\n`
}
