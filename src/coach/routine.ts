/**
 * What a routine is to the device: steps in numbers, as routines/*.json has them in words and numbers (routine-table.ts is made from those). The
 * player (player.ts) turns them into time, buzzes and counted bends.
 */
import { constant } from "../constant"

export const StepKind = constant({
  /** The wearer gets ready; a press of the button goes on. `repeats`, `everyMs`: not used. */
  ready: 0,
  /** A tick every `everyMs`, `repeats` of them: strokes at a pace. */
  pace: 1,
  /** Held `repeats` times for `everyMs`, with `restMs` in between. */
  hold: 2,
  /** Breathing, `repeats` times: in for `downMs` while the muscle contracts, out for `upMs` while it is let go. */
  breathe: 3,
  /** Movements that nobody measures, `repeats` of them, `everyMs` each: counted aloud by the phone, by a tick without it. */
  count: 4,
  /** Bends that the sensor counts, until `repeats` are deep enough (`depthDeg`): down in `downMs`, held `everyMs`, up in `upMs`. */
  bends: 5,
  /** As bends, of the readiness test: a tick at `depthDeg`, then one a second while it is held for `everyMs`. Ends with the question whether it hurt. */
  test: 6,
  /** Nothing for `everyMs`. */
  rest: 7,
} as const)
export type StepKind = (typeof StepKind)[keyof typeof StepKind]

export interface RoutineStep {
  readonly kind: StepKind
  readonly repeats: number
  readonly everyMs: number
  readonly restMs: number
  readonly downMs: number
  readonly upMs: number
  readonly depthDeg: number
  /** Done when the wearer wants it: it ends by itself when nothing is done for a while, without a mark against the routine. */
  readonly isOptional: boolean
}

export interface DeviceRoutine {
  /** 1 to 255; never given again to another. 1 is the readiness test. */
  readonly id: number
  readonly steps: readonly RoutineStep[]
}

export const READINESS_ID = 1

/** What the readiness test says. */
export const Readiness = constant({ unknown: 0, ready: 1, warmUp: 2, notToday: 3 } as const)
export type Readiness = (typeof Readiness)[keyof typeof Readiness]

/** Whether it hurt, as the wearer said. */
export const CoachAnswer = constant({ none: 0, noPain: 1, pain: 2 } as const)
export type CoachAnswer = (typeof CoachAnswer)[keyof typeof CoachAnswer]

/** Choosing: by the button, which routine; asking: whether it hurt. */
export const CoachPhase = constant({ idle: 0, choosing: 1, playing: 2, asking: 3, done: 4 } as const)
export type CoachPhase = (typeof CoachPhase)[keyof typeof CoachPhase]
