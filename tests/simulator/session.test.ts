import test from "ava"
import fc from "fast-check"
import { bundleFirmware } from "../../simulator/firmware-bundle"
import type { ImuChannels, Recording } from "../../simulator/recording/recording"
import { readTimeAxis } from "../../simulator/recording/time-axis"
import { runSession, type SessionOptions } from "../../simulator/session"
import type { Trace } from "../../simulator/trace"
import { NEVER_CLOSES, NEVER_STARTS } from "./stand-in"

const COUNTS_PER_G = 1 / 0.000488
let standIn: string
test.before(async () => {
  standIn = await bundleFirmware("tests/simulator/stand-in-guest.ts")
})

/** ax rises by 0.1 g a second; "running" from `runFromS` to `runToS` (gx). */
function recording(times: number[], runFromS = 2, runToS = 4): Recording {
  const timeS = Float64Array.from(times)
  const channel = (value: (time: number) => number) => timeS.map(value)
  const startS = times[0] as number
  const isRunning = (time: number) => time - startS >= runFromS && time - startS < runToS
  const thigh: ImuChannels = {
    axG: channel((time) => 0.1 * (time - startS)),
    ayG: channel(() => 0.5),
    azG: channel(() => 0.5),
    gxDps: channel((time) => (isRunning(time) ? 200 : 0)),
    gyDps: channel(() => 0),
    gzDps: channel(() => 0),
  }
  return {
    name: "made.csv",
    timeS,
    thigh,
    beyondRangeRows: 0,
    ignoredColumns: [],
    ...readTimeAxis("made.csv", timeS),
  }
}
const evenly = (hz: number, seconds: number, startS = 0) =>
  Array.from({ length: Math.round(hz * seconds) + 1 }, (_, row) => startS + row / hz)

const session = (made: Recording, options: Partial<SessionOptions> = {}) =>
  runSession({ recording: made, engine: "node", firmware: standIn, ...options })

/** A session with its trace, which is in the result only when it was asked for. */
async function traced(made: Recording) {
  const { json, trace } = await session(made, { trace: true, settings: { pauseLimitS: 10 } })
  if (!trace) throw new Error("the session gave no trace")
  return { json, trace }
}

/** When the chip measured what the recording holds at `time`: the filter's delay apart, then. */
function worstDelayS(made: Recording, trace: Trace): number {
  if (trace.timeS.length <= 50) throw new Error(`a trace of ${trace.timeS.length} rows has no delay`)
  const endS = made.timeS.at(-1) as number
  const startS = made.timeS[0] as number
  let worst = 0
  for (let row = 50; row < trace.timeS.length; row++) {
    const time = trace.timeS[row] as number
    if (time > endS - 0.1) break
    const axG = ((trace.kneeDeg[row] as number) * 100) / COUNTS_PER_G
    worst = Math.max(worst, Math.abs(time - startS - axG / 0.1))
  }
  return worst
}

for (const hz of [20, 100, 104, 200, 2000]) {
  test(`a recording at ${hz} Hz reaches the device at the chip's rate, in its own time`, async (t) => {
    const made = recording(evenly(hz, 6, 1000))
    const { trace, json } = await traced(made)
    t.true(Math.abs((trace.timeS[0] as number) - 1000) < 0.002)
    t.true(worstDelayS(made, trace) < 0.02, `${worstDelayS(made, trace)} s`)
    const rateHz = 100 / ((trace.timeS[200] as number) - (trace.timeS[100] as number))
    t.true(Math.abs(rateHz - 104) < 1.5)
    t.is(json.runs.length, 1)
    t.true(Math.abs((json.runs[0]?.startS ?? 0) - 1002) < 0.06)
    t.true(Math.abs((json.runs[0]?.durationS ?? 0) - 2) < 0.06)
  })
}

test("what comes out was read over GATT, with the settings that were given", async (t) => {
  const { json, sync } = await session(recording(evenly(100, 6)), {
    settings: { thresholdDeg: 42, pauseLimitS: 20 },
  })
  t.is(json.recording, "made.csv")
  t.is(json.engine, "node")
  t.is(json.sensors, 1)
  t.is(json.firmware, "9.8.7")
  t.is(json.model, "1")
  t.true(json.calibrated)
  t.is(json.runs[0]?.thresholdDeg, 42)
  t.is(json.runs[0]?.dataQuality.gaps, 0)
  t.is(sync.runs.length, 1)
})

test("time goes on until the device closes its run, and little longer", async (t) => {
  for (const pauseLimitS of [10, 300]) {
    const { json, virtualS } = await session(recording(evenly(100, 6)), { settings: { pauseLimitS } })
    t.is(json.runs.length, 1)
    t.true(virtualS > pauseLimitS && virtualS < pauseLimitS + 40, `${virtualS} s`)
  }
})

test("a device that never closes its run is an error, not an endless wait", async (t) => {
  const made = recording(evenly(100, 6))
  const error = await t.throwsAsync(session(made, { settings: { ...NEVER_CLOSES, pauseLimitS: 10 } }))
  t.regex(error?.message ?? "", /still has a run open \d+ s after the recording ended/)
})

test("a device that never starts its sensor is an error", async (t) => {
  const error = await t.throwsAsync(session(recording(evenly(100, 6)), { model: NEVER_STARTS }))
  t.regex(error?.message ?? "", /did not start its motion sensor within 10 s/)
})

test("model coefficients reach the board", async (t) => {
  t.is((await session(recording(evenly(100, 6)), { model: { some: 1 } })).json.model, "77")
})

test("a gap of seconds reaches the device as samples that never came, and nothing shifts in time", async (t) => {
  const times = evenly(100, 10).filter((time) => time <= 3 || time > 5.5)
  const made = recording(times, 2, 8)
  t.is(made.gaps.length, 1)
  const { json, trace } = await traced(made)
  t.is(json.runs[0]?.dataQuality.gaps, 1)
  t.true(Math.abs((json.runs[0]?.durationS ?? 0) - 6) < 0.06)
  const inGap = trace.timeS.filter((time) => time > 3.02 && time < 5.5)
  t.is(inGap.length, 0)
  t.true(worstDelayS(made, trace) < 0.02, `${worstDelayS(made, trace)} s`)
})

test("gaps anywhere, of any length, keep recording and device in step", async (t) => {
  const gap = fc.record({
    atS: fc.double({ min: 1, max: 8, noNaN: true }),
    lengthS: fc.double({ min: 0.03, max: 3, noNaN: true }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(gap, { minLength: 1, maxLength: 3 }), async (gaps) => {
      const isLost = (time: number) => gaps.some(({ atS, lengthS }) => time > atS && time < atS + lengthS)
      const made = recording(
        evenly(200, 12).filter((time) => !isLost(time)),
        0,
        11.5,
      )
      const { json, trace } = await traced(made)
      const delayS = worstDelayS(made, trace)
      if (delayS > 0.02) throw new Error(`${delayS} s apart`)
      const silences = made.gaps.filter(({ startS, endS }) => endS - startS > 0.026)
      const counted = json.runs[0]?.dataQuality.gaps
      if (counted !== silences.length) throw new Error(`${counted} gaps of ${silences.length}`)
    }),
    { numRuns: 15 },
  )
  t.pass()
})

test("a few lost rows are joined by curves: the device misses nothing, and the JSON counts them", async (t) => {
  const isLost = (row: number) => row % 200 > 195
  const made = recording(
    evenly(200, 12).filter((_, row) => !isLost(row)),
    0,
    11.5,
  )
  const { json, trace } = await traced(made)
  t.is(json.runs[0]?.dataQuality.gaps, 0)
  t.is(json.runs[0]?.dataQuality.validShare, 1)
  t.deepEqual(json.input, { rows: 2353, gaps: 12, lostSamples: 48, beyondRangeRows: 0 })
  t.true(worstDelayS(made, trace) < 0.02)
})

test("a stutter of short gaps does not slow the recording down", async (t) => {
  // 2 kHz with a gap of 2 ms after every third row: shorter than the chip's period.
  const made = recording(
    evenly(2000, 12).filter((_, row) => row % 7 < 3),
    0,
    11.5,
  )
  t.true(made.gaps.length > 3000)
  const { trace } = await traced(made)
  t.true(worstDelayS(made, trace) < 0.02, `${worstDelayS(made, trace)} s`)
})

test("values beyond the chip's range are clipped by the chip and counted by the device", async (t) => {
  const made = recording(evenly(100, 6), 0, 5.5)
  made.thigh.gxDps.fill(2500, 300, 330)
  const { json } = await session(made, { settings: { pauseLimitS: 10 } })
  const clipped = json.runs[0]?.dataQuality.clipped ?? 0
  t.true(clipped >= 25 && clipped <= 35, `${clipped}`)
})

test("a spike of one row beyond the range is counted, though the chip's filter would smooth it away", async (t) => {
  const made = recording(evenly(200, 6), 0, 5.5)
  made.thigh.axG[500] = -16.5
  const { json, trace } = await traced(made)
  t.is(json.runs[0]?.dataQuality.clipped, 1)
  t.is(trace.kneeDeg.filter((counts) => counts === -327.68).length, 1)
})

test("progress runs through the recording in its own time, and events tell theirs", async (t) => {
  const progress: number[] = []
  const events: [string, number][] = []
  await session(recording(evenly(100, 16, 50)), {
    settings: { pauseLimitS: 10 },
    listener: {
      progress: (timeS) => progress.push(timeS),
      event: (timeS, { name }) => events.push([name, Math.round(timeS)]),
    },
  })
  t.deepEqual(
    progress,
    [...progress].sort((a, b) => a - b),
  )
  t.true(progress.filter((timeS) => timeS <= 66.1).length >= 3)
  t.true(Math.max(...progress) > 70)
  t.deepEqual(events.at(-1), ["run started", 52])
})
