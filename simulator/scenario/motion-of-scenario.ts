/** A scenario and a seed in, motion out, with the events at their times and the truth; made as it is needed. */
import type { SessionTruth } from "../evaluate/truth"
import { truthFromColumns } from "../evaluate/truth-from-columns"
import { FAULTLESS, type Synthesis, type SynthesisSettings, sessionMotion } from "../runner/synthesis"
import type { WornMotion } from "../runner/worn-motion"
import type { TimedAction } from "../simulation/action"
import type { NamedScenario, WearerChoice } from "./scenario"
import { sessionOf, timedActions } from "./session-of"

export interface ScenarioMotion {
  motion: WornMotion
  /** In the order of their times; a strap that slips among them, which the motion does not do by itself. */
  actions: TimedAction[]
  /** Of the rows that were needed so far. */
  truth(): SessionTruth
}

/**
 * @param settings what it says of the wearer goes before what the scenario says
 * @throws ScenarioError for a step that this wearer cannot do
 */
export function motionOfScenario(named: NamedScenario, settings: SynthesisSettings): ScenarioMotion {
  const { name, scenario } = named
  const motion = sessionMotion(name, sessionOf(named), { ...wornAs(scenario.wearer), ...settings })
  const { recording } = motion
  return {
    motion,
    actions: timedActions(scenario, motion.startsS, settings.durationS),
    truth: () => ({
      ...truthFromColumns(recording.timeS, recording.truth),
      session: name,
      seed: settings.seed,
    }),
  }
}

/** How long it takes with this seed, whole s. */
export function lengthS(named: NamedScenario, seed: number): number {
  return motionOfScenario(named, { seed, rateHz: 1 }).motion.recording.timeS.length
}

/** The whole of it as a recording; of the events it holds a strap that slips. @throws ScenarioError as above. */
export function synthesize(named: NamedScenario, settings: SynthesisSettings): Synthesis {
  const { motion, actions, truth } = motionOfScenario(named, settings)
  for (const action of actions)
    if (action.do === "slipStrap")
      motion.slip({ timeS: action.atS, angleDeg: action.angleDeg, around: action.around })
  motion.need(motion.recording.timeS.length)
  return { recording: motion.recording, truth: truth() }
}

function wornAs({ side, faultless, ...differences }: WearerChoice = {}): Omit<SynthesisSettings, "seed"> {
  return { ...(side && { side }), ...(faultless && { thigh: FAULTLESS, shank: FAULTLESS }), differences }
}
