import test from "ava"
import fc from "fast-check"
import type { Stride } from "../../src/motion/stride"
import { MAX_MINUTES } from "../../src/run/minute-sums"
import { MAX_RECENT_CYCLES, Overload, type OverloadSettings } from "../../src/run/overload"
import { BuzzReason } from "../../src/run/summary"
import { defaultSettings, SETTINGS } from "../../src/storage/settings"
import { stride } from "./strides"

const STRIDE_MS = 750
const STRIDES_PER_MINUTE = 80
const OFF = { overloadCompressions: 0, overloadDegreeSecondsPerMinute: 0, overloadDepthDeg: 0 }

interface Given {
  settings?: Partial<OverloadSettings>
  /** 1/100 degree-seconds a minute. */
  cdegSecondsPerMinute?: (minute: number) => number
  peakCdeg?: (cycle: number) => number
  minutes: number
  /** Changes the settings before this cycle. */
  change?: { cycle: number; to: Partial<OverloadSettings> }
}

/** Takes a stride, and plays the buzz that it asks for. */
function felt(overload: Overload, one: Stride, compressions: number): BuzzReason | undefined {
  const reason = overload.stride(one, compressions)
  if (reason !== undefined) overload.buzzed(reason, one, compressions)
  return reason
}

/** Runs a stride every 750 ms, each a compression; the buzzes as [cycle, reason], cycles counted from 1. */
function buzzes(given: Given): [cycle: number, reason: BuzzReason][] {
  const settings = { values: { ...defaultSettings(), ...OFF, ...given.settings } }
  const overload = new Overload(settings)
  overload.runStarted(5000)
  const found: [number, BuzzReason][] = []
  for (let cycle = 1; cycle <= given.minutes * STRIDES_PER_MINUTE; cycle++) {
    if (given.change?.cycle === cycle) settings.values = { ...settings.values, ...given.change.to }
    const minute = Math.floor((cycle - 1) / STRIDES_PER_MINUTE)
    const cdegSeconds = given.cdegSecondsPerMinute?.(minute) ?? 0
    const one = stride(5000 + (cycle - 1) * STRIDE_MS, {
      peakFlexionCdeg: given.peakCdeg?.(cycle) ?? 4300,
      cdegMsPastThreshold: (cdegSeconds * 1000) / STRIDES_PER_MINUTE,
    })
    const reason = felt(overload, one, cycle)
    if (reason !== undefined) found.push([cycle, reason])
  }
  return found
}
const cycles = (given: Given) => buzzes(given).map(([cycle]) => cycle)

test("an ordinary run of 25 minutes is left in peace by the defaults", (t) => {
  const { overloadCompressions, overloadDegreeSecondsPerMinute, overloadDepthDeg } = defaultSettings()
  const settings = { overloadCompressions, overloadDegreeSecondsPerMinute, overloadDepthDeg }
  t.deepEqual(buzzes({ minutes: 25, settings, cdegSecondsPerMinute: () => 10_000 }), [])
})

test("compressions: at the limit and every so many again", (t) => {
  const settings = { overloadCompressions: 2500, overloadCompressionsAgain: 500, buzzIntervalS: 10 }
  t.deepEqual(buzzes({ minutes: 50, settings }), [
    [2500, BuzzReason.compressions],
    [3000, BuzzReason.compressions],
    [3500, BuzzReason.compressions],
    [4000, BuzzReason.compressions],
  ])
})

test("compressions: once a run when there is no again, never when off", (t) => {
  t.deepEqual(
    cycles({ minutes: 20, settings: { overloadCompressions: 200, overloadCompressionsAgain: 0 } }),
    [200],
  )
  t.deepEqual(cycles({ minutes: 60, settings: { overloadCompressions: 0 } }), [])
})

test("compressions: what falls due in the interval is felt when it ends, once", (t) => {
  const settings = {
    overloadCompressions: 100,
    overloadCompressionsAgain: 50,
    buzzIntervalS: 180,
    buzzesPerRun: 2,
  }
  t.deepEqual(cycles({ minutes: 10, settings }), [100, 100 + (180 * 1000) / STRIDE_MS])
})

test("degree-seconds: above the average over ten whole minutes, not at it, and not before", (t) => {
  const settings = { overloadDegreeSecondsPerMinute: 130 }
  t.deepEqual(buzzes({ minutes: 13, settings, cdegSecondsPerMinute: () => 13_100 }), [
    [10 * STRIDES_PER_MINUTE + 1, BuzzReason.degreeSeconds],
  ])
  t.deepEqual(cycles({ minutes: 30, settings, cdegSecondsPerMinute: () => 13_000 }), [])
})

test("degree-seconds: the average forgets what is longer ago", (t) => {
  const settings = { overloadDegreeSecondsPerMinute: 130, buzzesPerRun: 1 }
  // Calm for 20 minutes, then 200 a minute: the average passes 130 with the seventh of these minutes (6.5 would do).
  const cdegSecondsPerMinute = (minute: number) => (minute < 20 ? 0 : 20_000)
  t.deepEqual(cycles({ minutes: 40, settings, cdegSecondsPerMinute }), [27 * STRIDES_PER_MINUTE + 1])
})

test("depth: the last 20 cycles against cycles 50 to 250", (t) => {
  const settings = { overloadDepthDeg: 5, buzzesPerRun: 1 }
  // The deep warm-up does not count, the 40° of the early cycles do; from cycle 301 on it is 45°.
  const peakCdeg = (cycle: number) => (cycle < 50 ? 6025 : cycle <= 300 ? 4025 : 4525)
  t.deepEqual(buzzes({ minutes: 10, settings, peakCdeg }), [[311, BuzzReason.depth]])
})

test("depth: less than the limit is not enough", (t) => {
  const settings = { overloadDepthDeg: 5 }
  t.deepEqual(cycles({ minutes: 10, settings, peakCdeg: (cycle) => (cycle <= 300 ? 4025 : 4500) }), [])
})

test("depth: the first and the last early cycle count, their neighbours do not", (t) => {
  const settings = { overloadDepthDeg: 5, overloadDepthFirstCycle: 50, overloadDepthLastCycle: 51 }
  for (const cycle of [49, 50, 51, 52]) {
    const peakCdeg = (each: number) => (each === cycle ? 2925 : 4025)
    t.deepEqual(cycles({ minutes: 2, settings, peakCdeg }), cycle === 50 || cycle === 51 ? [52] : [])
  }
})

test("each reason that is off is off, however hard the run", (t) => {
  const peakCdeg = (cycle: number) => (cycle <= 300 ? 3025 : 7025)
  t.deepEqual(buzzes({ minutes: 60, peakCdeg, cdegSecondsPerMinute: () => 100_000 }), [])
})

test("depth: never when the early cycles end before they begin, nor before the recent ones are complete", (t) => {
  const peakCdeg = (cycle: number) => (cycle <= 12 ? 3025 : 6025)
  const settings = { overloadDepthDeg: 5, overloadDepthFirstCycle: 0, overloadDepthLastCycle: 10 }
  t.is(cycles({ minutes: 5, settings, peakCdeg })[0], 22)
  t.is(cycles({ minutes: 5, settings: { ...settings, overloadDepthRecentCycles: 100 }, peakCdeg })[0], 100)
  t.deepEqual(cycles({ minutes: 5, settings: { ...settings, overloadDepthFirstCycle: 10 }, peakCdeg }), [])
})

test("as many cycles and minutes as can be set are looked back on", (t) => {
  const longest = (name: string) => SETTINGS.find((setting) => setting.name === name)?.max ?? 0
  t.is(MAX_RECENT_CYCLES, longest("overloadDepthRecentCycles"))
  t.is(MAX_MINUTES, longest("overloadDegreeSecondsMinutes"))
})

test("the interval doubles with each buzz", (t) => {
  const settings = {
    overloadDepthDeg: 1,
    overloadDepthFirstCycle: 1,
    overloadDepthLastCycle: 20,
    buzzIntervalS: 60,
  }
  const found = cycles({ minutes: 60, settings, peakCdeg: (cycle) => (cycle <= 20 ? 3000 : 5000) })
  const pausesS = found.slice(1).map((cycle, index) => ((cycle - (found[index] ?? 0)) * STRIDE_MS) / 1000)
  t.deepEqual(pausesS, [60, 120, 240, 480, 960])
})

test("whatever the run and the settings: never more buzzes than set, never closer than set, each later one farther", (t) => {
  const settings = fc.record({
    overloadCompressions: fc.nat(200),
    overloadCompressionsAgain: fc.nat(50),
    overloadDegreeSecondsPerMinute: fc.nat(200),
    overloadDegreeSecondsMinutes: fc.integer({ min: 1, max: 10 }),
    overloadDepthDeg: fc.nat(10),
    overloadDepthRecentCycles: fc.integer({ min: 5, max: 100 }),
    overloadDepthFirstCycle: fc.nat(60),
    overloadDepthLastCycle: fc.integer({ min: 10, max: 300 }),
    buzzIntervalS: fc.integer({ min: 10, max: 200 }),
    buzzesPerRun: fc.nat(8),
  })
  fc.assert(
    fc.property(settings, fc.infiniteStream(fc.integer({ min: 2000, max: 7000 })), (given, peaks) => {
      const found = cycles({ minutes: 15, settings: given, peakCdeg: () => peaks.next().value ?? 0 })
      t.true(found.length <= given.buzzesPerRun)
      found.slice(1).forEach((cycle, index) => {
        const pauseMs = (cycle - (found[index] ?? 0)) * STRIDE_MS
        t.true(pauseMs >= given.buzzIntervalS * 1000 * 2 ** index)
      })
    }),
    { numRuns: 60 },
  )
})

test("no buzz at all when none is allowed", (t) => {
  t.deepEqual(cycles({ minutes: 5, settings: { overloadCompressions: 10, buzzesPerRun: 0 } }), [])
})

test("changed settings take effect at the next stride", (t) => {
  const change = { cycle: 120, to: { overloadCompressions: 50 } }
  t.is(cycles({ minutes: 5, change })[0], 120)
  const off = { cycle: 90, to: { overloadCompressions: 0 } }
  t.deepEqual(cycles({ minutes: 5, settings: { overloadCompressions: 100 }, change: off }), [])
  const closer = { cycle: 150, to: { buzzIntervalS: 10 } }
  const settings = {
    overloadCompressions: 100,
    overloadCompressionsAgain: 20,
    buzzIntervalS: 3600,
    buzzesPerRun: 2,
  }
  t.deepEqual(cycles({ minutes: 5, settings, change: closer }), [100, 150])
  const raised = { cycle: 110, to: { overloadCompressions: 200 } }
  const soon = { overloadCompressions: 100, overloadCompressionsAgain: 0, buzzIntervalS: 10 }
  t.deepEqual(cycles({ minutes: 5, settings: soon, change: raised }), [100, 200])
})

test("early cycles that end sooner than set when the run began are still compared", (t) => {
  const settings = { overloadDepthDeg: 5, overloadDepthLastCycle: 1000 }
  const change = { cycle: 100, to: { overloadDepthLastCycle: 60 } }
  t.deepEqual(cycles({ minutes: 4, settings, change }), [])
  t.is(cycles({ minutes: 4, settings, change, peakCdeg: (cycle) => (cycle <= 120 ? 4025 : 4625) })[0], 131)
})

test("a new run begins from nothing", (t) => {
  const settings = {
    ...defaultSettings(),
    ...OFF,
    overloadCompressions: 10,
    overloadCompressionsAgain: 0,
    buzzesPerRun: 1,
  }
  const overload = new Overload({ values: settings })
  for (const startMs of [0, 1_000_000]) {
    overload.runStarted(startMs)
    t.is(overload.buzzes, 0)
    const reasons = Array.from({ length: 12 }, (_, index) =>
      felt(overload, stride(startMs + index * 700), index + 1),
    )
    t.is(reasons.indexOf(BuzzReason.compressions), 9)
    t.is(overload.buzzes, 1)
  }
})

test("a buzz that could not be played is asked for again", (t) => {
  const overload = new Overload({ values: { ...defaultSettings(), ...OFF, overloadCompressions: 3 } })
  overload.runStarted(0)
  const asked = [1, 2, 3, 4].map((cycle) => overload.stride(stride(cycle * 700), cycle))
  t.deepEqual(asked, [undefined, undefined, BuzzReason.compressions, BuzzReason.compressions])
  t.is(overload.buzzes, 0)
})

const DEMONSTRATION: Record<string, { reason: BuzzReason; settings: Partial<OverloadSettings> }> = {
  compressions: { reason: BuzzReason.compressions, settings: { overloadCompressions: 60 } },
  "degree-seconds": {
    reason: BuzzReason.degreeSeconds,
    settings: { overloadDegreeSecondsPerMinute: 80, overloadDegreeSecondsMinutes: 1 },
  },
  depth: {
    reason: BuzzReason.depth,
    settings: { overloadDepthDeg: 1, overloadDepthFirstCycle: 10, overloadDepthLastCycle: 50 },
  },
}
for (const [name, { reason, settings }] of Object.entries(DEMONSTRATION)) {
  test(`${name}: a demonstration can make it felt within two minutes`, (t) => {
    const peakCdeg = (cycle: number) => 4000 + 2 * cycle
    const found = buzzes({ minutes: 2, settings, peakCdeg, cdegSecondsPerMinute: () => 10_000 })
    t.is(found[0]?.[1], reason)
  })
}
