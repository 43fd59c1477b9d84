/** Which periods the trends show, and where in them other versions began to count. Days count from 1970-01-01. */
import { monthStart, monthWords, weekWords } from "../../runs/local-time"
import type { Period } from "../../runs/trend"
import type { KneeTrend } from "./knee-trend"

/** Half a year: as many points as can be told apart on a phone. Months go back to the first run. */
const WEEKS_SHOWN = 26
const DAYS_PER_WEEK = 7
/** From the first of any month into the next one. */
const PAST_A_MONTH_DAYS = 31

export interface VersionMark {
  startDay: number
  /** Which knees it is about, and what changed. */
  words: string[]
}

/** Starts of all periods that are shown, with those without a run, oldest first; none without a run. */
export function shownPeriods(knees: readonly KneeTrend[], period: Period): number[] {
  const starts = knees.flatMap(({ segments }) =>
    segments.flatMap(({ points }) => points.map(({ startDay }) => startDay)),
  )
  if (starts.length === 0) return []
  const first = starts.reduce((least, day) => Math.min(least, day))
  const last = starts.reduce((most, day) => Math.max(most, day))
  const periods: number[] = []
  const from = period === "week" ? Math.max(first, last - (WEEKS_SHOWN - 1) * DAYS_PER_WEEK) : first
  for (let day = from; day <= last; day = next(day, period)) periods.push(day)
  return periods
}

function next(startDay: number, period: Period): number {
  return period === "week" ? startDay + DAYS_PER_WEEK : monthStart(startDay + PAST_A_MONTH_DAYS)
}

/** "27 Apr – 3 May 2026", "May 2026" */
export function periodWords(startDay: number, period: Period): string {
  return period === "week" ? weekWords(startDay) : monthWords(startDay)
}

/** Oldest first, one for each period from `fromDay` on. */
export function versionMarks(knees: readonly KneeTrend[], fromDay: number): VersionMark[] {
  const days = new Map<number, Map<string, string[]>>()
  for (const { name, segments } of knees) {
    for (const { breakWords, points } of segments) {
      const startDay = points[0]?.startDay
      if (breakWords === undefined || startDay === undefined || startDay < fromDay) continue
      const names = days.get(startDay) ?? new Map<string, string[]>()
      names.set(breakWords, [...(names.get(breakWords) ?? []), name])
      days.set(startDay, names)
    }
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([startDay, names]) => ({
      startDay,
      words: [...names].map(([words, own]) => `${own.join(", ")}: ${words}`),
    }))
}
