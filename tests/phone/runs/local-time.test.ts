/** Days, weeks and clock times of runs by the wearer's clocks of then: summer time, travel, runs without a time. */
import test from "ava"
import fc from "fast-check"
import {
  dateWords,
  dayWords,
  isoWeek,
  localDay,
  monthStart,
  monthWords,
  timeWords,
  weekStart,
  weekWords,
} from "../../../phone/runs/local-time"

const HOUR_QUARTERS = 4

function run(utc: string, zoneHours: number) {
  const unixS = Date.parse(`${utc}Z`) / 1000
  return { start: { unixS, zoneQuarters: zoneHours * HOUR_QUARTERS }, receivedMs: 0 }
}

for (const [what, utc, zoneHours, date, time] of [
  ["before summer time begins", "2026-03-29T00:30:00", 1, "Sun, 29 March 2026", "01:30"],
  ["after it has begun", "2026-03-29T01:30:00", 2, "Sun, 29 March 2026", "03:30"],
  ["in the hour that comes twice, first", "2026-10-25T00:30:00", 2, "Sun, 25 October 2026", "02:30"],
  ["in the hour that comes twice, again", "2026-10-25T01:30:00", 1, "Sun, 25 October 2026", "02:30"],
  ["late at night in summer", "2026-07-01T22:30:00", 2, "Thu, 2 July 2026", "00:30"],
  ["in Auckland, a day ahead", "2026-01-01T11:00:00", 13, "Fri, 2 January 2026", "00:00"],
  ["in Honolulu, a day behind", "2026-01-01T09:59:00", -10, "Wed, 31 December 2025", "23:59"],
  ["in Kathmandu", "2026-05-03T00:00:00", 5.75, "Sun, 3 May 2026", "05:45"],
] as const)
  test(`a run ${what} has the date and time of its own zone`, (t) => {
    t.is(dateWords(run(utc, zoneHours)), date)
    t.is(timeWords(run(utc, zoneHours)), time)
  })

test("a run without a time stands where it was received, and says so", (t) => {
  const unknown = { start: { unixS: 0, zoneQuarters: 8 }, receivedMs: Date.UTC(2026, 4, 3, 23, 30) }
  t.is(dateWords(unknown), "received 3 May 2026")
  t.is(timeWords(unknown), undefined)
  t.is(dayWords(localDay(unknown)), "3 May 2026")
})

for (const [date, year, week] of [
  ["2026-01-01", 2026, 1],
  ["2025-12-29", 2026, 1],
  ["2025-12-28", 2025, 52],
  ["2027-01-03", 2026, 53],
  ["2027-01-04", 2027, 1],
  ["2024-02-29", 2024, 9],
] as const)
  test(`${date} is in ISO week ${week} of ${year}`, (t) => {
    t.deepEqual(isoWeek(localDay(run(`${date}T12:00:00`, 0))), { year, week })
  })

test("weeks have seven days from Monday on, and one after the other has the next number or the first", (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => {
      const monday = weekStart(day)
      t.true(day >= monday && day < monday + 7)
      t.is(new Date(monday * 86_400_000).getUTCDay(), 1)
      t.deepEqual(isoWeek(monday), isoWeek(monday + 6))
      const [here, next] = [isoWeek(monday), isoWeek(monday + 7)]
      t.true(next.week === here.week + 1 || (next.week === 1 && next.year === here.year + 1))
      t.is(new Date(monthStart(day) * 86_400_000).getUTCDate(), 1)
    }),
  )
})

test("days, weeks and months in words", (t) => {
  const day = localDay(run("2026-05-03T12:00:00", 0))
  t.is(dayWords(day), "3 May 2026")
  t.regex(weekWords(day), /^27 Apr\s–\s3 May 2026$/)
  t.is(monthWords(day), "May 2026")
})
