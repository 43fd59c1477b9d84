/** The trends as a table: what the figures draw, in numbers, a row for each knee and period. */
import { dateOf } from "../../../src/ble/calendar"
import { isoWeek } from "../../runs/local-time"
import { MEASURING_WORDS, type Worn } from "../../runs/measuring"
import { count, share } from "../../runs/number-words"
import type { Period } from "../../runs/trend"
import { durationWords } from "../duration-words"
import { depthWords, wholeWords } from "../figure-words"
import { stepWords } from "./figures"
import type { KneePoint, KneeSegment, KneeTrend } from "./knee-trend"
import { periodWords } from "./span"

const S_PER_MINUTE = 60
const PERCENT = 100
const NOTHING = "none"

export const COLUMNS = [
  "Knee",
  "Runs",
  "Running time",
  "Load",
  "Largest step",
  "Past threshold",
  "Median depth",
  "Cadence",
  "Pain marks",
  "Strongest pain",
  "Notes",
] as const

export interface TableRow {
  key: string
  period: string
  /** Under which the list of runs has it. */
  year: number
  /** One for each of COLUMNS. */
  cells: string[]
}

/** Newest first; of a period left before right. */
export function tableRows(knees: readonly KneeTrend[], fromDay: number, period: Period): TableRow[] {
  return knees
    .flatMap(({ name, segments }, knee) =>
      segments.flatMap((segment, index) =>
        segment.points.map((point) => ({ name, segment, point, key: `${knee}-${index}-${point.startDay}` })),
      ),
    )
    .filter(({ point }) => point.startDay >= fromDay)
    .sort((a, b) => b.point.startDay - a.point.startDay)
    .map(({ name, segment, point, key }) => ({
      key,
      period: periodWords(point.startDay, period),
      year: (period === "week" ? isoWeek(point.startDay) : dateOf(point.startDay)).year,
      cells: [name, ...figureCells(point), notes(segment, point)],
    }))
}

function figureCells(point: KneePoint): string[] {
  const { runs, minutes, load, largestStep, cadenceSpm, painMarks, strongestPain } = point
  const depths = Object.values(point.depths)
  return [
    String(runs),
    durationWords(minutes * S_PER_MINUTE),
    wholeWords(load),
    largestStep === undefined ? NOTHING : stepWords(largestStep),
    listed(
      depths.flatMap(({ compressionsPer100Strides, thresholdDeg }) =>
        compressionsPer100Strides === undefined
          ? []
          : `${share(compressionsPer100Strides / PERCENT)} past ${thresholdDeg}°`,
      ),
    ),
    listed(depths.map(({ peakMedianDeg, peakErrorDeg }) => depthWords(peakMedianDeg, peakErrorDeg))),
    cadenceSpm === undefined ? NOTHING : String(Math.round(cadenceSpm)),
    String(painMarks),
    strongestPain === undefined ? NOTHING : String(strongestPain),
  ]
}

function notes({ firmwareMinor, modelVersion }: KneeSegment, point: KneePoint): string {
  const ways = (Object.keys(point.depths) as Worn[]).map((way) => MEASURING_WORDS[way])
  return [
    `firmware ${firmwareMinor}, model ${modelVersion}`,
    ...ways,
    ...(point.undatedRuns > 0 ? [`${count(point.undatedRuns, "run")} by the day your phone got it`] : []),
    ...(point.hasDoubt ? ["doubtful data"] : []),
  ].join("; ")
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? NOTHING : words.join(", ")
}
