/** A scenario as a file holds it: JSON with a line for each step and each event, as a person would write it. */
import type { Scenario } from "./scenario"

/** @param schema where its schema lies, seen from the file */
export function scenarioText(scenario: Scenario, schema?: string): string {
  return `${object({ ...(schema !== undefined && { $schema: schema }), ...scenario }, "")}\n`
}

/** Each field on a line of its own. */
function object(value: object, indent: string): string {
  const within = `${indent}  `
  const fields = Object.entries(value).map(([field, inner]) => `${within}"${field}": ${lines(inner, within)}`)
  return `{\n${fields.join(",\n")}\n${indent}}`
}

function lines(value: unknown, indent: string): string {
  if (!isListOfObjects(value)) return line(value)
  const within = `${indent}  `
  const items = value.map((item) => `${within}${"steps" in item ? object(item, within) : line(item)}`)
  return `[\n${items.join(",\n")}\n${indent}]`
}

function line(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(line).join(", ")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([field, inner]) => `${JSON.stringify(field)}: ${line(inner)}`)
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`
}

function isListOfObjects(value: unknown): value is object[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "object")
}
