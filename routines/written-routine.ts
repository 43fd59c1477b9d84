/**
 * A routine as its file has it: for the wearer in words, for the device in numbers. What each field says is told in routine.schema.json, which is made by
 * simulator/routines/schema.ts.
 */
import type { StepKind } from "../src/coach/routine"
import type { DrawingName } from "./drawing-names"
import type { ReasonsName } from "./safety"

export interface WrittenRoutine {
  /** 1 to 255; never given again to another. */
  readonly id: number
  readonly name: string
  readonly title: string
  readonly when: WhenToDo
  readonly purpose: string
  /** How sure it is that it does what it is for. */
  readonly evidence: string
  /** Lists of safety.ts: not done when one of their items is true. */
  readonly notWhen: readonly ReasonsName[]
  readonly precautions: readonly string[]
  readonly equipment: readonly string[]
  readonly sources: readonly RoutineSource[]
  readonly steps: readonly WrittenStep[]
}

/** In relation to a run. */
export type WhenToDo = "before" | "after" | "between"

export interface RoutineSource {
  readonly title: string
  /** Left out of a page without a date. */
  readonly year?: number
  readonly link: string
  /** What of it this routine rests on. */
  readonly says: string
}

/** Numbers that its kind has no use for are left out. */
export interface WrittenStep {
  readonly kind: keyof typeof StepKind
  readonly title: string
  readonly words: string
  readonly drawing: DrawingName
  readonly repeats?: number
  readonly everyMs?: number
  readonly restMs?: number
  readonly downMs?: number
  readonly upMs?: number
  readonly depthDeg?: number
  readonly optional?: boolean
  /** Said aloud by the phone: one for each movement that is counted; of breathing one for in and one for out. */
  readonly spoken?: readonly string[]
}
