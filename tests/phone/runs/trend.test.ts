/** Trends: weeks and months partition the runs, versions are never joined, sides and ways of measuring stay apart. */
import test from "ava"
import fc from "fast-check"
import { runKey } from "../../../phone/link/run-store"
import { loadHistory } from "../../../phone/runs/load-history"
import { isoWeek, localDay } from "../../../phone/runs/local-time"
import type { RunDigest } from "../../../phone/runs/run-digest"
import { type Trend, trends } from "../../../phone/runs/trend"
import { DAY_S, DEVICE, digest, MADE_RUN, SUNDAY_S } from "./made-runs"

const LEFT = { id: "aa", side: "left" } as const
const RIGHT = { id: "bb", side: "right" } as const
const PERIODS = ["week", "month"] as const

const base = digest()
const someDigests = fc.array(
  fc
    .record({
      deviceId: fc.constantFrom("aa", "bb", "cc", "dd"),
      days: fc.nat(400),
      zoneQuarters: fc.integer({ min: -48, max: 56 }),
      isDated: fc.boolean(),
      firmware: fc.constantFrom("0.1.0", "0.1.1", "0.2.0"),
      modelVersion: fc.constantFrom(2, 3),
      strides: fc.nat(5000),
      measuredStrides: fc.constantFrom(0, 10, 5000),
      thresholdDeg: fc.constantFrom(30, 35),
    })
    .map(
      ({ days, zoneQuarters, isDated, ...changes }): RunDigest => ({
        ...base,
        ...changes,
        start: { unixS: isDated ? SUNDAY_S + days * DAY_S : 0, zoneQuarters },
        receivedMs: (SUNDAY_S + days * DAY_S) * 1000,
      }),
    ),
  { maxLength: 60 },
)

const total = (all: readonly Trend[], of: (point: Trend["segments"][number]["points"][number]) => number) =>
  all
    .flatMap(({ segments }) => segments)
    .flatMap(({ points }) => points)
    .reduce((sum, point) => sum + of(point), 0)

for (const period of PERIODS) {
  test(`each run is in exactly one ${period}`, (t) => {
    fc.assert(
      fc.property(someDigests, (digests) => {
        const all = trends(digests, [LEFT, RIGHT], period)
        t.is(
          total(all, ({ runs }) => runs),
          digests.length,
        )
        t.is(
          total(all, ({ strides }) => strides),
          digests.reduce((sum, { strides }) => sum + strides, 0),
        )
        for (const { segments } of all)
          for (const { points } of segments) {
            const starts = points.map(({ startDay }) => startDay)
            t.deepEqual(
              starts,
              [...new Set(starts)].sort((a, b) => a - b),
            )
          }
      }),
    )
  })

  test(`by ${period}, a segment never joins two versions, and its neighbour has another`, (t) => {
    fc.assert(
      fc.property(someDigests, (digests) => {
        // The load tells which versions are in a point.
        const tagged = digests.map((run) => ({ ...run, load: versionTag(run) }))
        for (const { segments } of trends(tagged, [LEFT, RIGHT], period))
          for (const [index, { firmwareMinor, modelVersion, points, breakWords }] of segments.entries()) {
            const tag = versionTag({ firmware: `${firmwareMinor}.0`, modelVersion })
            for (const { runs, load } of points) t.is(load, runs * tag)
            const before = segments[index - 1]
            t.is(breakWords === undefined, before === undefined)
            t.false(before?.firmwareMinor === firmwareMinor && before.modelVersion === modelVersion)
          }
      }),
    )
  })
}

function versionTag({ firmware, modelVersion }: Pick<RunDigest, "firmware" | "modelVersion">): number {
  return firmware.startsWith("0.1.") ? modelVersion : modelVersion * 1000
}

test("left before right before devices without a side, each of these by itself", (t) => {
  const digests = ["dd", "bb", "cc", "aa"].map((deviceId) => ({ ...base, deviceId }))
  t.deepEqual(
    trends(digests, [RIGHT, LEFT], "week").map(({ side, deviceId }) => [side, deviceId]),
    [
      ["left", undefined],
      ["right", undefined],
      ["unknown", "cc"],
      ["unknown", "dd"],
    ],
  )
})

test("two devices on one side are one knee", (t) => {
  const digests = ["aa", "cc"].map((deviceId) => ({ ...base, deviceId }))
  const all = trends(digests, [LEFT, { id: "cc", side: "left" }], "week")
  t.is(all.length, 1)
  t.is(
    total(all, ({ runs }) => runs),
    2,
  )
})

function only(digests: readonly RunDigest[]) {
  const [point] = trends(digests, [LEFT], "week")[0]?.segments[0]?.points ?? []
  if (!point) throw new Error("no point")
  return point
}

test("a week's depth is weighted by strides, and each way of measuring has its own", (t) => {
  const point = only([
    digest({ id: 1, strides: 1000, compressions: 900, peakFlexionMedianCdeg: 3800 }),
    digest({ id: 2, strides: 3000, compressions: 2900, peakFlexionMedianCdeg: 4200 }),
    digest({ id: 3, strides: 800, measuredStrides: 800, peakErrorCdeg: 170, peakFlexionMedianCdeg: 4700 }),
    digest({ id: 4, strides: 500, measuredStrides: 100 }),
  ])
  t.like(point, { runs: 4, strides: 5300, minutes: 160 })
  t.deepEqual(
    point.runKeys,
    [1, 2, 3, 4].map((id) => runKey(DEVICE, MADE_RUN.bootId, id)),
  )
  t.like(point.depths.one, {
    strides: 4000,
    peakMedianDeg: 42,
    peakErrorDeg: 3.74,
    compressionsPer100Strides: 95,
  })
  t.like(point.depths.two, { strides: 800, peakMedianDeg: 47, peakErrorDeg: 1.7 })
  t.deepEqual(Object.keys(point.depths).sort(), ["one", "two"])
})

test("compressions of two thresholds are not added up", (t) => {
  const point = only([digest({ id: 1 }), digest({ id: 2, thresholdCdeg: 4000 })])
  t.like(point.depths.one, {
    thresholdDeg: undefined,
    compressionsPer100Strides: undefined,
    peakMedianDeg: 40,
  })
})

test("a run after midnight on Monday belongs to the week of the wearer's clocks", (t) => {
  const mondayEarly = { unixS: SUNDAY_S + 17.5 * 3600, zoneQuarters: 8 }
  const sundayLate = { ...mondayEarly, zoneQuarters: 4 }
  t.is(only([digest({}, mondayEarly)]).startDay - only([digest({}, sundayLate)]).startDay, 7)
  t.deepEqual(isoWeek(localDay(digest({}, mondayEarly))), { year: 2026, week: 19 })
})

test("what cannot be read is in no trend", (t) => {
  t.deepEqual(trends([{ ...base, unreadable: "newer" }], [LEFT], "week"), [])
})

test("ten years of daily runs, of two knees by turns: trends by week and month and a load history take less than 200 ms", (t) => {
  const days = 3653
  const digests = Array.from({ length: days }, (_, index) => ({
    ...base,
    key: `${index}`,
    deviceId: index % 2 === 0 ? "aa" : "bb",
    load: MADE_RUN.milliLoad / 1000 + (index % 7),
    start: { unixS: SUNDAY_S + index * DAY_S, zoneQuarters: (index >> 8) % 2 ? 8 : 4 },
    modelVersion: index < days / 2 ? 2 : 3,
  }))
  const newest = digests.at(-1)
  if (!newest) return t.fail()
  // Of the processor, since other tests run beside this one.
  const before = process.cpuUsage()
  const weekly = trends(digests, [LEFT, RIGHT], "week")
  const monthly = trends(digests, [LEFT, RIGHT], "month")
  const history = loadHistory(newest, digests, [LEFT, RIGHT])
  const { user, system } = process.cpuUsage(before)
  const tookMs = (user + system) / 1000
  t.log(`${digests.length} runs: ${Math.round(tookMs)} ms`)
  t.is(
    total(weekly, ({ runs }) => runs),
    digests.length,
  )
  t.is(
    total(monthly, ({ runs }) => runs),
    digests.length,
  )
  t.is(history.runs, 15)
  t.true(tookMs < 200)
})
