/** What the live screen makes of readings: a trace of ten seconds with its gaps, the cadence, and how long the run has been open. */
import test from "ava"
import { LiveTrace, TRACE_MS } from "../../../phone/app/live-trace"
import type { LiveReading } from "../../../phone/link/live-reading"

function reading(timeMs: number, changes: Partial<LiveReading> = {}): LiveReading {
  return {
    angles: [
      { timeMs: timeMs - 20, kneeDeg: 10 },
      { timeMs, kneeDeg: 20 },
    ],
    activity: 2,
    isStance: false,
    isInBout: true,
    isRunOpen: true,
    isCalibrated: true,
    strides: 0,
    compressions: 0,
    lastPeakDeg: 0,
    ...changes,
  }
}

/** A reading every 200 ms, a stride every 750. */
function runFor(trace: LiveTrace, fromMs: number, toMs: number, changes: Partial<LiveReading> = {}): void {
  for (let timeMs = fromMs; timeMs <= toMs; timeMs += 200)
    trace.add(reading(timeMs, { strides: Math.floor(timeMs / 750), ...changes }))
}

test("the trace has the last ten seconds, and the same reading only once", (t) => {
  const trace = new LiveTrace()
  runFor(trace, 200, 30_000)
  trace.add(reading(30_000))
  const [piece = [], ...others] = trace.pieces
  t.deepEqual(others, [])
  t.is(piece.length, 100)
  t.true(piece.every(({ timeMs }) => timeMs > 30_000 - TRACE_MS))
})

test("where readings are missing the trace has a gap", (t) => {
  const trace = new LiveTrace()
  runFor(trace, 200, 2000)
  runFor(trace, 5000, 6000)
  t.deepEqual(
    trace.pieces.map((piece) => piece[0]?.timeMs),
    [180, 4980],
  )
})

test("angles of a device that is not calibrated are none", (t) => {
  const trace = new LiveTrace()
  runFor(trace, 200, 2000, { isCalibrated: false })
  t.deepEqual(trace.pieces, [])
})

test("a stride every 750 ms is 160 steps a minute, once it is known", (t) => {
  const trace = new LiveTrace()
  runFor(trace, 200, 4000)
  t.is(trace.cadenceSpm, undefined)
  runFor(trace, 4200, 40_000)
  t.true(Math.abs((trace.cadenceSpm ?? 0) - 160) < 4, String(trace.cadenceSpm))
  runFor(trace, 40_200, 44_000, { strides: 53 })
  t.is(trace.cadenceSpm, undefined)
})

test("out of a bout there is no cadence", (t) => {
  const trace = new LiveTrace()
  runFor(trace, 200, 40_000)
  trace.add(reading(40_200, { isInBout: false, strides: 53 }))
  t.is(trace.cadenceSpm, undefined)
})

test("strides that are counted together when a bout is found make no cadence", (t) => {
  const trace = new LiveTrace()
  // As the recorded session of real running begins.
  const found = [
    [36_905, 2],
    [37_106, 4],
    [37_711, 6],
    [37_913, 9],
    [38_316, 10],
  ] as const
  for (const [timeMs, strides] of found) trace.add(reading(timeMs, { strides }))
  for (let timeMs = 38_516; timeMs < 45_000; timeMs += 200)
    trace.add(reading(timeMs, { strides: 10 + Math.floor((timeMs - 38_316) / 750) }))
  t.true(Math.abs((trace.cadenceSpm ?? 0) - 160) < 6, String(trace.cadenceSpm))
})

test("the run lasts since its begin was seen, or at least since it was first heard of", (t) => {
  const whole = new LiveTrace()
  whole.add(reading(1000, { isRunOpen: false }))
  t.is(whole.run, undefined)
  runFor(whole, 2000, 10_000)
  t.deepEqual(whole.run, { durationMs: 8000, isWhole: true })
  const later = new LiveTrace()
  runFor(later, 2000, 10_000)
  t.deepEqual(later.run, { durationMs: 8000, isWhole: false })
  later.add(reading(11_000, { isRunOpen: false }))
  t.is(later.run, undefined)
})

test("a device that starts anew is followed anew", (t) => {
  const trace = new LiveTrace()
  runFor(trace, 50_000, 60_000)
  runFor(trace, 1000, 3000)
  t.is(trace.pieces.length, 1)
  t.is(trace.pieces[0]?.[0]?.timeMs, 980)
  t.deepEqual(trace.run, { durationMs: 2000, isWhole: false })
})
