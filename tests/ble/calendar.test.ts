import test from "ava"
import { dateOf, daysInMonth, unixDaysOf, weekdayOf } from "../../src/ble/calendar"

const MS_PER_DAY = 86_400_000

/** As JavaScript's own calendar has it. */
function dateByJavaScript(unixDays: number) {
  const date = new Date(unixDays * MS_PER_DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

test("every day of 2024 to 2099 has its date, its weekday, and comes back from it", (t) => {
  const last = Date.UTC(2099, 11, 31) / MS_PER_DAY
  for (let days = Date.UTC(2024, 0, 1) / MS_PER_DAY; days <= last; days++) {
    const date = dateByJavaScript(days)
    const weekday = new Date(days * MS_PER_DAY).getUTCDay() || 7
    const known = dateOf(days)
    if (known.year !== date.year || known.month !== date.month || known.day !== date.day)
      t.deepEqual(known, date)
    if (unixDaysOf(date) !== days || weekdayOf(days) !== weekday)
      t.deepEqual([date, unixDaysOf(date), weekdayOf(days)], [date, days, weekday])
  }
  t.pass()
})

test("so have the ends of February and December in every year from 1 to 9999", (t) => {
  for (let year = 1; year <= 9999; year++)
    for (const [month, day] of [
      [1, 28],
      [2, 0],
      [2, 1],
      [11, 31],
      [12, 1],
    ] as const) {
      const days = new Date(0).setUTCFullYear(year, month, day) / MS_PER_DAY
      const date = dateByJavaScript(days)
      const known = dateOf(days)
      if (known.year !== date.year || known.month !== date.month || known.day !== date.day)
        t.deepEqual(known, date)
      if (unixDaysOf(date) !== days) t.is(unixDaysOf(date), days, JSON.stringify(date))
    }
  t.pass()
})

const months: [year: number, month: number, days: number][] = [
  [2024, 2, 29],
  [2025, 2, 28],
  [2000, 2, 29],
  [2100, 2, 28],
  [2027, 1, 31],
  [2027, 4, 30],
  [2027, 12, 31],
  [2027, 0, 0],
  [2027, 13, 0],
]
for (const [year, month, days] of months)
  test(`month ${month} of ${year} has ${days} days`, (t) => {
    t.is(daysInMonth(year, month), days)
  })
