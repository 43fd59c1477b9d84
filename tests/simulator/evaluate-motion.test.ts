import test from "ava"
import { angleErrors, stanceF1 } from "../../simulator/evaluate/angle-errors"
import type { TraceColumns } from "../../simulator/evaluate/delay"
import { alignTruth, fitDelayS, MAX_DELAY_S } from "../../simulator/evaluate/delay"
import { stanceErrors } from "../../simulator/evaluate/stance-errors"
import { matchStances, traceStances } from "../../simulator/evaluate/stance-matching"
import { noise, perfectTrace, RATE_HZ, STRIDE_S, sessionTruth, truthColumns } from "./evaluate-synthetic"

const CHIP_HZ = 104
const truth = truthColumns()
const stances = sessionTruth().bouts.flatMap((bout) => bout.stances)
const errorsOf = (trace: TraceColumns, delayS: number) =>
  stanceErrors(matchStances(trace, stances, delayS), delayS)

const findsDelay = test.macro({
  exec: (t, delayMs: number, rateHz: number) => {
    const fitted = fitDelayS(perfectTrace(delayMs / 1000, rateHz), truth)
    t.true(Math.abs(fitted * 1000 - delayMs) < 0.2, `fitted ${fitted * 1000} ms`)
  },
  title: (_, delayMs, rateHz) =>
    `a trace at ${rateHz} Hz that is ${delayMs} ms late has a delay of ${delayMs} ms`,
})
test(findsDelay, 0, RATE_HZ)
test(findsDelay, 20, RATE_HZ)
test(findsDelay, 20, CHIP_HZ)
test(findsDelay, 13.4, CHIP_HZ)
test(findsDelay, -7.7, CHIP_HZ)
test(findsDelay, 96, CHIP_HZ)

test("no more than 0.1 s of delay is removed", (t) => {
  t.is(fitDelayS(perfectTrace(0.15), truth), MAX_DELAY_S)
})

test("1° of noise and 20 ms of delay give 1° of error with the delay removed, and more without", (t) => {
  const trace = perfectTrace(0.02, CHIP_HZ)
  const draw = noise()
  trace.thighDeg = trace.thighDeg.map((angle) => angle + draw())
  const delayS = fitDelayS(trace, truth)
  t.true(Math.abs(delayS - 0.02) < 0.001, `fitted ${delayS} s`)
  const removed = angleErrors(trace, alignTruth(trace, truth, delayS)).thighRmseDeg ?? 0
  t.true(Math.abs(removed - 1) < 0.05, `RMSE ${removed}`)
  const raw = angleErrors(trace, alignTruth(trace, truth, 0)).thighRmseDeg ?? 0
  t.true(raw > 2, `raw RMSE ${raw}`)
})

test("knee errors are told apart by the truth's stance, whatever the device takes for stance", (t) => {
  const trace = perfectTrace(0)
  trace.kneeDeg = trace.kneeDeg.map((angle, row) => angle + (truth.stance[row] === 1 ? 3 : -5))
  trace.stance = trace.stance.map(() => 0)
  const errors = angleErrors(trace, alignTruth(trace, truth, 0))
  const loaded = 11 / 30
  t.true(Math.abs((errors.kneeStanceRmseDeg ?? 0) - 3) < 1e-6)
  t.true(Math.abs((errors.kneeSwingRmseDeg ?? 0) - 5) < 1e-6)
  const all = Math.sqrt(loaded * 9 + (1 - loaded) * 25)
  t.true(Math.abs((errors.kneeRmseDeg ?? 0) - all) < 0.01, `${errors.kneeRmseDeg} for ${all}`)
})

test("what happens outside running is no error of running", (t) => {
  const trace = perfectTrace(0)
  const elsewhere = (row: number) => truth.running[row] === 0
  trace.thighDeg = trace.thighDeg.map((angle, row) => (elsewhere(row) ? 90 : angle))
  trace.kneeDeg = trace.kneeDeg.map((angle, row) => (elsewhere(row) ? 90 : angle))
  trace.stance = trace.stance.map((loaded, row) => (elsewhere(row) ? 0 : loaded))
  const aligned = alignTruth(trace, truth, 0)
  const errors = angleErrors(trace, aligned)
  t.true((errors.thighRmseDeg ?? 1) < 1e-6 && (errors.kneeRmseDeg ?? 1) < 1e-6)
  t.is(stanceF1(trace, aligned), 1)
})

test("without running there is nothing to judge", (t) => {
  const trace = perfectTrace(0)
  const aligned = alignTruth(trace, { ...truth, running: new Uint8Array(truth.timeS.length) }, 0)
  t.deepEqual(angleErrors(trace, aligned), {
    thighRmseDeg: null,
    kneeRmseDeg: null,
    kneeStanceRmseDeg: null,
    kneeSwingRmseDeg: null,
  })
  t.is(stanceF1(trace, aligned), null)
})

test("rows after the recording's end have no truth", (t) => {
  const late = { timeS: [64.9, 65.5, 70], kneeDeg: [0, 0, 0], thighDeg: [0, 0, 0], stance: [1, 1, 1] }
  const aligned = alignTruth(late, truth, 0)
  t.deepEqual([...aligned.thighDeg].map(Number.isNaN), [false, true, true])
})

test("stance that begins 25 ms late in every stride costs F1 what its samples weigh", (t) => {
  const trace = perfectTrace(0)
  const rows = 0.025 * RATE_HZ
  trace.stance = trace.stance.map((loaded, row) =>
    loaded === 1 && (truth.stance[row - rows] ?? 1) === 1 ? 1 : 0,
  )
  // Of 55 loaded samples a stride 50 are found; a bout's first stance follows on standing and loses none.
  const [strides, bouts] = [64, 2]
  const found = strides * 50 + bouts * 5
  const missed = strides * 55 - found
  const f1 = stanceF1(trace, alignTruth(trace, truth, 0)) ?? 0
  t.true(Math.abs(f1 - (2 * found) / (2 * found + missed)) < 1e-9, `F1 ${f1}`)
})

/** Only the running strides: standing runs into the first stance of each bout here. */
function shiftedEvents(contactMs: number[], toeOffMs: number[]) {
  const trace = perfectTrace(0, 1000)
  const loaded = stances.map((stance, i) => ({
    startS: stance.startS + (contactMs[i % contactMs.length] as number) / 1000,
    endS: stance.endS + (toeOffMs[i % toeOffMs.length] as number) / 1000,
  }))
  trace.stance = trace.timeS.map((timeS) => {
    const inside = loaded.some((stance) => timeS >= stance.startS - 1e-6 && timeS < stance.endS - 1e-6)
    return inside ? 1 : 0
  })
  return trace
}

test("event errors have the sign of late, a mean and a spread, after the delay is taken off", (t) => {
  const errors = errorsOf(shiftedEvents([16, 24], [5, 5]), 0.01)
  t.true(Math.abs((errors.initialContactMeanMs ?? 0) - 10) < 1e-6)
  t.true(Math.abs((errors.initialContactSdMs ?? 0) - 4) < 1e-6)
  t.true(Math.abs((errors.toeOffMeanMs ?? 0) + 5) < 1e-6)
  t.true(Math.abs(errors.toeOffSdMs ?? 1) < 1e-6)
  t.true(Math.abs((errors.contactTimeErrorMs ?? 0) - 15) < 1e-6)
  t.is(errors.stancesUnmatched, 0)
})

test("the peak is compared stance by stance, its sign forgotten", (t) => {
  const trace = shiftedEvents([0], [0])
  const odd = (timeS: number) => Math.floor(timeS / STRIDE_S) % 2 === 1
  trace.kneeDeg = trace.kneeDeg.map(
    (angle, row) => angle + (odd((trace.timeS[row] as number) + 0.25) ? 4 : -2),
  )
  const error = errorsOf(trace, 0).stancePeakErrorDeg ?? 0
  t.true(error > 1.9 && error < 4.1 && Math.abs(error - 3) < 0.1, `${error}`)
})

test("the peaks that strides are counted by are compared by their toe-offs, the delay taken off", (t) => {
  const countedPeaks = stances.map(({ endS, peakDeg }, i) => ({
    toeOffS: endS + 0.05 + (i % 2) * 0.1,
    peakDeg: peakDeg + (i % 2 === 0 ? 3 : -1),
  }))
  const error = (delayS: number) =>
    errorsOf({ ...shiftedEvents([0], [0]), countedPeaks }, delayS).countedPeakErrorDeg ?? 0
  t.true(Math.abs(error(0.05) - 2) < 1e-9)
  t.true(Math.abs(error(0) - 3) < 1e-9, "one that is too far from any stance is not compared")
  t.is(errorsOf(shiftedEvents([0], [0]), 0).countedPeakErrorDeg, null)
})

test("a swing deeper than any stance is no peak", (t) => {
  const trace = shiftedEvents([0], [0])
  trace.kneeDeg = trace.kneeDeg.map((angle, row) => (trace.stance[row] === 0 ? 170 : angle))
  t.true((errorsOf(trace, 0).stancePeakErrorDeg ?? 9) < 0.05)
})

test("a stance that the trace lacks, or that runs into standing, is told as unmatched and spoils no mean", (t) => {
  const trace = shiftedEvents([0], [0])
  const lost = stances[10]
  trace.stance = trace.stance.map((loaded, row) => {
    const timeS = trace.timeS[row] as number
    if (timeS < 5) return 1
    return lost && timeS > lost.startS - 0.1 && timeS < lost.endS + 0.1 ? 0 : loaded
  })
  const errors = errorsOf(trace, 0)
  t.is(errors.stancesUnmatched, 2)
  t.true(Math.abs(errors.initialContactMeanMs ?? 1) < 1e-6)
})

test("a stance still open at the end of the trace is none", (t) => {
  const trace = {
    timeS: [0, 1, 2, 3, 4],
    kneeDeg: [9, 1, 2, 8, 8],
    thighDeg: [0, 0, 0, 0, 0],
    stance: [0, 1, 1, 0, 1],
  }
  t.deepEqual(traceStances(trace), [{ startS: 1, endS: 3, peakDeg: 2 }])
})
