/** A scenario and a seed in, out what the one core is started with: motion, what is done to the device meanwhile, and how the device is set up. */
import type { SessionTruth } from "../evaluate/truth"
import type { WornMotion } from "../runner/worn-motion"
import type { SimulationOptions } from "../simulation/options"
import { motionOfScenario } from "./motion-of-scenario"
import type { NamedScenario } from "./scenario"

/** What goes before what the scenario says; settings add to its settings. */
export interface ScenarioChoice {
  seed: number
  /** Only so much of it, s. */
  durationS?: number
  board?: SimulationOptions["board"]
  sensors?: SimulationOptions["sensors"]
  settings?: Readonly<Record<string, number>>
}

export interface ScenarioSimulation {
  options: Omit<SimulationOptions, "engine"> & { motion: WornMotion }
  /** Of the rows that were needed so far. */
  truth(): SessionTruth
}

/** @throws ScenarioError for a step that this wearer cannot do */
export function scenarioSimulation(
  named: NamedScenario,
  { seed, durationS, board, sensors, settings }: ScenarioChoice,
): ScenarioSimulation {
  const { settings: own, phone = "carried", ...device } = named.scenario.device ?? {}
  const { motion, actions, truth } = motionOfScenario(named, {
    seed,
    ...(durationS !== undefined && { durationS }),
  })
  return {
    options: {
      motion,
      actions,
      ...device,
      ...(board && { board }),
      ...(sensors && { sensors }),
      settings: { ...own, ...settings },
      phone,
    },
    truth,
  }
}
