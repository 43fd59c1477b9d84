/**
 * Days since 1970-01-01 and dates of the Gregorian calendar, in integers, from year 0 on.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days: years begin in March there, so
 * that the day which only some of them have is their last.
 */

const ERA_YEARS = 400
const ERA_DAYS = 146_097
/** From 0000-03-01 to 1970-01-01. */
const EPOCH_DAYS = 719_468
const YEAR_DAYS = 365
const YEAR_MONTHS = 12
/** January and February belong to the year before. */
const MARCH = 3
/** March to July have 153 days, and so has every further five months. */
const FIVE_MONTHS = 5
const FIVE_MONTHS_DAYS = 153
const WEEK_DAYS = 7
/** 1970-01-01 was a Thursday; 0 is a Monday. */
const EPOCH_WEEKDAY = 3

export interface CalendarDate {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

/** Days from 1970-01-01 to this date. */
export function unixDaysOf({ year, month, day }: CalendarDate): number {
  const yearFromMarch = month < MARCH ? year - 1 : year
  const era = whole(yearFromMarch, ERA_YEARS)
  const yearOfEra = yearFromMarch - era * ERA_YEARS
  const dayOfYear = daysBefore(monthFromMarch(month)) + day - 1
  return era * ERA_DAYS + yearOfEra * YEAR_DAYS + leapDays(yearOfEra) + dayOfYear - EPOCH_DAYS
}

/** The date so many days after 1970-01-01. */
export function dateOf(unixDays: number): CalendarDate {
  const days = unixDays + EPOCH_DAYS
  const era = whole(days, ERA_DAYS)
  const dayOfEra = days - era * ERA_DAYS
  // Less the leap days before it: 1460, 36524 and 146096 days end with one.
  const plainDays = dayOfEra - whole(dayOfEra, 1460) + whole(dayOfEra, 36_524) - whole(dayOfEra, 146_096)
  const yearOfEra = whole(plainDays, YEAR_DAYS)
  const dayOfYear = dayOfEra - (yearOfEra * YEAR_DAYS + leapDays(yearOfEra))
  const fromMarch = whole(FIVE_MONTHS * dayOfYear + 2, FIVE_MONTHS_DAYS)
  const month = ((fromMarch + MARCH - 1) % YEAR_MONTHS) + 1
  return {
    year: era * ERA_YEARS + yearOfEra + (month < MARCH ? 1 : 0),
    month,
    day: dayOfYear - daysBefore(fromMarch) + 1,
  }
}

/** 0 for a month that there is not. */
export function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > YEAR_MONTHS) return 0
  const next = month < YEAR_MONTHS ? { year, month: month + 1, day: 1 } : { year: year + 1, month: 1, day: 1 }
  return unixDaysOf(next) - unixDaysOf({ year, month, day: 1 })
}

/** 1 Monday to 7 Sunday, as in ISO 8601. */
export function weekdayOf(unixDays: number): number {
  return ((unixDays + EPOCH_WEEKDAY) % WEEK_DAYS) + 1
}

function whole(dividend: number, divisor: number): number {
  return Math.floor(dividend / divisor)
}

/** 0 March to 11 February. */
function monthFromMarch(month: number): number {
  return (month + YEAR_MONTHS - MARCH) % YEAR_MONTHS
}

function daysBefore(fromMarch: number): number {
  return whole(FIVE_MONTHS_DAYS * fromMarch + 2, FIVE_MONTHS)
}

function leapDays(yearOfEra: number): number {
  return whole(yearOfEra, 4) - whole(yearOfEra, 100)
}
