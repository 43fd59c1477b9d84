/** The trends as figures to draw, one for each quantity: lines of points in which nothing is joined that was counted or measured in different ways. */
import { MARGIN } from "../../runs/load-history"
import { share } from "../../runs/number-words"
import type { Period } from "../../runs/trend"
import { durationWords } from "../duration-words"
import { depthWords, wholeWords } from "../figure-words"
import type { KneePoint, KneeTrend } from "./knee-trend"
import { periodWords } from "./span"

const S_PER_MINUTE = 60
const MINUTES_PER_HOUR = 60
const PERCENT = 100
const MOST_PAIN = 10

export interface FigurePoint {
  startDay: number
  value: number
  /** In the value's unit, up and down. */
  error: number | undefined
}

export interface FigureLine {
  /** Which of the knees. */
  knee: number
  /** Oldest first. */
  points: FigurePoint[]
}

export interface Figure {
  title: string
  /** What its numbers are, where the title does not say it. */
  note: string | undefined
  /** Where its axis begins; undefined follows the values. */
  least: number | undefined
  /** Where its axis ends at least. */
  most: number | undefined
  /** Below and above the values of an axis that follows them, so that little does not look like much. */
  room: number
  /** A line across, for what is past it. */
  limit: number | undefined
  axisWords: (value: number) => string
  lines: FigureLine[]
  /** The newest value of each knee, those of one period together. */
  latest: string[]
}

/** One value of a point; only those of one way are joined. */
interface Reading {
  way: string
  value: number
  error?: number
}

interface Quantity extends Omit<Figure, "lines" | "latest"> {
  words: (value: number, error: number | undefined) => string
  readings: (point: KneePoint) => Reading[]
}

const NO_RANGE = { note: undefined, least: undefined, most: undefined, room: 0, limit: undefined }

export function stepWords(step: number): string {
  return `${Math.round(step * PERCENT)} %`
}

const QUANTITIES: readonly Quantity[] = [
  {
    ...NO_RANGE,
    title: "Load",
    note: "All runs together. 1 is one stride of an average runner at 2.5 m/s.",
    least: 0,
    axisWords: wholeWords,
    words: wholeWords,
    readings: ({ load }) => one(load),
  },
  {
    ...NO_RANGE,
    title: "Largest step in load",
    note: "The load of one run, against the largest of one run in the 30 days before. Past the line the step is big: more than 110\u00a0%.",
    least: 0,
    limit: 1 + MARGIN,
    axisWords: stepWords,
    words: stepWords,
    readings: ({ largestStep }) => one(largestStep),
  },
  {
    ...NO_RANGE,
    title: "Strides past your threshold",
    least: 0,
    most: PERCENT,
    axisWords: percentWords,
    words: percentWords,
    readings: ({ depths }) =>
      Object.entries(depths).flatMap(([way, { compressionsPer100Strides: value, thresholdDeg }]) =>
        value === undefined ? [] : { way: `${way} ${thresholdDeg}`, value },
      ),
  },
  {
    ...NO_RANGE,
    title: "Median depth",
    note: "Half of the loaded bends are deeper. The bars show how far it is off on average; one knee can be further off.",
    room: 1,
    axisWords: (deg) => `${deg}°`,
    words: (deg, errorDeg = 0) => depthWords(deg, errorDeg),
    readings: ({ depths }) =>
      Object.entries(depths).map(([way, { peakMedianDeg, peakErrorDeg }]) => ({
        way,
        value: peakMedianDeg,
        error: peakErrorDeg,
      })),
  },
  {
    ...NO_RANGE,
    title: "Cadence",
    note: "Steps of both legs a minute.",
    room: 5,
    axisWords: String,
    words: (spm) => `${Math.round(spm)} steps a minute`,
    readings: ({ cadenceSpm }) => one(cadenceSpm),
  },
  {
    ...NO_RANGE,
    title: "Running time",
    note: "With the pauses in a run.",
    least: 0,
    axisWords: (hours) => `${hours} h`,
    words: (hours) => durationWords(hours * MINUTES_PER_HOUR * S_PER_MINUTE),
    readings: ({ minutes }) => one(minutes / MINUTES_PER_HOUR),
  },
  {
    ...NO_RANGE,
    title: "Pain marks",
    note: "How often you marked pain in a run.",
    least: 0,
    most: 1,
    axisWords: onlyWhole,
    words: String,
    readings: ({ painMarks }) => one(painMarks),
  },
  {
    ...NO_RANGE,
    title: "Strongest pain",
    note: "The highest of your scores, 0 to 10.",
    least: 0,
    most: MOST_PAIN,
    axisWords: String,
    words: (score) => `${score} of ${MOST_PAIN}`,
    readings: ({ strongestPain }) => one(strongestPain),
  },
]

/** @param periods those that are shown. @returns only figures that have a value */
export function figuresOf(knees: readonly KneeTrend[], periods: readonly number[], period: Period): Figure[] {
  const fromDay = periods[0] ?? 0
  return QUANTITIES.map(({ words, readings, ...figure }) => {
    const lines = knees.flatMap(({ segments }, knee) =>
      segments.flatMap(({ points }) =>
        linesOf(
          knee,
          points.filter(({ startDay }) => startDay >= fromDay),
          readings,
        ),
      ),
    )
    const latest = new Map<string, string[]>()
    for (const [knee, { side, name }] of knees.entries()) {
      const point = newest(lines.filter((line) => line.knee === knee))
      if (!point) continue
      const when = periodWords(point.startDay, period)
      const who = knees.length === 1 ? "" : `${side === "unknown" ? name : side} `
      latest.set(when, [...(latest.get(when) ?? []), `${who}${words(point.value, point.error)}`])
    }
    return { ...figure, lines, latest: [...latest].map(([when, own]) => `${when}: ${own.join(", ")}`) }
  }).filter(({ lines }) => lines.length > 0)
}

function linesOf(
  knee: number,
  points: readonly KneePoint[],
  readings: (point: KneePoint) => Reading[],
): FigureLine[] {
  const lines = new Map<string, FigureLine>()
  for (const point of points) {
    for (const { way, value, error } of readings(point)) {
      const line = lines.get(way) ?? { knee, points: [] }
      line.points.push({ startDay: point.startDay, value, error })
      lines.set(way, line)
    }
  }
  return [...lines.values()]
}

/** Of two in one period that of the later line. */
function newest(lines: readonly FigureLine[]): FigurePoint | undefined {
  return lines
    .flatMap(({ points }) => points.at(-1) ?? [])
    .reduce<FigurePoint | undefined>(
      (last, point) => (last && last.startDay > point.startDay ? last : point),
      undefined,
    )
}

function one(value: number | undefined): Reading[] {
  return value === undefined ? [] : [{ way: "", value }]
}

function percentWords(percent: number): string {
  return share(percent / PERCENT)
}

function onlyWhole(value: number): string {
  return Number.isInteger(value) ? String(value) : ""
}
