/**
 * A recording whose standing and bends come twice before the rest: in the first round they calibrate, in the second all of them can be judged. In: a
 * recording with truth that begins with bends; out: the longer one, and when its second round begins, s.
 */
import type { Recording } from "../../recording/recording"
import { pickedRows } from "../picked-rows"
import { trueBends } from "./judge"

/** Standing that goes with the first round, after its last bend. */
const STANDING_S = 2
const RUNNING = "run"

/** @throws Error for a recording without bends before its running. */
export function begunTwice(recording: Recording): { recording: Recording; againS: number } {
  const { name, timeS, rateHz, truth } = recording
  const runRow = truth?.activity.indexOf(RUNNING) ?? -1
  const runS = runRow < 0 ? Number.POSITIVE_INFINITY : (timeS[runRow] as number)
  const endS = trueBends(recording)
    .filter((bend) => bend.endS < runS)
    .at(-1)?.endS
  if (endS === undefined) throw new Error(`${name}: no bends before the running`)
  const rows = timeS.findIndex((atS) => atS > endS + STANDING_S)
  const picked = pickedRows(recording, [...Array(rows).keys(), ...timeS.keys()])
  const laterS = (timeS[rows - 1] as number) - (timeS[0] as number) + 1 / rateHz
  const later = (column: Float64Array) => column.map((atS, row) => (row < rows ? atS : atS + laterS))
  return {
    recording: { ...picked, timeS: later(picked.timeS), sampledS: later(picked.sampledS) },
    againS: (timeS[0] as number) + laterS,
  }
}
