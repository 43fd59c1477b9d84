/** What a simulation plays: a recording that may fill itself as it is played, so that an hour of made-up motion can begin at once. */
import type { Recording } from "../recording/recording"
import type { Slip } from "../runner/sensor"

export interface Motion {
  /** All its rows have their time; those from `need` on may hold nothing yet. `activity` of its truth grows. */
  readonly recording: Recording
  /** The rows before this one are there when it returns. @param row at most the number of rows */
  need(row: number): void
  /** From here on the strap sits elsewhere; `timeS` lies after all rows that were needed. */
  slip(slip: Slip): void
}
