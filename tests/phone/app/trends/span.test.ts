/** The axis of time, and the places in it where other versions begin. */
import test from "ava"
import { kneeTrends } from "../../../../phone/app/trends/knee-trend"
import { periodWords, shownPeriods, versionMarks } from "../../../../phone/app/trends/span"
import { tooLittleWords } from "../../../../phone/app/trends/too-little"
import type { RunDigest } from "../../../../phone/runs/run-digest"
import type { Period } from "../../../../phone/runs/trend"
import { DEVICE, daysBefore, digest } from "../digests"
import { RIGHT, runOfWeek, weekly } from "./made-weeks"

function knees(digests: readonly RunDigest[], period: Period = "week") {
  return kneeTrends({ digests, devices: [DEVICE, RIGHT], scores: [] }, period)
}

test("26 weeks at most, with those without a run, up to the latest run of any knee", (t) => {
  const runs = [runOfWeek(60), runOfWeek(3), runOfWeek(1, { deviceId: RIGHT.id })]
  const periods = shownPeriods(knees(runs), "week")
  t.is(periods.length, 26)
  t.is(periodWords(periods.at(-1) ?? 0, "week").replace(/\s/g, " "), "20 – 26 Apr 2026")
  t.deepEqual(new Set(periods.slice(1).map((day, index) => day - (periods[index] ?? 0))), new Set([7]))
})

test("every month since the first run, leap years too", (t) => {
  const runs = [digest(), digest({ runId: 2, ...daysBefore(10 * 365) })]
  const words = shownPeriods(knees(runs, "month"), "month").map((day) => periodWords(day, "month"))
  t.is(words.length, 121)
  t.is(new Set(words).size, 121)
  t.deepEqual([words[0], words.at(-1)], ["May 2016", "May 2026"])
})

test("a change of version is marked once, with all knees that it is about, and not before what is shown", (t) => {
  const runs = [DEVICE.id, RIGHT.id].flatMap((deviceId) =>
    Array.from({ length: 40 }, (_, week) =>
      runOfWeek(week, { deviceId, modelVersion: week < 5 ? 4 : week < 35 ? 3 : 2 }),
    ),
  )
  const all = knees(runs)
  const [from = 0] = shownPeriods(all, "week")
  const marks = versionMarks(all, from)
  t.is(marks.length, 1)
  t.deepEqual(marks[0]?.words, [
    "Left knee, Right knee: Here flexion model 3 became 4. A step may come from that, not from your knee.",
  ])
  t.is(versionMarks(all, 0).length, 2)
})

test("too little for a trend is said: nothing readable, one run, one week", (t) => {
  const said = (runs: readonly RunDigest[]) => tooLittleWords(knees(runs))
  t.regex(said([digest({ unreadable: "newer" })]) ?? "", /can read none/)
  t.regex(said([digest()]) ?? "", /one run so far/)
  t.regex(said([digest(), digest({ runId: 2 })]) ?? "", /of one week/)
  t.regex(said([digest(), digest({ deviceId: RIGHT.id })]) ?? "", /of one week/)
  t.is(said(weekly(2)), undefined)
})
