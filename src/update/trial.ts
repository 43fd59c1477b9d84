/**
 * A new firmware on trial: it confirms itself once it has been well for a while. When that does not come about it is to start anew, and the boot loader
 * goes back to the one before, as it does after any restart during the trial.
 */
import { constant } from "../constant"

/** Well for so long without a break: what fails soon after the start fails before. */
const WELL_FOR_MS = 10_000
/** A sensor is found within some seconds, Bluetooth too. */
const TRIAL_MS = 60_000

export const Verdict = constant({ open: 0, good: 1, bad: 2 } as const)
export type Verdict = (typeof Verdict)[keyof typeof Verdict]

export class Trial {
  private readonly startMs: number
  private wellMs: number

  constructor(nowMs: number) {
    this.startMs = this.wellMs = nowMs
  }

  /** Once a second. @param isWell what the device is for works */
  judge(isWell: boolean, nowMs: number): Verdict {
    if (!isWell) this.wellMs = nowMs
    // The clock may have wrapped in between (src/io.ts).
    if (((nowMs - this.wellMs) | 0) >= WELL_FOR_MS) return Verdict.good
    return ((nowMs - this.startMs) | 0) >= TRIAL_MS ? Verdict.bad : Verdict.open
  }
}
