/** A scenario of the library, played through the firmware with a phone beside it. */
import type { BoardEvent } from "../../../hosts/virtual/protocol"
import type { EngineName } from "../../../simulator/engine/engine"
import { readScenario } from "../../../simulator/scenario/library"
import { scenarioSimulation } from "../../../simulator/scenario/scenario-simulation"
import { Simulation } from "../../../simulator/simulation/simulation"

/** @returns what the phone read at the end, and what the device told by event: when (s) and in what words; and what was true */
export async function play(name: string, engine: EngineName = "node") {
  const { options, truth } = scenarioSimulation(readScenario(name), { seed: 1 })
  const told: { timeS: number; event: BoardEvent }[] = []
  const event = (timeS: number, event: BoardEvent) => told.push({ timeS, event })
  const simulation = await Simulation.start({ ...options, engine, listener: { event } })
  try {
    await simulation.playOn()
    const { json } = await simulation.finish()
    const when = (what: string) => told.filter(({ event }) => event.name === what).map(({ timeS }) => timeS)
    const words = (what: string) =>
      told.filter(({ event }) => event.name === what).map(({ event }) => event.detail)
    const at = (n: number) => options.actions?.[n]?.atS as number
    return {
      runs: json.runs,
      summaryText: json.summaryText,
      when,
      words,
      at,
      truth: truth(),
      lengthS: simulation.timeS,
    }
  } finally {
    await simulation.close()
  }
}
