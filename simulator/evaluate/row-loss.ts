/** A recording without some of its rows: where they were is a gap, as when a reader of the file finds that rows are missing. */
import type { Gap, Recording } from "../recording/recording"
import { pickedRows } from "./picked-rows"

/** `isLost` is asked for every row; the first and the last stay, so that the recording is as long as it was. */
export function withoutRows(recording: Recording, isLost: (row: number) => boolean): Recording {
  const last = recording.timeS.length - 1
  const kept: number[] = []
  for (let row = 0; row <= last; row++) if (row === 0 || row === last || !isLost(row)) kept.push(row)
  return { ...pickedRows(recording, kept), gaps: gapsBetween(kept, recording) }
}

function gapsBetween(kept: readonly number[], { timeS, gaps }: Recording): Gap[] {
  const found: Gap[] = []
  for (let row = 0; row < kept.length - 1; row++) {
    const before = kept[row] as number
    const after = kept[row + 1] as number
    const within = gaps.filter((gap) => gap.row >= before && gap.row < after)
    const lostSamples = within.reduce((sum, gap) => sum + gap.lostSamples, after - before - 1)
    if (lostSamples > 0)
      found.push({ row, startS: timeS[before] as number, endS: timeS[after] as number, lostSamples })
  }
  return found
}
