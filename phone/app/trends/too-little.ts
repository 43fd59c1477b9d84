/** What is said while there is too little for a trend. */
import type { KneeTrend } from "./knee-trend"

/** @param weekly by week. @returns undefined when there are two weeks at least */
export function tooLittleWords(weekly: readonly KneeTrend[]): string | undefined {
  const points = weekly.flatMap(({ segments }) => segments.flatMap((segment) => segment.points))
  if (points.length === 0) return "This version of the app can read none of your runs. They are kept."
  if (new Set(points.map(({ startDay }) => startDay)).size > 1) return undefined
  return points.length === 1 && points[0]?.runs === 1
    ? "There is one run so far. From the second week with a run on, you see here how your weeks compare."
    : "All your runs so far are of one week. From the second one on, you see here how your weeks compare."
}
