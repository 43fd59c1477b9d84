/** The list of runs: words of each, weeks, years, and where another version began to count. */
import test from "ava"
import { weeksOf, yearsOf } from "../../../phone/app/run-list"
import { tested } from "../data/recorded"
import { DEVICE, daysBefore, digest } from "./digests"

test("a run in words, by the wearer's own clocks", (t) => {
  const [week] = weeksOf({ digests: [digest({ pains: 1 })], devices: [DEVICE], coach: [] }, 2026)
  t.regex(week?.title ?? "", /^27 Apr\s–\s3 May 2026$/)
  t.is(week?.total, "1 run, 32 min")
  t.deepEqual(week?.rows, [
    {
      key: "0a0b0c0d0e0f-1-1",
      date: "Sun 3 May",
      time: "07:05",
      readiness: undefined,
      device: undefined,
      duration: "32 min",
      compressions: "2,508 past 30°",
      share: "95 % of strides",
      depth: "42° ± 4°",
      load: "2,700",
      loadShare: 1,
      pains: "1 pain mark",
      isDoubtful: false,
      isUnreadable: false,
      change: undefined,
    },
  ])
})

test("what the last readiness test before a run said stands with it", (t) => {
  const entry = tested(5, { deviceId: DEVICE.id })
  const end = { unixS: Date.UTC(2026, 4, 3, 5) / 1000, zoneQuarters: 8 }
  const coach = [{ ...entry, end }]
  const [week] = weeksOf({ digests: [digest()], devices: [DEVICE], coach }, 2026)
  t.is(week?.rows[0]?.readiness, "Ready")
})

test("a run without a time stands where this phone received it", (t) => {
  const [week] = weeksOf(
    { digests: [digest({ start: { unixS: 0, zoneQuarters: 0 } })], devices: [DEVICE], coach: [] },
    2026,
  )
  t.is(week?.rows[0]?.date, "received 4 May 2026")
  t.is(week?.rows[0]?.time, undefined)
})

test("a run without a stride has no share, and a list without load no bar", (t) => {
  const [week] = weeksOf(
    { digests: [digest({ strides: 0, compressions: 0, load: 0 })], devices: [DEVICE], coach: [] },
    2026,
  )
  t.is(week?.rows[0]?.share, "no strides")
  t.is(week?.rows[0]?.loadShare, 0)
})

test("a week at the turn of the year is whole, in the year of its Thursday", (t) => {
  const runs = [2, 1].map((day) =>
    digest({ runId: day, start: { unixS: Date.UTC(2026, 0, day, 12) / 1000, zoneQuarters: 0 } }),
  )
  const lastYear = digest({ start: { unixS: Date.UTC(2025, 11, 30, 12) / 1000, zoneQuarters: 0 }, runId: 9 })
  t.deepEqual(yearsOf([...runs, lastYear, digest({ ...daysBefore(365) })]), [2026, 2025])
  t.deepEqual(
    weeksOf({ digests: [...runs, lastYear], devices: [DEVICE], coach: [] }, 2026).map(
      ({ rows }) => rows.length,
    ),
    [3],
  )
})

test("another version is told once, at its first run; patches and other devices change nothing", (t) => {
  const other = { ...DEVICE, id: "ffff", name: "Spare", side: "unknown" } as const
  const runs = [
    digest({ runId: 6, firmware: "0.2.1", modelVersion: 3 }),
    digest({ runId: 5, firmware: "0.2.0", modelVersion: 3, ...daysBefore(1) }),
    digest({ runId: 4, deviceId: "ffff", firmware: "0.1.0", ...daysBefore(2) }),
    digest({ runId: 3, firmware: "", modelVersion: 0, unreadable: "newer", ...daysBefore(3) }),
    digest({ runId: 2, firmware: "0.1.0", ...daysBefore(4) }),
  ]
  const rows = weeksOf({ digests: runs, devices: [DEVICE, other], coach: [] }, 2026).flatMap(
    (week) => week.rows,
  )
  t.deepEqual(
    rows.map(({ change }) => change),
    [undefined, "firmware 0.2, model 3", undefined, undefined, undefined],
  )
  t.deepEqual(
    rows.map(({ device }) => device),
    ["Patella, left knee", "Patella, left knee", "Spare", "Patella, left knee", "Patella, left knee"],
  )
  t.true(rows[3]?.isUnreadable)
})

test("4,000 runs: one year of them in less than 200 ms", (t) => {
  const runs = Array.from({ length: 4000 }, (_, day) => digest({ runId: 4000 - day, ...daysBefore(day) }))
  const beganMs = performance.now()
  t.is(yearsOf(runs).length, 12)
  const rows = weeksOf({ digests: runs, devices: [DEVICE], coach: [] }, 2025).flatMap((week) => week.rows)
  const tookMs = performance.now() - beganMs
  t.log(`${tookMs.toFixed(0)} ms`)
  t.is(rows.length, 52 * 7)
  t.true(tookMs < 200, `${tookMs} ms`)
})
