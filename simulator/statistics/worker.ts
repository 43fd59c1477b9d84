/** A process of its own that makes one run after the other and sends what each came to (run-series.ts). */
import type { NamedScenario } from "../scenario/scenario"
import { type PlayChoice, playScenario } from "./play"
import { runFigures } from "./run-figures"
import type { DeviceVersions } from "./series"
import type { SeriesRow } from "./series-row"

/** Comes first; then a seed at a time. */
export interface Work {
  scenario: NamedScenario
  choice: PlayChoice
  firmware: string
}
export interface Made {
  row: SeriesRow
  /** Of the device; unknown when the run failed. */
  versions?: DeviceVersions
  /** How long the device's clock ran. */
  virtualS?: number
}

async function make({ scenario, choice, firmware }: Work, seed: number): Promise<Made> {
  try {
    const { json, truth, virtualS } = await playScenario(scenario, seed, choice, { firmware })
    const { firmware: version, model } = json
    return { row: runFigures(seed, json, truth), versions: { firmware: version, model }, virtualS }
  } catch (error) {
    return { row: { seed, error: error instanceof Error ? error.message : String(error) } }
  }
}

// Ctrl-C reaches all processes of a terminal: the one that deals out the seeds says what becomes of the others.
process.on("SIGINT", () => {})
process.once("disconnect", () => process.exit())
process.once("message", (work: Work) => {
  process.on("message", (seed: number) => void make(work, seed).then((made) => process.send?.(made)))
})
