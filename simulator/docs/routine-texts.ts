/** What is made from routines/*.json and the words about safety: the device's table, the schema for editors, docs/routines.md and docs/safety.md. */
import { readFileSync } from "node:fs"
import { readRoutines } from "../routines/routine-files"
import { routineTable as deviceRoutineTable, ROUTINE_TABLE_PATH } from "../routines/routine-table"
import { ROUTINE_SCHEMA, ROUTINE_SCHEMA_PATH } from "../routines/schema"
import { fillBlocks } from "./generated-blocks"
import { routineSections, routineTable, safetySources, safetyWords } from "./routine-tables"

export const ROUTINES_PATH = "docs/routines.md"
export const SAFETY_PATH = "docs/safety.md"

/** Each path with its text as it ought to be. @throws FileError when a routine's file has a mistake */
export function routineTexts(): { path: string; text: string }[] {
  const routines = readRoutines()
  return [
    { path: ROUTINE_SCHEMA_PATH, text: `${JSON.stringify(ROUTINE_SCHEMA, null, 2)}\n` },
    { path: ROUTINE_TABLE_PATH, text: deviceRoutineTable(routines) },
    {
      path: ROUTINES_PATH,
      text: fillBlocks(ROUTINES_PATH, readFileSync(ROUTINES_PATH, "utf8"), {
        routines: routineTable(routines),
        sections: routineSections(routines),
      }),
    },
    {
      path: SAFETY_PATH,
      text: fillBlocks(SAFETY_PATH, readFileSync(SAFETY_PATH, "utf8"), {
        words: safetyWords(),
        sources: safetySources(),
      }),
    },
  ]
}
