/** Plays a scenario once, by one seed, through the firmware: what the phone read at the end, and what was true. */
import { createHash } from "node:crypto"
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { EngineName } from "../engine/engine"
import type { SessionTruth } from "../evaluate/truth"
import type { Recording } from "../recording/recording"
import type { NamedScenario } from "../scenario/scenario"
import { scenarioSimulation } from "../scenario/scenario-simulation"
import type { SensorCount, SimulationListener, SimulationResult } from "../simulation/options"
import { Simulation } from "../simulation/simulation"

export interface PlayChoice {
  engine: EngineName
  /** Null: as the scenario says. */
  board: BoardKind | null
  sensors: SensorCount | null
  /** Beside those of the scenario, by the names of src/storage/settings.ts. */
  settings: Readonly<Record<string, number>>
  /** Null: all of it. */
  durationS: number | null
}

export interface Played extends SimulationResult {
  /** As it was played, slips included. */
  recording: Recording
  truth: SessionTruth
}

export interface PlayOptions {
  listener?: SimulationListener
  /** The firmware's bundle, made beforehand. */
  firmware?: string
  /** Told of the motion before it is made and played. */
  begun?(recording: Recording): void
}

/** Of what a scenario says: another text is another scenario. */
export function hashOf({ scenario }: NamedScenario): string {
  return createHash("sha256").update(JSON.stringify(scenario)).digest("hex")
}

/** @throws ScenarioError for a step that this wearer cannot do, Error when the engine is missing, the firmware fails or never closes its run. */
export async function playScenario(
  named: NamedScenario,
  seed: number,
  { engine, board, sensors, settings, durationS }: PlayChoice,
  { listener, firmware, begun }: PlayOptions = {},
): Promise<Played> {
  const { options, truth } = scenarioSimulation(named, {
    seed,
    settings,
    ...(board && { board }),
    ...(sensors && { sensors }),
    ...(durationS !== null && { durationS }),
  })
  const { motion } = options
  begun?.(motion.recording)
  const simulation = await Simulation.start({
    ...options,
    engine,
    ...(firmware !== undefined && { firmware }),
    ...(listener && { listener }),
  })
  try {
    await simulation.playOn()
    const result = await simulation.finish()
    // While the device had no power nobody measured: the truth goes on.
    motion.need(motion.recording.timeS.length)
    return { ...result, recording: motion.recording, truth: truth() }
  } finally {
    await simulation.close()
  }
}
