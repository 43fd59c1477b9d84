/** Figures and table: nothing is joined that was counted or measured in different ways, and each number has its error. */
import test from "ava"
import { figuresOf } from "../../../../phone/app/trends/figures"
import { kneeTrends } from "../../../../phone/app/trends/knee-trend"
import { shownPeriods } from "../../../../phone/app/trends/span"
import { COLUMNS, tableRows } from "../../../../phone/app/trends/table"
import type { RunDigest } from "../../../../phone/runs/run-digest"
import { DEVICE, digest } from "../digests"
import { RIGHT, runOfWeek, weekly } from "./made-weeks"

function figure(title: string, digests: readonly RunDigest[]) {
  const knees = kneeTrends({ digests, devices: [DEVICE, RIGHT], scores: [] }, "week")
  return figuresOf(knees, shownPeriods(knees, "week"), "week").find((one) => one.title === title)
}

function lengths(title: string, digests: readonly RunDigest[]) {
  return figure(title, digests)?.lines.map(({ knee, points }) => [knee, points.length])
}

const TWO_SENSORS = { measuredStrides: 2640, peakErrorDeg: 1.7 }

test("a line for each knee and version", (t) => {
  const runs = [
    ...[0, 1, 2].map((week) => runOfWeek(week)),
    ...[3, 4].map((week) => runOfWeek(week, { firmware: "0.0.9" })),
    ...weekly(4, { deviceId: RIGHT.id }),
  ]
  for (const title of ["Load", "Cadence", "Running time", "Pain marks", "Median depth"])
    t.deepEqual(
      lengths(title, runs),
      [
        [0, 2],
        [0, 3],
        [1, 4],
      ],
      title,
    )
})

test("depths of one sensor and of two are never joined, and keep their own error", (t) => {
  const runs = [runOfWeek(0, TWO_SENSORS), runOfWeek(1, TWO_SENSORS), runOfWeek(2), runOfWeek(3)]
  t.deepEqual(
    figure("Median depth", runs)?.lines.map(({ points }) => points.map(({ error }) => error)),
    [
      [3.7, 3.7],
      [1.7, 1.7],
    ],
  )
  t.deepEqual(lengths("Load", runs), [[0, 4]])
})

test("shares of strides are joined for one threshold alone", (t) => {
  const runs = [runOfWeek(0), runOfWeek(1, { thresholdDeg: 40 }), runOfWeek(2, { thresholdDeg: 40 })]
  t.deepEqual(lengths("Strides past your threshold", runs), [
    [0, 2],
    [0, 1],
  ])
})

test("the newest value of each knee stands in words, one knee without its name", (t) => {
  const plain = (words: string[] | undefined) => words?.map((line) => line.replace(/\s/g, " "))
  t.deepEqual(plain(figure("Median depth", weekly(2))?.latest), ["27 Apr – 3 May 2026: 42° ± 4°"])
  const both = [...weekly(2), ...weekly(2, { deviceId: RIGHT.id, peakMedianDeg: 45 })]
  t.deepEqual(plain(figure("Median depth", both)?.latest), [
    "27 Apr – 3 May 2026: left 42° ± 4°, right 45° ± 4°",
  ])
})

test("without a score or enough runs before there is no such figure", (t) => {
  t.is(figure("Strongest pain", weekly(2)), undefined)
  t.is(figure("Largest step in load", weekly(3)), undefined)
  t.deepEqual(lengths("Largest step in load", weekly(5)), [[0, 2]])
})

test("the table has the figures' numbers, newest first, and what is to be said of them", (t) => {
  const runs = [
    runOfWeek(0, {
      start: { unixS: 0, zoneQuarters: 0 },
      receivedMs: Date.UTC(2026, 4, 3),
      isDoubtful: true,
    }),
    runOfWeek(1),
  ]
  const knees = kneeTrends({ digests: runs, devices: [DEVICE], scores: [] }, "week")
  const rows = tableRows(knees, 0, "week")
  t.deepEqual(
    rows.map(({ period, year }) => [period.replace(/\s/g, " "), year]),
    [
      ["27 Apr – 3 May 2026", 2026],
      ["20 – 26 Apr 2026", 2026],
    ],
  )
  const cells = Object.fromEntries(COLUMNS.map((name, column) => [name, rows[0]?.cells[column]]))
  t.deepEqual(cells, {
    Knee: "Left knee",
    Runs: "1",
    "Running time": "32 min",
    Load: "2,700",
    "Largest step": "none",
    "Past threshold": "95 % past 30°",
    "Median depth": "42° ± 4°",
    Cadence: "166",
    "Pain marks": "0",
    "Strongest pain": "none",
    Notes:
      "firmware 0.1, model 2; one sensor: the knee is estimated from the thigh; 1 run by the day your phone got it; doubtful data",
  })
})

test("a week at the turn of the year leads to the year in which the list of runs has it", (t) => {
  const newYear = digest({ start: { unixS: Date.UTC(2027, 0, 1, 12) / 1000, zoneQuarters: 0 } })
  const years = (["week", "month"] as const).map((period) => {
    const knees = kneeTrends({ digests: [newYear], devices: [DEVICE], scores: [] }, period)
    return tableRows(knees, 0, period)[0]?.year
  })
  t.deepEqual(years, [2026, 2027])
})
