/** What the steps of a routine take: how long each of their parts lasts, and how long they wait for the wearer; ms. */
import { constant } from "../constant"
import { type DeviceRoutine, type RoutineStep, StepKind } from "./routine"

/** It does not come by itself. */
export const NEVER_MS = 0x7fffffff
export const ANSWER_LIMIT_MS = 60_000
const LIMIT_MS = constant({ ready: 180_000, bend: 60_000, optional: 15_000 } as const)
const SECOND_MS = 1000

/**
 * How long a part of a repeat lasts, from 0: a stroke or a count; a hold, its rest; in, out; down, held, up. Of a test the seconds since the depth
 * was reached, from 1.
 */
export function partMs(step: RoutineStep, part: number): number {
  switch (step.kind) {
    case StepKind.ready:
      return NEVER_MS
    case StepKind.hold:
      return part === 0 ? step.everyMs : step.restMs
    case StepKind.breathe:
      return part === 0 ? step.downMs : step.upMs
    case StepKind.bends:
      if (part === 0) return step.downMs || NEVER_MS
      return part === 1 ? step.everyMs : NEVER_MS
    case StepKind.test:
      return part > 0 && part * SECOND_MS <= step.everyMs ? SECOND_MS : NEVER_MS
    default:
      return step.everyMs
  }
}

/** How long it waits for a press or a bend before it gives up. */
export function limitMs({ kind, isOptional }: RoutineStep): number {
  if (kind !== StepKind.ready && !isWatched(kind)) return NEVER_MS
  if (isOptional) return LIMIT_MS.optional
  return kind === StepKind.ready ? LIMIT_MS.ready : LIMIT_MS.bend
}

/** The sensor counts its repeats. */
export function isWatched(kind: StepKind): boolean {
  return kind === StepKind.bends || kind === StepKind.test
}

/** Its bends are the routine's figures: of the readiness test not those that are only done if wanted, or the figures would change with them. */
export function isAsked({ kind, isOptional }: RoutineStep): boolean {
  return kind === StepKind.bends || (kind === StepKind.test && !isOptional)
}

/** Bends whose figures the routine tells. */
export function askedBends({ steps }: DeviceRoutine): number {
  let bends = 0
  for (const step of steps) if (isAsked(step)) bends += step.repeats
  return bends
}
