/** A run's FIT file, read by Garmin's own decoder: all that the run says comes back, and nothing that nobody measured. */
import test from "ava"
import fc from "fast-check"
import { fitFile, fitFileName } from "../../../phone/export/fit"
import { EXAMPLE_RUN } from "../../../simulator/docs/example-run"
import { decodedFit, isWhole } from "./decoded-fit"
import { keptRun, keptRuns, MAY_MORNING, MINUTE_MS, runOf, wornRuns } from "./kept-runs"

const FIT_EPOCH_S = Date.UTC(1989, 11, 31) / 1000
const START_S = MAY_MORNING.unixS - FIT_EPOCH_S

test("the run comes back: session, lap, timer, records, and the knee in fields of our own", (t) => {
  const { file, fields, events, records, laps, sessions, activities, knee } = decodedFit(
    fitFile(keptRun(EXAMPLE_RUN)),
  )
  t.deepEqual(file, [
    {
      type: "activity",
      manufacturer: "development",
      product: 0,
      timeCreated: START_S,
      productName: "Patella 0.1.0",
    },
  ])
  t.deepEqual(
    fields.map(({ fieldName, units }) => [fieldName, units]),
    [
      ["Knee peak flexion", "deg"],
      ["Knee compressions", undefined],
      ["Knee load", undefined],
      ["Knee peak flexion error", "deg"],
      ["Knee threshold", "deg"],
    ],
  )
  t.deepEqual(events, [
    { timestamp: START_S, event: "timer", eventType: "start" },
    { timestamp: START_S + 58, event: "timer", eventType: "stopAll" },
  ])
  t.deepEqual(
    records.map((record) => [record.timestamp, record.cadence, record.fractionalCadence, record.totalCycles]),
    [
      [START_S, 78, 0.5, 0],
      [START_S + 58, 78, 0.5, 76],
    ],
  )
  t.deepEqual(records.map(knee), [
    { "Knee peak flexion": 42.4, "Knee compressions": 0, "Knee load": 0 },
    { "Knee peak flexion": 42.4, "Knee compressions": 74, "Knee load": 80.1 },
  ])
  const summary = {
    timestamp: START_S + 58,
    startTime: START_S,
    totalElapsedTime: 57.7,
    totalTimerTime: 57.7,
    totalStrides: 76,
    avgRunningCadence: 78,
    avgFractionalCadence: 0.5,
    avgStanceTime: 266,
    sport: "running",
  }
  t.like(laps, [{ ...summary, messageIndex: 0, lapTrigger: "sessionEnd" }])
  t.like(sessions, [
    {
      ...summary,
      messageIndex: 0,
      numLaps: 1,
      firstLapIndex: 0,
      trigger: "activityEnd",
      sportProfileName: "Run",
    },
  ])
  t.deepEqual(laps.map(knee), [{ "Knee peak flexion": 42.4, "Knee compressions": 74, "Knee load": 80.1 }])
  t.deepEqual(sessions.map(knee), [
    {
      "Knee peak flexion": 42.4,
      "Knee compressions": 74,
      "Knee load": 80.1,
      "Knee peak flexion error": 3.9,
      "Knee threshold": 30,
    },
  ])
  t.like(activities, [{ timestamp: START_S + 58, totalTimerTime: 57.7, numSessions: 1, type: "manual" }])
})

test("what nobody measured is in no message", (t) => {
  const { records, laps, sessions } = decodedFit(fitFile(keptRun(EXAMPLE_RUN)))
  const names = [...records, ...laps, ...sessions].flatMap((message) => Object.keys(message))
  t.deepEqual(
    names.filter((name) => /distance|speed|position|altitude|heart|power|calor|temperature/i.test(name)),
    [],
  )
  const { peakFlexionMedianCdeg, contactTimeMedianMs, cadenceDspm, loadCycles } = {
    ...EXAMPLE_RUN,
    peakFlexionMedianCdeg: 0,
    contactTimeMedianMs: 0,
    cadenceDspm: 0,
    loadCycles: 0,
  }
  const nothing = { peakFlexionMedianCdeg, contactTimeMedianMs, cadenceDspm, loadCycles }
  const still = decodedFit(fitFile(keptRun({ ...EXAMPLE_RUN, ...nothing, bouts: [], blocks: [] })))
  for (const message of [...still.records, ...still.laps, ...still.sessions]) {
    t.notRegex(Object.keys(message).join(), /cadence|stance/i)
    t.false("Knee peak flexion" in still.knee(message))
  }
})

test("a lap for each bout; the timer stands still in pauses, the laps together are the session", (t) => {
  const run = runOf([
    { minutes: 2.5, pauseMinutes: 1 },
    { minutes: 1, pauseMinutes: 0 },
  ])
  const { events, laps, sessions, records, knee } = decodedFit(fitFile(keptRun(run)))
  t.deepEqual(
    events.map(({ timestamp, eventType }) => [Number(timestamp) - START_S, eventType]),
    [
      [0, "start"],
      [150, "stopAll"],
      [210, "start"],
      [270, "stopAll"],
    ],
  )
  t.deepEqual(
    laps.map(({ totalElapsedTime, totalTimerTime, totalStrides }) => [
      totalElapsedTime,
      totalTimerTime,
      totalStrides,
    ]),
    [
      [210, 150, 208],
      [60, 60, 83],
    ],
  )
  t.like(sessions, [{ totalElapsedTime: 270, totalTimerTime: 210, totalStrides: 291, numLaps: 2 }])
  t.deepEqual(
    records.map((record) => [Number(record.timestamp) - START_S, knee(record)["Knee compressions"]]),
    [
      [0, 0],
      [60, 84],
      [120, 167],
      [150, 208],
      [210, 208],
      [240, 250],
      [270, 291],
    ],
  )
})

test("a block that lies in a bout tells its own cadence, one that a pause cuts into has the bout's", (t) => {
  const run = runOf([{ minutes: 2.5, pauseMinutes: 0 }])
  const [first, second, third] = decodedFit(fitFile(keptRun(run))).records
  t.like(first, { cadence: 84, fractionalCadence: 0 })
  t.like(second, { cadence: 83, fractionalCadence: 0 })
  // 83.35 strides a minute, in 1/128.
  t.like(third, { cadence: 83, fractionalCadence: 45 / 128 })
})

test("local time is by the zone that the wearer's clocks had at the start, on both sides of summer time", (t) => {
  const localS = (unixS: number, zoneQuarters: number) => {
    const { activities } = decodedFit(fitFile(keptRun(EXAMPLE_RUN, { unixS, zoneQuarters })))
    return Number(activities[0]?.localTimestamp) - Number(activities[0]?.timestamp)
  }
  // In Berlin summer time began at 01:00 UTC that day.
  const change = Date.UTC(2026, 2, 29, 1) / 1000
  t.is(localS(change - 1800, 4), 3600)
  t.is(localS(change + 1800, 8), 7200)
  t.is(localS(change, -14), -3.5 * 3600)
  t.is(localS(change, 23), 5.75 * 3600)
})

test("a run whose time is not known ends when the phone got it, and says so in its names", (t) => {
  const kept = keptRun(EXAMPLE_RUN, { unixS: 0, zoneQuarters: 0 })
  const { sessions, activities } = decodedFit(fitFile(kept))
  const startS = Math.round((kept.receivedMs - EXAMPLE_RUN.durationMs) / 1000) - FIT_EPOCH_S
  t.like(sessions, [{ startTime: startS, sportProfileName: "Run, start time not known" }])
  t.false("localTimestamp" in (activities[0] ?? {}))
  t.is(fitFileName(kept), "patella-time-not-known-run-1.fit")
})

test("the file is named by the run's own day", (t) => {
  // 22:30 UTC of the day before.
  t.is(
    fitFileName(keptRun(EXAMPLE_RUN, { unixS: MAY_MORNING.unixS - 7 * 3600, zoneQuarters: 8 })),
    "patella-2026-05-03-run-1.fit",
  )
  t.is(
    fitFileName(keptRun(EXAMPLE_RUN, { unixS: MAY_MORNING.unixS - 7 * 3600, zoneQuarters: 0 })),
    "patella-2026-05-02-run-1.fit",
  )
})

test("ten hours come back, also with more bouts than the record could list", (t) => {
  const bouts = Array.from({ length: 60 }, () => ({ minutes: 9, pauseMinutes: 1 }))
  const run = runOf([...bouts, { minutes: 1, pauseMinutes: 0 }], 16)
  const whole = decodedFit(fitFile(keptRun(run)))
  t.like(whole.sessions, [
    { totalElapsedTime: 36_060, totalTimerTime: 541 * 60, totalStrides: run.strides, numLaps: 61 },
  ])
  const cut = { ...run, bouts: run.bouts.slice(0, 40), boutsDropped: 21 }
  const { laps, sessions, records, knee } = decodedFit(fitFile(keptRun(cut)))
  t.like(sessions, [{ totalElapsedTime: 36_060, totalStrides: run.strides, numLaps: 41 }])
  t.is(
    laps.reduce((sum, lap) => sum + Number(lap.totalStrides), 0),
    run.strides,
  )
  // Where no bout says how long its pauses are, nobody knows the cadence.
  t.false("avgRunningCadence" in (laps[40] ?? {}))
  t.deepEqual(
    records.slice(-10).map(({ cadence }) => cadence),
    new Array(10).fill(undefined),
  )
  t.is(knee(records.at(-1) ?? {})["Knee compressions"], run.compressions)
})

test("a run without bouts, blocks, buzzes or pain marks is one lap", (t) => {
  const empty = { ...EXAMPLE_RUN, bouts: [], blocks: [], buzzes: [], pains: [] }
  const { laps, sessions, records } = decodedFit(fitFile(keptRun(empty)))
  t.like(laps, [{ totalElapsedTime: 57.7, totalStrides: 76 }])
  t.is(sessions.length, 1)
  t.is(records.length, 2)
})

test("records are in order, each second once, and their counts only grow, up to the run's", (t) => {
  fc.assert(
    fc.property(wornRuns, (run) => {
      const { records, laps, sessions, events, knee } = decodedFit(fitFile(keptRun(run)))
      const times = records.map(({ timestamp }) => Number(timestamp))
      t.deepEqual(
        times,
        [...new Set(times)].sort((one, other) => one - other),
      )
      const counts = records.map((record) => Number(knee(record)["Knee compressions"]))
      t.deepEqual(
        counts,
        [...counts].sort((one, other) => one - other),
      )
      t.is(counts.at(-1), run.compressions)
      t.is(laps.length, run.bouts.length)
      t.is(events.length, 2 * run.bouts.length)
      for (const name of ["totalElapsedTime", "totalTimerTime"] as const) {
        const sumS = laps.reduce((sum, lap) => sum + Number(lap[name]), 0)
        t.true(Math.abs(sumS - Number(sessions[0]?.[name])) < 0.01, name)
      }
      t.is(Math.round(Number(sessions[0]?.totalElapsedTime) * 1000), Math.round(run.durationMs))
    }),
    { numRuns: 60 },
  )
})

test("whatever a record can hold makes a file that the decoder reads without an error", (t) => {
  fc.assert(
    fc.property(keptRuns, (kept) => {
      const { sessions, laps, activities } = decodedFit(fitFile(kept))
      t.is(sessions.length, 1)
      t.is(activities.length, 1)
      t.is(sessions[0]?.numLaps, laps.length)
      t.regex(fitFileName(kept), /^patella-[-\da-z]+-run-\d+\.fit$/)
    }),
    { numRuns: 100 },
  )
})

test("the decoder notices a damaged file", (t) => {
  const file = fitFile(keptRun(EXAMPLE_RUN))
  t.true(isWhole(file))
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(7), (offset, bit) => {
      const damaged = file.slice()
      damaged[offset] = (damaged[offset] ?? 0) ^ (1 << bit)
      t.false(isWhole(damaged), `byte ${offset}`)
    }),
    { numRuns: 100 },
  )
})

test("a record that this version cannot read makes no file", (t) => {
  const kept = keptRun(EXAMPLE_RUN)
  kept.record[0] = 99
  t.throws(() => fitFile(kept), { instanceOf: RangeError, message: /version 99/ })
})

test("a run's clock may be at any time of its boot", (t) => {
  const late = runOf([{ minutes: 1, pauseMinutes: 0 }])
  const shifted = {
    ...late,
    startMs: late.startMs + 600 * MINUTE_MS,
    bouts: late.bouts.map((bout) => ({ ...bout, startMs: bout.startMs + 600 * MINUTE_MS })),
  }
  t.deepEqual(fitFile(keptRun(shifted)), fitFile(keptRun(late)))
})
