/** `evaluate --broad`: reading a trial, judging up, and the whole way through the firmware. */
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test, { type ExecutionContext } from "ava"
import { inclinationErrors, scoreInclination, type UpTrace } from "../../simulator/evaluate/broad/inclination"
import { evaluateBroad, formatBroadReport, makeBroadReport } from "../../simulator/evaluate/broad/report"
import { readBroadTrial } from "../../simulator/evaluate/broad/trial"
import { RecordingError } from "../../simulator/recording/recording"

const RATE_HZ = 2000 / 7
const RAD = Math.PI / 180
const HEADER = "ax,ay,az,gx,gy,gz,qw,qx,qy,qz,mov"
const STILL_S = 3
const SWING_DEG = 60
const SWING_HZ = 0.5

/** A sensor that lies still, then rolls to and fro about its x axis; the optics lose it for a moment. */
function rollDeg(timeS: number): number {
  return timeS < STILL_S ? 0 : SWING_DEG * Math.sin(2 * Math.PI * SWING_HZ * (timeS - STILL_S))
}
function trialCsv(durationS: number, lostFromS = 8, lostToS = 8.5): string {
  const rows = Array.from({ length: Math.round(durationS * RATE_HZ) }, (_, row) => {
    const timeS = row / RATE_HZ
    const roll = rollDeg(timeS) * RAD
    const half = 0.5 / RATE_HZ
    const rateRad = (rollDeg(timeS + half) - rollDeg(timeS - half)) * RAD * RATE_HZ
    const seen = timeS < lostFromS || timeS >= lostToS
    const force = [0, 9806.65 * Math.sin(roll), 9806.65 * Math.cos(roll)]
    const q = seen ? [10000 * Math.cos(roll / 2), 10000 * Math.sin(roll / 2), 0, 0] : [0, 0, 0, 0]
    return [...force, rateRad * 1e4, 0, 0, ...q].map(Math.round).concat(timeS >= STILL_S ? 1 : 0)
  })
  return [HEADER, ...rows.map((row) => row.join()), ""].join("\n")
}

async function written(t: ExecutionContext, text: string, name = "01_roll.csv"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "patella-broad-"))
  t.teardown(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

/** A device that knows the roll, `lateS` late and tilted by `offDeg` about y. */
function upTrace(durationS: number, lateS: number, offDeg = 0, rateHz = 104): UpTrace {
  const timeS = Array.from({ length: Math.floor(durationS * rateHz) }, (_, row) => row / rateHz)
  const roll = timeS.map((now) => rollDeg(now - lateS) * RAD)
  const off = offDeg * RAD
  return {
    timeS,
    upX: roll.map((angle) => Math.sin(off) * Math.cos(angle)),
    upY: roll.map((angle) => Math.sin(angle)),
    upZ: roll.map((angle) => Math.cos(off) * Math.cos(angle)),
  }
}

test("a trial is a recording in g and °/s, and the direction of up in the sensor's frame", async (t) => {
  const { recording, reference } = await readBroadTrial(await written(t, trialCsv(4)))
  t.is(recording.rateHz, RATE_HZ)
  t.true(Math.abs((recording.thigh.azG[0] as number) - 1) < 1e-4)
  const row = Math.round((STILL_S + 0.25) * RATE_HZ)
  const angle = rollDeg(row / RATE_HZ) * RAD
  t.true(Math.abs((reference.y[row] as number) - Math.sin(angle)) < 1e-3)
  t.true(Math.abs((reference.z[row] as number) - Math.cos(angle)) < 1e-3)
  const start = Math.round(STILL_S * RATE_HZ) + 1
  const expected = 2 * Math.PI * SWING_HZ * SWING_DEG
  t.true(Math.abs((recording.thigh.gxDps[start] as number) - expected) < 1)
  t.is(recording.beyondRangeRows, 0)
})

test("rows without an optical fix, and those before the motion, are not scored", async (t) => {
  const { reference } = await readBroadTrial(await written(t, trialCsv(9)))
  const scored = (timeS: number) => reference.scored[Math.round(timeS * RATE_HZ)]
  t.deepEqual([scored(1), scored(5), scored(8.2), scored(8.8)], [0, 1, 0, 1])
})

test("a device that knows up has no error, whatever its delay; raw, the delay shows", async (t) => {
  const { reference } = await readBroadTrial(await written(t, trialCsv(12)))
  const { removed, raw, delayS } = scoreInclination(upTrace(12, 0.02), reference)
  t.true(removed.rmseDeg < 0.05, `${removed.rmseDeg}`)
  t.true(Math.abs(delayS - 0.02) < 0.001)
  t.true(raw.rmseDeg > 2, `${raw.rmseDeg}`)
  t.true(raw.maxDeg > raw.rmseDeg)
})

test("a tilt is an error of its size, and heading is none", async (t) => {
  const { reference } = await readBroadTrial(await written(t, trialCsv(12)))
  const turning = { ...reference, y: reference.y.map(() => 0), z: reference.z.map(() => 1) }
  const tilted = { ...upTrace(12, 0), upX: new Float64Array(1248).fill(Math.sin(2 * RAD)) }
  tilted.upY = new Float64Array(1248)
  tilted.upZ = new Float64Array(1248).fill(Math.cos(2 * RAD))
  t.true(Math.abs(inclinationErrors(tilted, turning, 0).rmseDeg - 2) < 1e-6)
})

test("a device that knows no up is off by a right angle, not right", async (t) => {
  const { reference } = await readBroadTrial(await written(t, trialCsv(5)))
  const nothing = new Float64Array(520)
  const lost = { timeS: upTrace(5, 0).timeS, upX: nothing, upY: nothing, upZ: nothing }
  t.is(inclinationErrors(lost, reference, 0).rmseDeg, 90)
})

test("a trial in which nothing is scored is a failure", async (t) => {
  const { reference } = await readBroadTrial(await written(t, trialCsv(5)))
  const unscored = { ...reference, scored: new Uint8Array(reference.scored.length) }
  t.throws(() => scoreInclination(upTrace(5, 0), unscored), { message: /nothing to score/ })
})

const refused = test.macro(async (t, change: (text: string) => string, message: RegExp) => {
  const path = await written(t, change(trialCsv(1)))
  await t.throwsAsync(readBroadTrial(path), { instanceOf: RecordingError, message })
})
test(
  "another file is no trial",
  refused,
  (text) => text.replace("mov", "moved"),
  /line 1, column mov: .*BROAD/,
)
test(
  "a trial of one row cannot be played",
  refused,
  (text) => text.split("\n", 2).join("\n"),
  /no rows to play/,
)
test(
  "a value that is no number is told with its place",
  refused,
  (text) => text.replace("\n0,0,9807", "\n0,none,9807"),
  /line 2, column ay: "none"/,
)
test(
  "a row cut short is told with its place",
  refused,
  (text) => text.slice(0, -8),
  /line 287, column q[wxyz]/,
)

test("through the firmware on the virtual board, a slow roll is followed within half a degree", async (t) => {
  const path = await written(t, trialCsv(20))
  const told: string[] = []
  const report = await evaluateBroad([path, `${path}.none`], "node", (line) => told.push(line))
  const [row] = report.trials
  t.is(row?.trial, "01_roll")
  t.true((row?.rmseDeg ?? 9) < 0.5, `${row?.rmseDeg}`)
  t.true(Math.abs(row?.delayMs ?? 99) < 2, `${row?.delayMs} ms`)
  t.true((row?.samples ?? 0) > 15 * 52)
  t.is(report.failures[0]?.exitCode, 2)
  t.is(told.length, 2)
})

test("mean, interval and worst run over the trials", (t) => {
  const row = { trial: "", rmseRawDeg: 1, maxDeg: 2, delayMs: 4, samples: 9, beyondRangeRows: 0 }
  const report = makeBroadReport(
    [
      { ...row, trial: "a", rmseDeg: 0.4 },
      { ...row, trial: "b", rmseDeg: 0.8 },
    ],
    [],
  )
  t.true(Math.abs((report.mean.rmseDeg ?? 0) - 0.6) < 1e-9)
  t.deepEqual(report.interval.rmseDeg, { low: 0.4, high: 0.8 })
  t.deepEqual(report.worst, { trial: "b", rmseDeg: 0.8 })
  const text = formatBroadReport({ ...report, failures: [{ recording: "c", message: "gone", exitCode: 2 }] })
  t.regex(text, /mean +0\.60 +1\.00 +2\.00 +4\.0/)
  t.regex(text, /Worst trial: b, 0\.80°/)
  t.regex(text, /Failed: c: gone/)
})
