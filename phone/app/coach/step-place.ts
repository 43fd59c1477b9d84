/** Where a step that goes by the clock is: from the time since it began alone, as the device paces it (src/coach/step-times.ts). */
import type { WrittenStep } from "../../../routines/written-routine"

export interface StepPlace {
  /** Repeats that are done. */
  readonly done: number
  /** 0: a stroke, a hold, in, a movement, a rest. 1: the pause after a hold, out. */
  readonly part: 0 | 1
  /** Until the part ends, ms. */
  readonly leftMs: number
  /** Of the part, what has passed: 0 to 1. */
  readonly share: number
}

/** @param stepMs since the step began. @returns undefined for a step that waits for the wearer */
export function placeInStep(step: WrittenStep, stepMs: number): StepPlace | undefined {
  const parts = partsOf(step)
  if (!parts) return undefined
  const { repeats = 1, kind } = step
  const [firstMs, secondMs] = parts
  const cycles = Math.floor(stepMs / (firstMs + secondMs))
  if (cycles >= repeats) return { done: repeats, part: 0, leftMs: 0, share: 1 }
  const inCycleMs = stepMs - cycles * (firstMs + secondMs)
  if (inCycleMs < firstMs)
    return { done: cycles, part: 0, leftMs: firstMs - inCycleMs, share: inCycleMs / firstMs }
  const inSecondMs = inCycleMs - firstMs
  // A hold is done before its pause, a breath when it is out.
  const done = kind === "hold" ? cycles + 1 : cycles
  return { done, part: 1, leftMs: secondMs - inSecondMs, share: inSecondMs / secondMs }
}

function partsOf({
  kind,
  everyMs = 0,
  restMs = 0,
  downMs = 0,
  upMs = 0,
}: WrittenStep): readonly [firstMs: number, secondMs: number] | undefined {
  switch (kind) {
    case "pace":
    case "count":
    case "rest":
      return [everyMs, 0]
    case "hold":
      return [everyMs, restMs]
    case "breathe":
      return [downMs, upMs]
    default:
      return undefined
  }
}

/** What the phone says aloud there, and which of the step's sayings it is; undefined when there is nothing to say. */
export function spokenAt(
  { kind, spoken }: WrittenStep,
  { done, part, share }: StepPlace,
): { key: string; words: string } | undefined {
  const words = spoken?.[kind === "breathe" ? part : done]
  return words === undefined || share === 1 ? undefined : { key: `${done}.${part}`, words }
}
