/** A scenario file's text in, a scenario out. */
import { Ajv } from "ajv"
import { meaningMistakes } from "./check-meaning"
import { jsonMistake } from "./json-place"
import { mistakesOf } from "./mistakes"
import type { Scenario } from "./scenario"
import { ScenarioError } from "./scenario-error"
import { SCENARIO_SCHEMA } from "./schema"

type ScenarioFile = Scenario & { $schema?: string }

const validate = new Ajv({ allErrors: true, verbose: true, discriminator: true })
  // For editors.
  .addVocabulary(["enumDescriptions"])
  .compile<ScenarioFile>(SCENARIO_SCHEMA)
const BYTE_ORDER_MARK = "\uFEFF"

/** @param file for the words of errors. @throws ScenarioError that names every mistake. */
export function parseScenario(text: string, file: string): Scenario {
  return checked(readJson(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text, file), file)
}

/** The same of what is no text any more. @throws ScenarioError that names every mistake. */
export function checked(value: unknown, file: string): Scenario {
  if (!validate(value)) throw new ScenarioError(file, mistakesOf(validate.errors ?? []))
  const { $schema: _, ...scenario } = value
  const mistakes = meaningMistakes(scenario)
  if (mistakes.length > 0) throw new ScenarioError(file, mistakes)
  return scenario
}

function readJson(text: string, file: string): unknown {
  const mistake = jsonMistake(text)
  if (!mistake) return JSON.parse(text)
  const { line, column, words } = mistake
  throw new ScenarioError(file, [{ place: `line ${line}, column ${column}`, words }])
}
