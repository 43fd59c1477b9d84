/**
 * When a run was, by the wearer's own clocks of that time: the zone that the device was told with it, never the phone's present one. A run of which the
 * device knew no time stands where the phone received it, by UTC, since no zone is known either. Days count from 1970-01-01.
 */
import { dateOf, unixDaysOf, weekdayOf } from "../../src/ble/calendar"
import type { RunStart } from "../link/run-store"

const MS_PER_S = 1000
const MS_PER_QUARTER = 15 * 60 * MS_PER_S
const MS_PER_DAY = 86_400_000
const DAYS_PER_WEEK = 7
/** 1 Monday to 7 Sunday. */
const THURSDAY = 4
const LOCALE = "en-GB"

/** What a kept run and its digest both have. */
export interface RunTime {
  start: RunStart
  receivedMs: number
}

export interface IsoWeek {
  /** Of the week's Thursday. */
  year: number
  /** 1 to 53. */
  week: number
}

export function hasTime({ start }: RunTime): boolean {
  return start.unixS !== 0
}

/** Unix time, ms: what runs are ordered by. */
export function placedMs({ start, receivedMs }: RunTime): number {
  return start.unixS === 0 ? receivedMs : start.unixS * MS_PER_S
}

/** How far the wearer's clocks were ahead of UTC, ms; 0 while unknown. */
export function zoneMs({ start }: RunTime): number {
  return start.unixS === 0 ? 0 : start.zoneQuarters * MS_PER_QUARTER
}

/** The day on which the run began. */
export function localDay(run: RunTime): number {
  return dayOf(placedMs(run) + zoneMs(run))
}

/** @param localMs ms since 1970-01-01 00:00 by the wearer's clocks */
export function dayOf(localMs: number): number {
  return Math.floor(localMs / MS_PER_DAY)
}

/** The Monday of the day's week. */
export function weekStart(day: number): number {
  return day - weekdayOf(day) + 1
}

/** The first of the day's month. */
export function monthStart(day: number): number {
  return unixDaysOf({ ...dateOf(day), day: 1 })
}

export function isoWeek(day: number): IsoWeek {
  const thursday = weekStart(day) + THURSDAY - 1
  const { year } = dateOf(thursday)
  const newYear = unixDaysOf({ year, month: 1, day: 1 })
  return { year, week: Math.floor((thursday - newYear) / DAYS_PER_WEEK) + 1 }
}

/** "Sun, 3 May 2026", or "received 3 May 2026" where the run's own time is not known. */
export function dateWords(run: RunTime): string {
  const day = localDay(run)
  return hasTime(run) ? DATE_WITH_WEEKDAY.format(day * MS_PER_DAY) : `received ${dayWords(day)}`
}

/** "Sun 3 May", for a place that tells the year; else as `dateWords`. */
export function dateInYearWords(run: RunTime): string {
  return hasTime(run) ? DATE_IN_YEAR.format(localDay(run) * MS_PER_DAY) : dateWords(run)
}

/** "07:05"; undefined where the run's own time is not known. */
export function timeWords(run: RunTime): string | undefined {
  return hasTime(run) ? TIME.format(placedMs(run) + zoneMs(run)) : undefined
}

/** "3 May 2026" */
export function dayWords(day: number): string {
  return DATE.format(day * MS_PER_DAY)
}

/** "27 Apr – 3 May 2026" */
export function weekWords(day: number): string {
  const monday = weekStart(day)
  return SHORT_DATE.formatRange(monday * MS_PER_DAY, (monday + DAYS_PER_WEEK - 1) * MS_PER_DAY)
}

/** "May 2026" */
export function monthWords(day: number): string {
  return MONTH.format(day * MS_PER_DAY)
}

// Local times are shown as if they were UTC, so that no zone of the phone's comes in.
const DATE = format({ day: "numeric", month: "long", year: "numeric" })
const SHORT_DATE = format({ day: "numeric", month: "short", year: "numeric" })
const DATE_WITH_WEEKDAY = format({ weekday: "short", day: "numeric", month: "long", year: "numeric" })
const DATE_IN_YEAR = format({ weekday: "short", day: "numeric", month: "long" })
const MONTH = format({ month: "long", year: "numeric" })
const TIME = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: "UTC" })
}
