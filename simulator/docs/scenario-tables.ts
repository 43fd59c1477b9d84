/** For docs/scenarios.md, from the schema and the library: what a file may say, an example, and which scenarios there are. */
import { readFileSync } from "node:fs"
import { kindOf } from "../checked-file/mistakes"
import type { Schema } from "../checked-file/schema-words"
import { clock } from "../cli/wording"
import { allScenarios } from "../scenario/library"
import { lengthS } from "../scenario/motion-of-scenario"
import { parseScenario } from "../scenario/parse-scenario"
import { ScenarioError } from "../scenario/scenario-error"
import { SCENARIO_SCHEMA } from "../scenario/schema"
import { EVENT_SCHEMA, FAULT_NAMES, FAULTS } from "../scenario/schema-events"
import { STEP_SCHEMA } from "../scenario/schema-steps"
import { markdownTable } from "./markdown-table"

const EXAMPLE = "simulator/scenarios/lost-link.json"
const SEED = 1
/** More than these have a table of their own. */
const MOST_WORDS = 6

export function exampleScenario(): string {
  return `\`\`\`json\n${readFileSync(EXAMPLE, "utf8").trim()}\n\`\`\``
}

/** What is said of a file with mistakes. */
export function refusedScenario(): string {
  const wrong = {
    title: "My day",
    description: "With three mistakes in it.",
    steps: [
      { do: "stand", forS: 5 },
      { do: "run", forS: 60, speedMS: 3 },
      { do: "walk", forS: 20, gradePercent: 40 },
      { do: "sti", forS: 20 },
    ],
  }
  try {
    parseScenario(JSON.stringify(wrong), "my-day.json")
  } catch (error) {
    if (error instanceof ScenarioError) return `\`\`\`text\n${error.message}\n\`\`\``
    throw error
  }
  throw new Error("the example of a scenario with mistakes has none")
}

/** What stands beside the steps and events. */
export function fieldTable(): string {
  const rows = Object.entries(SCENARIO_SCHEMA.properties ?? {}).flatMap(([field, schema]) => [
    row(field, schema, SCENARIO_SCHEMA),
    ...Object.entries(schema.properties ?? {}).flatMap(([inner, within]) =>
      // The settings have a table of their own (gatt.md).
      [
        row(
          `${field}.${inner}`,
          inner === "settings" ? { ...within, properties: {} } : within,
          schema,
          inner,
        ),
      ],
    ),
  ])
  return markdownTable(["field", "takes", "says"], rows)
}

export function stepTable(): string {
  return doingTable(STEP_SCHEMA, ["name"])
}

export function eventTable(): string {
  return doingTable(EVENT_SCHEMA, ["atS", "in"])
}

export function faultTable(): string {
  return markdownTable(
    ["`fault`", "", ""],
    FAULT_NAMES.map((name) => {
      const { description, endsByItself } = FAULTS[name]
      return [`\`${name}\``, description, endsByItself ? "ends after `forS`" : "until it is mended"]
    }),
  )
}

export function scenarioTable(): string {
  return markdownTable(
    ["name", "title", "takes", "what is to be seen"],
    allScenarios().map((named) => {
      const { title, description } = named.scenario
      return [`\`${named.name}\``, title, clock(lengthS(named, SEED)), description]
    }),
  )
}

/** @param common fields that all of them have, told once in the text */
function doingTable({ oneOf = [] }: Schema, common: readonly string[]): string {
  const rows = oneOf.flatMap((kind) => {
    const fields = Object.entries(kind.properties ?? {}).filter(
      ([field]) => field !== "do" && !common.includes(field),
    )
    const what = [`\`${kind.properties?.do?.const}\``, kind.description ?? ""]
    const [first = ["", "", ""], ...others] = fields.map(([field, schema]) => row(field, schema, kind))
    return [[...what, ...first], ...others.map((other) => ["", "", ...other])]
  })
  return markdownTable(["`do`", "", "field", "takes", "says"], rows)
}

function row(field: string, schema: Schema, within: Schema, key = field): [string, string, string] {
  const needed = within.required?.includes(key) ? "" : optional(schema)
  const kind = (schema.enum?.length ?? 0) > MOST_WORDS ? "one of the names below" : kindOf(schema)
  return [`\`${field}\``, `${kind}${needed}`, schema.description ?? ""]
}

function optional({ default: usual }: Schema): string {
  return usual === undefined ? "; may be left out" : `; left out: ${words(usual)}`
}

function words(usual: unknown): string {
  return Array.isArray(usual) ? usual.join(" to ") : String(usual)
}
