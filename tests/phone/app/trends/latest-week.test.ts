/** The latest week in words: what this device cannot tell is no change, and nothing is compared that was counted or measured in another way. */
import test from "ava"
import { kneeTrends } from "../../../../phone/app/trends/knee-trend"
import { latestWeek, WEEKS_BEFORE } from "../../../../phone/app/trends/latest-week"
import { detectableOf } from "../../../../phone/runs/detectable-change"
import type { RunDigest } from "../../../../phone/runs/run-digest"
import { DEVICE, daysBefore } from "../digests"
import { runOfWeek, SUNDAY, weekly } from "./made-weeks"

const PEAK_DEG = 42.4
/** Worn above the same knee. */
const SPARE = { ...DEVICE, id: "cccc" }

function latest(digests: readonly RunDigest[], today = SUNDAY + 1) {
  const [knee] = kneeTrends({ digests, devices: [DEVICE, SPARE], scores: [] }, "week")
  const week = knee && latestWeek(knee, today)
  if (!week) throw new Error("no week")
  return { ...week, line: (name: string) => week.lines.find((line) => line.name === name) }
}

function withLatest(changes: Partial<RunDigest>, earlier: Partial<RunDigest> = {}): RunDigest[] {
  return [runOfWeek(0, changes), ...weekly(7, earlier).slice(1)]
}

for (const pace of ["samePace", "otherPace"] as const) {
  const detectableDeg = detectableOf("one", 2)?.[pace].peakDeg ?? Number.NaN
  const cadence = pace === "samePace" ? {} : { cadenceSpm: 175 }
  test(`${pace}: depth changes from ${detectableDeg}° on, and below it there is no change`, (t) => {
    const words = (by: number) =>
      latest(withLatest({ peakMedianDeg: PEAK_DEG + by, ...cadence })).line("Median depth")?.before ?? ""
    t.regex(words(0.98 * detectableDeg), /^No change/)
    t.regex(words(-0.98 * detectableDeg), /^No change/)
    t.regex(words(1.02 * detectableDeg), /deeper/)
    t.regex(words(-1.02 * detectableDeg), /less deep/)
  })
}

test("sums and cadence stand beside the median of the weeks before, with a run or without", (t) => {
  const runs = withLatest({ load: 5000, cadenceSpm: 170 })
  const { line, title } = latest([...runs, runOfWeek(1, { runId: 1, load: 900, durationS: 600 })])
  t.is(title.replace(/\s/g, " "), "27 Apr – 3 May 2026")
  t.deepEqual(line("Load"), { name: "Load", now: "5,000", before: "Median of 6 weeks before: 2,700." })
  t.is(line("Running time")?.before, "Median of 6 weeks before: 32 min.")
  t.is(line("Cadence")?.before, "Median of 6 weeks before: 166 steps a minute.")
})

test(`weeks from before the ${WEEKS_BEFORE} do not count`, (t) => {
  const { line } = latest([runOfWeek(0), ...weekly(20, { load: 1 }).slice(WEEKS_BEFORE + 1)])
  t.is(line("Load")?.before, "")
})

for (const [what, earlier] of [
  ["firmware", { firmware: "0.0.9" }],
  ["flexion model", { modelVersion: 1 }],
  ["way of measuring", { measuredStrides: 2640, peakErrorDeg: 1.7 }],
  ["device", { deviceId: SPARE.id }],
] as const) {
  test(`depths are not compared with those of another ${what}`, (t) => {
    const { line, notes, sourceWords } = latest(withLatest({}, earlier))
    t.is(line("Median depth")?.now, "42° ± 4°")
    t.is(line("Median depth")?.before, "")
    t.is(sourceWords, undefined)
    t.true(
      notes.some((note) => /it takes 3 of the 6 weeks before/.test(note)),
      notes.join(" "),
    )
  })
}

test("of a week with two sensors on a run and one on more, those with one are compared", (t) => {
  const two = { measuredStrides: 500, strides: 500, peakErrorDeg: 1.7, peakMedianDeg: 60, runId: 1 }
  const { line } = latest([...withLatest({}), runOfWeek(0, two), runOfWeek(1, { ...two, runId: 2 })])
  t.is(line("Median depth")?.now, "42° ± 4°")
  t.is(line("Load a stride")?.now, "1.02")
  t.regex(line("Median depth")?.before ?? "", /^No change/)
})

test("of a week with two devices on a knee, runs of the last one are compared", (t) => {
  const other = { deviceId: SPARE.id, strides: 9000, peakMedianDeg: 60 }
  const { line } = latest([...withLatest({}), runOfWeek(0, { ...other, ...daysBefore(1) })])
  t.is(line("Median depth")?.now, "42° ± 4°")
  t.regex(line("Median depth")?.before ?? "", /^No change/)
})

test("shares past a threshold that was changed are not compared", (t) => {
  t.regex(latest(withLatest({ thresholdDeg: 40 })).line("Strides past 40°")?.before ?? "", /another one/)
  const { line } = latest([...withLatest({}), runOfWeek(0, { runId: 1, thresholdDeg: 40 })])
  t.is(line("Strides past your threshold")?.now, "it was changed in this week")
})

test("a week that is not over is said to be", (t) => {
  t.true(latest(weekly(4), SUNDAY).notes.some((note) => note.startsWith("This week is not over")))
  t.false(latest(weekly(4), SUNDAY + 1).notes.some((note) => note.startsWith("This week is not over")))
})

test("in a week with a change of version, what is compared is of the runs since then", (t) => {
  const old = { firmware: "0.0.9" }
  const { line, notes } = latest([
    runOfWeek(0),
    runOfWeek(0, { ...old, ...daysBefore(1), runId: 1, load: 900 }),
    ...weekly(5, old).slice(1),
  ])
  t.is(line("Running time")?.now, "1 h 04 min")
  t.is(line("Load")?.now, "2,700")
  t.true(notes.some((note) => note.includes("changed in this week")))
})

test("a week without a stride is told as such", (t) => {
  const { lines, notes } = latest([runOfWeek(0, { strides: 0, load: 0 })])
  t.deepEqual(
    lines.map(({ name }) => name),
    ["Running time", "Load"],
  )
  t.deepEqual(notes, ["There are no strides in this week to compare."])
})
