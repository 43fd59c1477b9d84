/** A run's load against the largest of the 30 days before it, by the wearer's own days, and only of the same knee and version. */
import test from "ava"
import fc from "fast-check"
import { HISTORY_DAYS, LEAST_RUNS, loadHistory } from "../../../phone/runs/load-history"
import type { RunDigest } from "../../../phone/runs/run-digest"
import { type Around, DAY_S, DEVICE, digest, SUNDAY_S } from "./made-runs"

const LEFT = [
  { id: DEVICE, side: "left" },
  { id: "bb", side: "right" },
  { id: "cc", side: "left" },
] as const

function withLoad(load: number, daysAgo: number, around: Around = {}): RunDigest {
  return digest({ id: daysAgo, milliLoad: load * 1000 }, { unixS: SUNDAY_S - daysAgo * DAY_S, ...around })
}
const MONTH = [withLoad(1000, 2), withLoad(800, 10), withLoad(900, 30)]

for (const [load, isAbove] of [
  [500, false],
  [1100, false],
  [1101, true],
  [2500, true],
] as const)
  test(`a load of ${load} against 1000 is ${isAbove ? "" : "not "}more than 10 % above`, (t) => {
    const history = loadHistory(withLoad(load, 0), MONTH, LEFT)
    t.like(history, { runs: 3, largestLoad: 1000, share: load / 1000, isAbove })
    t.is(/5,205 runners[\s\S]+measured distance; here load stands in for it/.test(history.words), isAbove)
    t.true(history.words.includes(`${Math.round(load / 10)} %`))
  })

test("nothing of it speaks of harm", (t) => {
  t.notRegex(loadHistory(withLoad(5000, 0), MONTH, LEFT).words, /damag|injur|harm|risk/i)
})

for (const [what, other] of [
  ["31 days before", withLoad(5000, HISTORY_DAYS + 1)],
  ["later", withLoad(5000, -1)],
  ["of the other knee", withLoad(5000, 1, { deviceId: "bb" })],
  ["by a device of which no side is known", withLoad(5000, 1, { deviceId: "dd" })],
  ["by another firmware", withLoad(5000, 1, { firmware: "0.2.0" })],
  ["that cannot be read", { ...withLoad(5000, 1), unreadable: "damaged" as const }],
] as const)
  test(`a run ${what} does not count`, (t) => {
    t.is(loadHistory(withLoad(900, 0), [...MONTH, other], LEFT).largestLoad, 1000)
  })

test("a run by another device on the same knee counts", (t) => {
  const other = withLoad(5000, 1, { deviceId: "cc" })
  t.is(loadHistory(withLoad(900, 0), [...MONTH, other], LEFT).largestLoad, 5000)
})

test("30 days are days of the wearer's clocks, whatever summer time and travel do", (t) => {
  const run = withLoad(900, 0)
  // 23:05 of the 31st day before; ten hours ahead of UTC it is the 30th.
  const edge = withLoad(5000, 0, { unixS: SUNDAY_S - 30 * DAY_S - 8 * 3600, zoneQuarters: 8 })
  t.is(loadHistory(run, [...MONTH, edge], LEFT).largestLoad, 1000)
  const travelled = { ...edge, start: { ...edge.start, zoneQuarters: 40 } }
  t.is(loadHistory(run, [...MONTH, travelled], LEFT).largestLoad, 5000)
})

test("too few runs are said to be too few, and why", (t) => {
  const few = loadHistory(withLoad(900, 0), MONTH.slice(1), LEFT)
  t.like(few, { runs: LEAST_RUNS - 1, share: undefined, isAbove: false })
  t.is(few.words, "There are 2 runs in the 30 days before to compare with. It takes 3.")
  const updated = MONTH.map((run) => ({ ...run, modelVersion: 3 }))
  t.regex(
    loadHistory(withLoad(900, 0), updated, LEFT).words,
    /0 runs[\s\S]+another firmware or flexion model/,
  )
  const marks = MONTH.map((run) => ({ ...run, load: 0 }))
  t.is(loadHistory(withLoad(900, 0), marks, LEFT).share, undefined)
})

test("a run whose day is not known says by what day it was placed", (t) => {
  const run = withLoad(900, 0, { unixS: 0, receivedMs: SUNDAY_S * 1000 })
  t.regex(loadHistory(run, MONTH, LEFT).words, /Its day is not known/)
})

test("no run is above by more than 10 % when a larger one lies in the 30 days before", (t) => {
  const loads = fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 60 })), { maxLength: 20 })
  fc.assert(
    fc.property(fc.nat(5000), loads, (load, earlier) => {
      const runs = earlier.map(([past, daysAgo]) => ({ ...withLoad(0, daysAgo), load: past }))
      const { isAbove } = loadHistory({ ...withLoad(0, 0), load }, runs, LEFT)
      const recent = earlier.filter(([, daysAgo]) => daysAgo <= HISTORY_DAYS).map(([past]) => past)
      const largest = Math.max(...recent)
      t.is(isAbove, recent.length >= LEAST_RUNS && largest > 0 && load / largest > 1.1)
    }),
  )
})
