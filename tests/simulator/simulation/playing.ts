/** Simulations of the project's own recordings, as tests want them: played through, or step by step with things done by hand. */
import type { Recording } from "../../../simulator/recording/recording"
import type { Action, TimedAction } from "../../../simulator/simulation/action"
import type { SimulationOptions, SimulationResult } from "../../../simulator/simulation/options"
import { Simulation } from "../../../simulator/simulation/simulation"
import { projectRecording } from "../../device/wear"

export const S01 = await projectRecording("S01.csv.gz")
/** Its three bouts are one run of 162 strides; the pauses between them are shorter. */
export const SETTINGS = { pauseLimitS: 30 }

export interface Played extends SimulationResult {
  simulation: Simulation
}

export const motionOf = (recording: Recording): SimulationOptions["motion"] => ({
  recording,
  need: () => {},
  slip: () => {
    throw new Error("this recording's strap does not slip")
  },
})

export type PlayOptions = Partial<SimulationOptions> & { recording?: Recording }

/** @param stepS as it is advanced; left out: at once. @param byHand what is done when its time has come */
export async function played(
  { recording = S01, ...options }: PlayOptions = {},
  stepS?: number,
  byHand: readonly TimedAction[] = [],
): Promise<Played> {
  const simulation = await Simulation.start({
    motion: motionOf(recording),
    engine: "node",
    settings: SETTINGS,
    ...options,
  })
  try {
    const waiting = [...byHand]
    if (stepS === undefined) await simulation.playOn()
    while (!simulation.isPlayed) {
      while (waiting[0] && waiting[0].atS <= simulation.timeS) {
        const { atS: _, ...action } = waiting.shift() as TimedAction
        await simulation.act(action as Action)
      }
      await simulation.advance(stepS ?? 1)
    }
    return { ...(await simulation.finish()), simulation }
  } finally {
    await simulation.close()
  }
}
