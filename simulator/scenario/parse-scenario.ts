/** A scenario file's text in, a scenario out. */
import { type Checked, checkedText, checkedValue, validatorOf } from "../checked-file/checked-json"
import { meaningMistakes } from "./check-meaning"
import type { Scenario } from "./scenario"
import { ScenarioError } from "./scenario-error"
import { SCENARIO_SCHEMA } from "./schema"

type ScenarioFile = Scenario & { $schema?: string }

const validate = validatorOf<ScenarioFile>(SCENARIO_SCHEMA)

/** @param file for the words of errors. @throws ScenarioError that names every mistake. */
export function parseScenario(text: string, file: string): Scenario {
  return meant(checkedText(text, validate), file)
}

/** The same of what is no text any more. @throws ScenarioError that names every mistake. */
export function checked(value: unknown, file: string): Scenario {
  return meant(checkedValue(value, validate), file)
}

function meant(read: Checked<ScenarioFile>, file: string): Scenario {
  if ("mistakes" in read) throw new ScenarioError(file, read.mistakes)
  const { $schema: _, ...scenario } = read.value
  const mistakes = meaningMistakes(scenario)
  if (mistakes.length > 0) throw new ScenarioError(file, mistakes)
  return scenario
}
