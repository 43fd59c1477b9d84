/** The scenarios that come with the project, by name: simulator/scenarios/NAME.json. */
import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { insteadOf } from "../checked-file/nearest"
import { parseScenario } from "./parse-scenario"
import type { NamedScenario } from "./scenario"
import { ScenarioError } from "./scenario-error"

/** What is shown to who has not chosen yet. */
export const FIRST_SCENARIO = "first-run"
const FOLDER = join(import.meta.dirname, "../scenarios")
const ENDING = ".json"

/** The first one first, the others by name. */
export function scenarioNames(): string[] {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => basename(file, ENDING))
    .filter((name) => name !== FIRST_SCENARIO)
  return [FIRST_SCENARIO, ...names.sort()]
}

export function allScenarios(): NamedScenario[] {
  return scenarioNames().map(readScenario)
}

/**
 * @param nameOrFile one of the library's names, or a file that ends in .json
 * @throws ScenarioError when there is none, or it cannot be played as it is
 */
export function readScenario(nameOrFile: string): NamedScenario {
  if (nameOrFile.endsWith(ENDING)) return readFile(nameOrFile)
  const names = scenarioNames()
  if (names.includes(nameOrFile)) return readFile(join(FOLDER, `${nameOrFile}${ENDING}`))
  throw new ScenarioError(nameOrFile, [
    {
      place: "",
      words: `there is no such scenario${insteadOf(nameOrFile, names)} (a file of your own ends in ${ENDING})`,
    },
  ])
}

function readFile(path: string): NamedScenario {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    const [words = ""] = (error as NodeJS.ErrnoException).message.split(",", 1)
    throw new ScenarioError(path, [{ place: "", words: `cannot be read: ${words}` }])
  }
  return { name: basename(path, ENDING), scenario: parseScenario(text, path) }
}
