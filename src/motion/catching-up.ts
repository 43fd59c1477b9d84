/**
 * Catching up: samples from before anybody knew how the sensor is strapped on, kept in a backlog, are handed out again once gait has told
 * it. Raw counts in and, later, out; the orientation goes back to where it was.
 */
import { type Backlog, createBacklog } from "./backlog"
import type { Orientation } from "./orientation"

type SixAxes = readonly [number, number, number, number, number, number]

export interface CatchingUp {
  /** Samples that wait for next(). */
  behind: number
  /** Some have been handed out, and some still wait. */
  isUnderWay: boolean
  keep(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void
  /** The mount is known: what was kept waits for next(). */
  rewind(): void
  /** The oldest that waits; one at least does. Then done(). */
  next(): SixAxes
  done(): void
  /** Samples were lost: what came before is no use. */
  clear(): void
  /** There is nothing to catch up with, and will not be. */
  forget(): void
  /** Begins to keep samples. */
  restart(): void
}

export function createCatchingUp(orientation: Orientation): CatchingUp {
  let backlog: Backlog | undefined = createBacklog()

  const catchingUp: CatchingUp = {
    behind: 0,
    isUnderWay: false,

    keep(gx, gy, gz, ax, ay, az) {
      backlog?.put(gx, gy, gz, ax, ay, az, orientation.upX, orientation.upY, orientation.upZ)
    },

    rewind() {
      if (backlog) catchingUp.behind = backlog.rewind()
    },

    next() {
      if (!backlog) throw new RangeError("catching up: no sample waits; ask `behind` first")
      const { firstUp } = backlog
      if (!catchingUp.isUnderWay)
        orientation.restart(firstUp[0] as number, firstUp[1] as number, firstUp[2] as number)
      catchingUp.isUnderWay = true
      return backlog.next() as unknown as SixAxes
    },

    done() {
      if (--catchingUp.behind > 0) return
      catchingUp.isUnderWay = false
      backlog = undefined
    },

    clear() {
      backlog?.clear()
    },

    forget() {
      catchingUp.behind = 0
      catchingUp.isUnderWay = false
      backlog = undefined
    },

    restart() {
      catchingUp.forget()
      backlog = createBacklog()
    },
  }
  return catchingUp
}
