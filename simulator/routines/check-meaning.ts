/** What a schema cannot say of a routine: its name, how long it is, what is spoken, where it is linked to. */
import { routineS } from "../../routines/duration"
import type { WrittenRoutine, WrittenStep } from "../../routines/written-routine"
import { READINESS_ID } from "../../src/coach/routine"
import type { Mistake } from "../checked-file/file-error"

const LONGEST_S = 15 * 60
const SPOKEN_OF_BREATHING = 2

/** @param name that the file has */
export function meaningMistakes(routine: WrittenRoutine, name: string): Mistake[] {
  const mistakes: Mistake[] = []
  if (routine.name !== name)
    mistakes.push({ place: "name", words: `is "${routine.name}"; the file's name is "${name}"` })
  const lengthS = routineS(routine)
  if (lengthS >= LONGEST_S)
    mistakes.push({
      place: "steps",
      words: `all together take ${Math.round(lengthS / 60)} minutes; a routine has less than ${LONGEST_S / 60}`,
    })
  for (const [n, { link }] of routine.sources.entries()) {
    if (!URL.canParse(link) || new URL(link).protocol !== "https:")
      mistakes.push({
        place: `sources[${n}].link`,
        words: `"${link}" is no address that begins with https://`,
      })
  }
  for (const [n, step] of routine.steps.entries())
    mistakes.push(...stepMistakes(step, `steps[${n}]`, routine.id))
  return mistakes
}

function stepMistakes({ kind, repeats, spoken }: WrittenStep, place: string, id: number): Mistake[] {
  if (kind === "test" && id !== READINESS_ID)
    return [{ place: `${place}.kind`, words: `only the readiness test (id ${READINESS_ID}) has a "test"` }]
  const wanted = kind === "breathe" ? SPOKEN_OF_BREATHING : repeats
  if (spoken === undefined || spoken.length === wanted) return []
  const words = `has ${spoken.length}; there should be ${wanted}: ${kind === "breathe" ? "in and out" : "one for each"}`
  return [{ place: `${place}.spoken`, words }]
}
