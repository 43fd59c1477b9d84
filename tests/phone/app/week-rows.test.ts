/** A knee's last weeks in words. */
import test from "ava"
import { weeksBefore, weeksOfKnees } from "../../../phone/app/week-rows"
import { localDay } from "../../../phone/runs/local-time"
import { DEVICE, daysBefore, digest } from "./digests"

const RIGHT = { ...DEVICE, id: "ffff", name: "Other", side: "right" } as const
const newest = digest({ runId: 99 })

test("a week in words, with its depth's error band; load beside the largest of the weeks", (t) => {
  const runs = [newest, digest({ runId: 2, load: 5400, isDoubtful: true, ...daysBefore(7) })]
  const rows = weeksBefore(newest, runs, [DEVICE], 12)
  t.is(rows.length, 2)
  const { key: _, week = "", ...last } = rows[1] ?? {}
  t.regex(week, /^27 Apr\s–\s3 May 2026$/)
  t.deepEqual(last, {
    runs: 1,
    time: "32 min",
    load: "2,700",
    loadShare: 0.5,
    depth: "42° ± 4°",
    past: "95 past 30°",
    hasDoubt: false,
    breakWords: undefined,
  })
  t.true(rows[0]?.hasDoubt)
})

test("only these weeks, up to the run's own", (t) => {
  const runs = Array.from({ length: 40 }, (_, week) => digest({ runId: week + 1, ...daysBefore(7 * week) }))
  t.is(weeksBefore(newest, runs, [DEVICE], 12).length, 12)
  const tenth = runs[10] ?? newest
  const rows = weeksBefore(tenth, runs, [DEVICE], 4)
  t.is(rows.length, 4)
  t.regex(rows.at(-1)?.week ?? "", /16\s–\s22 Feb 2026/)
})

test("where another version began to measure, the row says so; a threshold that changed has no share", (t) => {
  const runs = [
    newest,
    digest({ runId: 2, thresholdDeg: 40, ...daysBefore(1) }),
    digest({ runId: 1, modelVersion: 1, ...daysBefore(7) }),
  ]
  const [before, after] = weeksBefore(newest, runs, [DEVICE], 12)
  t.is(before?.breakWords, undefined)
  t.regex(after?.breakWords ?? "", /flexion model 1 became 2/)
  t.is(after?.past, "threshold changed")
})

test("each knee by itself, and only the run's own before a run", (t) => {
  const runs = [newest, digest({ runId: 3, deviceId: RIGHT.id, ...daysBefore(1) })]
  const stranger = digest({ runId: 4, deviceId: "eeee", ...daysBefore(2) })
  t.deepEqual(
    weeksOfKnees([...runs, stranger], [DEVICE, RIGHT], localDay(newest), 4).map(({ knee }) => knee),
    ["Left knee", "Right knee", "A device, side not known"],
  )
  t.deepEqual(
    weeksBefore(newest, runs, [DEVICE, RIGHT], 4).map((row) => row.runs),
    [1],
  )
})
