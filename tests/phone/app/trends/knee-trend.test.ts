/** What stands beside a trend's points: cadence, load steps, pain; and that ten years of it take no time. */
import test from "ava"
import fc from "fast-check"
import { kneeTrends } from "../../../../phone/app/trends/knee-trend"
import type { PainScore } from "../../../../phone/data/kept"
import { loadHistory } from "../../../../phone/runs/load-history"
import { DEVICE, daysBefore, digest } from "../digests"
import { RIGHT, runOfWeek, weekly } from "./made-weeks"

const DEVICES = [DEVICE, RIGHT]

const someRuns = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 70 }),
      zoneQuarters: fc.integer({ min: -48, max: 56 }),
      isDated: fc.boolean(),
      deviceId: fc.constantFrom(DEVICE.id, RIGHT.id),
      firmware: fc.constantFrom("0.1.0", "0.1.1"),
      load: fc.integer({ min: 1, max: 5000 }),
    }),
    { maxLength: 50 },
  )
  .map((runs) =>
    runs.map(({ days, zoneQuarters, isDated, ...changes }, runId) => {
      const { unixS } = daysBefore(days).start
      return digest({
        ...changes,
        runId,
        start: { unixS: isDated ? unixS : 0, zoneQuarters },
        receivedMs: unixS * 1000,
      })
    }),
  )

test("a point's largest step is the largest of its runs' load histories over all runs", (t) => {
  fc.assert(
    fc.property(someRuns, (digests) => {
      for (const { segments } of kneeTrends({ digests, devices: DEVICES, scores: [] }, "month")) {
        for (const { digests: own, largestStep } of segments.flatMap(({ points }) => points)) {
          const shares = own.flatMap((run) => loadHistory(run, digests, DEVICES).share ?? [])
          t.is(largestStep, shares.length === 0 ? undefined : Math.max(...shares))
        }
      }
    }),
    { numRuns: 200 },
  )
})

test("cadence is weighted by strides; pain marks are added up and the strongest score stands in the week of its run", (t) => {
  const runs = [
    runOfWeek(0, { runId: 1, strides: 3000, cadenceSpm: 170, pains: 2 }),
    runOfWeek(0, { runId: 2, strides: 1000, cadenceSpm: 160, pains: 1 }),
    runOfWeek(1, { runId: 3, strides: 0, cadenceSpm: 0 }),
  ]
  const score = (run: number, time: PainScore["time"], value: number): PainScore => ({
    runKey: runs[run]?.key ?? "",
    time,
    score: value,
    givenMs: 0,
  })
  const scores = [score(0, "after", 1), score(0, "morning", 4), score(1, "after", 3)]
  const [knee] = kneeTrends({ digests: runs, devices: DEVICES, scores }, "week")
  const [before, latest] = knee?.segments[0]?.points ?? []
  t.like(latest, { cadenceSpm: 170, painMarks: 3, strongestPain: 4 })
  t.like(before, { cadenceSpm: undefined, painMarks: 0, strongestPain: undefined })
})

test("knees are called by their side, others by their device", (t) => {
  const digests = [DEVICE.id, RIGHT.id, "cccc", "dddd"].map((deviceId) => runOfWeek(0, { deviceId }))
  const devices = [RIGHT, DEVICE, { ...DEVICE, id: "cccc", name: "Third", side: "unknown" as const }]
  t.deepEqual(
    kneeTrends({ digests, devices, scores: [] }, "week").map(({ name }) => name),
    ["Left knee", "Right knee", "Third", "Unknown device"],
  )
})

test("ten years of daily runs take less than 500 ms", (t) => {
  const digests = Array.from({ length: 3653 }, (_, day) => digest({ runId: day, ...daysBefore(day) }))
  // Of the processor, since other tests run beside this one.
  const before = process.cpuUsage()
  const [knee] = kneeTrends({ digests, devices: DEVICES, scores: [] }, "week")
  const { user, system } = process.cpuUsage(before)
  const tookMs = (user + system) / 1000
  t.log(`${tookMs.toFixed(0)} ms`)
  t.is(knee?.segments[0]?.points.length, 522)
  t.true(tookMs < 500, `${tookMs} ms`)
})

test("a week has the runs that its wearer's clocks put there", (t) => {
  const late = Date.UTC(2026, 4, 3, 22, 30) / 1000
  const runs = [8, 0].map((zoneQuarters, runId) => digest({ runId, start: { unixS: late, zoneQuarters } }))
  const [knee] = kneeTrends({ digests: [...runs, ...weekly(1)], devices: DEVICES, scores: [] }, "week")
  t.deepEqual(
    knee?.segments[0]?.points.map(({ digests }) => digests.length),
    [2, 1],
  )
})
