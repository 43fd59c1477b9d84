/** A made-up day with a chair in it, played to the whole firmware: who has walked there sits, gets up and walks. */

import { synthesize } from "../../simulator/scenario/motion-of-scenario"
import { checked } from "../../simulator/scenario/parse-scenario"
import { Sleeper } from "./sleeper"

const SEED = 1
const STEPS = [
  { do: "stand", forS: 8 },
  { do: "bend", times: 3, alike: true },
  { do: "stand", forS: 3 },
  { do: "walk", forS: 10 },
  { do: "sit", forS: 20 },
  { do: "stand", forS: 3 },
  { do: "walk", forS: 40 },
  { do: "stand", forS: 5 },
]
export const { recording: DAY } = synthesize(
  {
    name: "sitting",
    scenario: checked({ title: "Sits", description: "Sits, gets up, walks.", steps: STEPS }, "sitting"),
  },
  { seed: SEED },
)
export const [SIT_S, RISE_S] = satBetween()
/** Well into the sitting: what the chip is played last goes on while the time advances. */
export const SITS_S = SIT_S + 10
export const END_S = DAY.timeS.at(-1) as number

function satBetween(): [number, number] {
  const sits = DAY.timeS.filter((_, row) => DAY.truth?.activity[row] === "sit")
  return [sits[0] as number, sits.at(-1) as number]
}

/** Has walked to a chair, and sits. */
export function seated(options = {}): Sleeper {
  const sleeper = new Sleeper(options)
  sleeper.play(DAY, 0, SITS_S)
  return sleeper
}
