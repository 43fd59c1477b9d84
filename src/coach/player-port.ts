/** What the player of routines is joined to: bends in; buzzes, and what came of it, out. */
import { constant } from "../constant"

/** What the wearer feels. Tick: a stroke, a count, a second of a hold. Turn: the other way now: out, up, let go. Step: the next step begins. Ask: did it hurt? Done: that is all. */
export const CoachBuzz = constant({ tick: 0, turn: 1, step: 2, ask: 3, done: 4 } as const)
export type CoachBuzz = (typeof CoachBuzz)[keyof typeof CoachBuzz]

export interface CoachMotor {
  coachBuzz(buzz: CoachBuzz): void
}

/** A bend that the sensor saw. One object, written anew for each. */
export interface WatchedBend {
  /** Deepest flexion, 1/100°. */
  readonly peakCdeg: number
  /** From leaving the straight leg to being back, ms. */
  readonly durationMs: number
  /** How often it stopped or turned on its way down and up: 0 is smooth. */
  readonly halts: number
}

/** Bits of what BendWatch.step() tells. Reached: the flexion passed the depth that is watched for, once a bend; left: it fell below it again; finished: the leg is straight again. */
export const BendNews = constant({ reached: 1, left: 2, finished: 4 } as const)
