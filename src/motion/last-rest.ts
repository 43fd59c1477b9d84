/** The last rest, which may have been standing: up (Q14, in the sensor's frame) at the ticks at which the sensor rests in, up then out. */
import { normalize, put, type Vector } from "./vector"

/**
 * Rest is looked at every so many ticks (0.2 s: more than the 16 samples that a movement takes to end it), and believed when the next look
 * finds it as well.
 */
const REST_TICKS = 3
/** After gait, up needs so many looks (3 s) to be exact: the filter's time constant. */
const SETTLED_LOOKS = 16

export interface LastRest {
  /** Counts where there was a rest. */
  readonly up: Vector
  hasRested: boolean
  /** A tick at rest. @returns true when `up` is new and exact */
  tick(upX: number, upY: number, upZ: number): boolean
  /** A window of gait: up has to settle again. */
  gaitSeen(): void
}

export function createLastRest(): LastRest {
  // The newer pose may already be the beginning of a movement.
  const newerUp: Vector = [0, 0, 0]
  let ticks = 0
  let looks = 0

  const rest: LastRest = {
    up: [0, 0, 0],
    hasRested: false,

    tick(upX, upY, upZ) {
      ticks++
      if (ticks < REST_TICKS) return false
      ticks = 0
      put(rest.up, newerUp[0], newerUp[1], newerUp[2])
      put(newerUp, upX, upY, upZ)
      rest.hasRested = normalize(rest.up)
      if (looks < SETTLED_LOOKS) looks++
      return rest.hasRested && looks === SETTLED_LOOKS
    },

    gaitSeen() {
      looks = 0
    },
  }
  return rest
}
