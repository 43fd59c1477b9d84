/** Writes src/coach/routine-table.ts: the routines as the device has them, in numbers alone. */
import type { WrittenRoutine, WrittenStep } from "../../routines/written-routine"

export const ROUTINE_TABLE_PATH = "src/coach/routine-table.ts"

/** @param routines by id */
export function routineTable(routines: readonly WrittenRoutine[]): string {
  return `/** The routines in numbers, made from routines/*.json by \`npm run docs\`: change those, not this file. */
import { constant } from "../constant"
import { type DeviceRoutine, StepKind } from "./routine"

/** By id. */
export const ROUTINES: readonly DeviceRoutine[] = constant([
${routines.map(routineLines).join("\n")}
])
`
}

function routineLines({ id, name, steps }: WrittenRoutine): string {
  return `  // ${name}
  {
    id: ${id},
    steps: [
${steps.map(stepLines).join("\n")}
    ],
  },`
}

function stepLines(step: WrittenStep): string {
  const { kind, repeats = 1, everyMs = 0, restMs = 0, downMs = 0, upMs = 0, depthDeg = 0 } = step
  const { optional: isOptional = false } = step
  const numbers = { repeats, everyMs, restMs, downMs, upMs, depthDeg, isOptional }
  const lines = Object.entries(numbers).map(([field, value]) => `        ${field}: ${value},`)
  return `      {
        kind: StepKind.${kind},
${lines.join("\n")}
      },`
}
