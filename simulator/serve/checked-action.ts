/** Something to be done by hand, held against what a scenario's events may say. */
import { checked } from "../scenario/parse-scenario"
import type { Scenario } from "../scenario/scenario"
import { ScenarioError } from "../scenario/scenario-error"
import type { Action } from "../simulation/action"
import { RequestRefused } from "./request"

/** Any scenario that an event can stand in. */
const SOME: Scenario = { title: "By hand", description: "By hand", steps: [{ do: "stand", forS: 60 }] }
const PLACE = /^events\[0\]\.?/

/** @throws RequestRefused with what would be right */
export function checkedAction(action: object): Action {
  try {
    const { events = [] } = checked({ ...SOME, events: [{ ...action, atS: 0 }] }, "")
    const { atS: _, in: __, ...rest } = events[0] as { atS: number; in?: string } & Action
    return rest as Action
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    const words = error.mistakes.map((mistake) =>
      `${mistake.place.replace(PLACE, "")} ${mistake.words}`.trim(),
    )
    throw new RequestRefused(words.join("; "))
  }
}
