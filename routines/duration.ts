/** How long a routine takes when it goes by its numbers, in s. A step that waits for the wearer counts as nothing. */
import type { WrittenRoutine, WrittenStep } from "./written-routine"

const MS_PER_S = 1000

export function routineS({ steps }: WrittenRoutine): number {
  return steps.reduce((sumS, step) => sumS + stepS(step), 0)
}

export function stepS(step: WrittenStep): number {
  const { kind, repeats = 1, everyMs = 0, restMs = 0, downMs = 0, upMs = 0 } = step
  if (kind === "ready") return 0
  return (repeats * (everyMs + downMs + upMs) + (repeats - 1) * restMs) / MS_PER_S
}
