/** The figures that the app imports are those of the accuracy report. */
import { readFileSync } from "node:fs"
import test from "ava"
import { readAccuracyReport } from "../../../simulator/docs/accuracy-report"
import {
  DETECTABLE_CHANGE_PATH,
  detectableChangeFile,
  MEAN_ERROR_PATH,
  meanErrorFile,
} from "../../../simulator/docs/app-figures"

test("they are current: `npm run docs` would change nothing", (t) => {
  const report = readAccuracyReport()
  t.is(readFileSync(DETECTABLE_CHANGE_PATH, "utf8"), detectableChangeFile(report))
  t.is(readFileSync(MEAN_ERROR_PATH, "utf8"), meanErrorFile(report))
})

test("each way of wearing has its date and conditions", (t) => {
  const report = readAccuracyReport()
  report.worn.one.made = "2031-01-02"
  report.worn.one.smallestChange.samePace.peakDeg = 7.7
  for (const file of [detectableChangeFile, meanErrorFile])
    t.like(JSON.parse(file(report)), { conditions: report.conditions, worn: { one: { made: "2031-01-02" } } })
  t.is(JSON.parse(detectableChangeFile(report)).worn.one.samePace.peakDeg, 7.7)
})
