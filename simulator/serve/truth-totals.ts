/** What really happened in what was played, by its truth columns: over all bouts, as the device sums up a run. */
import { truthFromColumns } from "../evaluate/truth-from-columns"
import type { Recording } from "../recording/recording"
import { truthJson } from "../statistics/run-figures"
import type { TruthTotals } from "./messages"

/** Undefined where nobody knows. @param recording all rows of which are there */
export function truthTotals({ timeS, truth }: Recording): TruthTotals | undefined {
  if (!truth) return undefined
  const { strides, compressionsByDepth, peakFlexionMedianDeg } = truthJson(truthFromColumns(timeS, truth))
  return { strides, compressionsByDepth, peakFlexionMedianDeg: peakFlexionMedianDeg ?? 0 }
}
