/** docs/accuracy-report.json: measured by the project's own evaluation, kept whole. */
import { join } from "node:path"
import test from "ava"
import { readAccuracyReport, wornOf } from "../../simulator/docs/accuracy-report"
import { measureAccuracy } from "../../simulator/docs/measure-accuracy"
import { plottedStride } from "../../simulator/docs/plotted-stride"
import { DISTURBANCES } from "../../simulator/evaluate/disturbances"

const RECORDINGS = join(import.meta.dirname, "../../simulator/recordings")
const saved = readAccuracyReport()

test("the accuracy report is current: the two runners in the project score as it says", async (t) => {
  const told: string[] = []
  const here = await measureAccuracy(RECORDINGS, { engine: "node", saved, tell: (line) => told.push(line) })
  const again = "run `npm run docs -- --recordings FOLDER --robustness` with all development recordings"
  const { one } = here.worn
  t.true(one.recordings.length >= 2)
  t.deepEqual([saved.worn.one.firmware, saved.worn.one.model], [one.firmware, one.model], again)
  for (const row of one.recordings) {
    t.deepEqual(
      saved.worn.one.recordings.find(({ recording }) => recording === row.recording),
      row,
      again,
    )
  }
  t.true(told.some((line) => line.includes("S01")))
  // Neither disturbed nor on BROAD this time: what was known stays, with its date.
  t.deepEqual(here.robustness, saved.robustness)
  t.deepEqual(here.broad, saved.broad)
  t.is(one.boutPeaksDeg.length, 6)
})

test("all parts were measured on all development runners, with the model that the firmware has", (t) => {
  const { one } = saved.worn
  t.is(one.recordings.length, 18)
  t.is(one.boutPeaksDeg.length, one.totals.found)
  for (const { totals } of saved.robustness?.rows ?? []) t.is(totals.recordings, 18)
  t.is(saved.robustness?.rows.length, DISTURBANCES.length)
  t.is(saved.broad?.trials.length, 9)
  t.deepEqual([saved.robustness?.model, saved.broad?.model], [one.model, one.model])
})

test("undisturbed, robustness says what the report says", (t) => {
  const none = saved.robustness?.rows.find(({ disturbance }) => disturbance === "none")
  t.deepEqual(none?.mean, saved.worn.one.mean)
})

test("the ways to wear it come in the order of the columns", (t) => {
  const { one } = saved.worn
  const titles = wornOf({ ...saved, worn: { two: one, one } }).map(({ title }) => title)
  t.deepEqual(titles, ["one sensor", "two sensors"])
})

test("the plotted stride is the mean over the runners, its band the spread of their errors", (t) => {
  const runner = (truth: number, device: number, stanceShare: number) => ({
    trueKneeDeg: [truth, truth],
    kneeDeg: [device, device + 1],
    trueThighDeg: [0, 0],
    thighDeg: [0, 0],
    stanceShare,
  })
  const stride = plottedStride([runner(40, 43, 0.3), runner(50, 51, 0.4)])
  t.deepEqual(stride?.knee, { truthDeg: [45, 45], deviceDeg: [47, 48], errorSdDeg: [1, 1] })
  t.is(stride?.stanceShare, 0.35)
  t.is(plottedStride([]), null)
})
