import test from "ava"
import { runTables } from "../../simulator/cli/run-table"
import type { ReplayJson, RunJson } from "../../simulator/phone/replay-json"

const PLAIN = (_style: unknown, text: string) => text

const BOUT = {
  startS: 29.4,
  durationS: 57.7,
  strides: 76,
  cadenceSpm: 157.4,
  compressions: 74,
  compressionsByDepth: { "30": 74, "35": 69, "40": 48, "45": 12, "50": 1 },
  peakFlexionMedianDeg: 42.4,
  secondsPastThreshold: 9.8,
  degreeSecondsPastThreshold: 96,
  contactTimeMedianMs: 266,
}
const RUN: RunJson = {
  ...BOUT,
  id: 1,
  durationS: 130.2,
  strides: 1562,
  loadCycles: 156,
  measuredStrides: 0,
  peakErrorDeg: 3.9,
  thresholdDeg: 30,
  compressions: 150,
  peakFlexionP95Deg: 49,
  load: 160.2,
  loadPeakWeighted: 210.7,
  buzzes: [{ timeS: 71, reason: "depth" }],
  dataQuality: { validShare: 0.998, gaps: 1, clipped: 3, strapShift: false },
  bouts: [BOUT],
  pains: [],
  painsDropped: 0,
  boutsDropped: 0,
}
const REPORT: ReplayJson = {
  recording: "S01.csv.gz",
  engine: "xs",
  sensors: 1,
  input: { rows: 36_105, gaps: 0, lostSamples: 0, beyondRangeRows: 0 },
  calibrated: true,
  firmware: "0.1.0",
  model: "3",
  runs: [RUN],
  runsDropped: 0,
  bends: [],
  bendsDropped: 0,
  summaryText: "",
}

test("the table says what was done, how deep, why it buzzed, and how good the data are", (t) => {
  const text = runTables(REPORT, PLAIN)
  for (const words of [
    /Run 1 {2}0:29 to 2:40, 2:10/,
    /0:58 in 1 bout\b/,
    /1,562, at 157 steps a minute/,
    /150 past 30°: 96 % of/,
    /half of them past 42°, one in twenty past 49°/,
    /1:11 {2}the knee bends deeper/,
    /99\.8 % of the samples, 1 gap, 3 samples beyond/,
    /^ +1 +0:29 +0:58 +76 +157 +266 ms +42\.4° +74 +69 +48 +12 +1$/m,
  ]) {
    t.regex(text, words)
  }
})

test("the table's columns are aligned and fit a terminal of 100 columns", (t) => {
  const lines = runTables(REPORT, PLAIN).split("\n")
  for (const line of lines) t.true(line.length <= 100, line)
  const head = lines.findIndex((line) => line.includes("steps/min"))
  const ends = (line = "") => [...line.trimEnd().matchAll(/\S(?=\s{2,}|$)/g)].map((match) => match.index)
  t.deepEqual(ends(lines[head + 1]), ends(lines[head]))
  t.deepEqual(ends(lines[head + 2]), ends(lines[head]))
})

test("no run is said in a sentence, and what calibration needs", (t) => {
  t.is(runTables({ ...REPORT, runs: [] }, PLAIN), "No run in this recording.")
  const bends = [{ timeS: 9, peakDeg: 48 }]
  t.is(runTables({ ...REPORT, runs: [], bends }, PLAIN), "No run in this recording; 1 knee bend was seen.")
  t.regex(
    runTables({ ...REPORT, runs: [], calibrated: false }, PLAIN),
    /not calibrated.*standing still.*knee bends/,
  )
})
