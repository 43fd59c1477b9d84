/** docs/accuracy.md and its pictures: every figure comes from the report, and what was not measured says so. */
import test from "ava"
import { type AccuracyReport, readAccuracyReport } from "../../simulator/docs/accuracy-report"
import { accuracySummary } from "../../simulator/docs/accuracy-summary"
import {
  broadTable,
  changeTable,
  depthsTable,
  metricsTable,
  robustnessTable,
  runnersTable,
} from "../../simulator/docs/accuracy-tables"
import { peaksPlot } from "../../simulator/docs/peaks-plot"
import { robustnessPlot } from "../../simulator/docs/robustness-plot"
import { stridePlot } from "../../simulator/docs/stride-plot"
import { DISTURBANCES } from "../../simulator/evaluate/disturbances"

type Change = (report: AccuracyReport) => void
/** The project's report as far as one sensor goes, and a change to it. */
function changed(change: Change): AccuracyReport {
  const report = structuredClone(readAccuracyReport())
  delete report.worn.taught
  delete report.worn.two
  change(report)
  return report
}
const asItIs = () => {}

const told = test.macro((t, table: (report: AccuracyReport) => string, change: Change, figure: RegExp) => {
  t.notRegex(table(changed(asItIs)), figure)
  t.regex(table(changed(change)), figure)
})
test(
  "a metric's mean with its interval and worst runner",
  told,
  metricsTable,
  ({ worn: { one } }) => {
    one.mean.kneeRmseDeg = 77.125
    one.interval.kneeRmseDeg = { low: 66.2, high: 88.3 }
    one.worst.kneeRmseDeg = { value: 99.4, recording: "S77.csv.gz" }
  },
  /\| knee angle, ° \| 77\.13 \(66\.20 to 88\.30\) \| 99\.40 \(S77\) \|/,
)
test(
  "a runner's row",
  told,
  runnersTable,
  ({ worn: { one } }) => Object.assign(one.recordings[0] ?? {}, { thighRmseDeg: 12.345, boutsInvented: 4 }),
  /\| S01 \| 12\.3[45] \|.*\| 3\/0\/4 \|/,
)
test(
  "a depth's error beside the counters without a sensor",
  told,
  depthsTable,
  ({ worn: { one } }) => {
    one.mean.compressions30ErrorPercent = 77.77
    if (one.trivial.everyStride) one.trivial.everyStride.byDepthPercent[0] = 7.53
  },
  /\| 30° \| 92\.5 % \| 77\.8 % \| [\d.]+ % \| 7\.5 % \|/,
)
test(
  "the smallest detectable change",
  told,
  changeTable,
  ({ worn: { one } }) => {
    one.smallestChange.samePace.peakDeg = 7.77
    one.smallestChange.otherPace.peakDeg = null
  },
  /\| median stance peak \| 7\.8° \| –° \|/,
)
test(
  "a disturbance's means, and how many calibrated",
  told,
  robustnessTable,
  ({ robustness }) => {
    const row = robustness?.rows.at(-1)
    if (row) Object.assign(row, { calibrated: 3, mean: { ...row.mean, thighRmseDeg: 77.77 } })
  },
  /\| 1 % of the batches lost \| 77\.77 \|.*\| 3 of 18 \|/,
)
test(
  "a trial of BROAD and the mean of all",
  told,
  broadTable,
  ({ broad }) => {
    if (!broad?.trials[0]) return
    Object.assign(broad.trials[0], { trial: "01_made_up", rmseDeg: 7.777, beyondRangeRows: 5 })
    broad.mean.rmseDeg = 8.888
  },
  /\| 01 made up \| 7\.78 \|.*\| 5 \|[\s\S]+\| mean \(95 %\) \| 8\.89 \(/,
)
test(
  "in the README an invented bout is told, and what could not be scored is a dash",
  told,
  accuracySummary,
  ({ worn: { one } }) => {
    one.mean.contactTimeErrorMs = null
    one.totals.invented = 2
  },
  /and invented 2\.[\s\S]+\| foot on ground \| – ms \|/,
)

const TABLES = { metricsTable, runnersTable, depthsTable, changeTable, accuracySummary }
for (const [name, table] of Object.entries(TABLES)) {
  test(`${name}: two sensors and a taught one have columns of their own`, (t) => {
    const report = changed(({ worn }) => {
      worn.two = structuredClone(worn.one)
      worn.taught = structuredClone(worn.one)
    })
    const text = table(report)
    t.regex(text, /one sensor[\s\S]*one sensor, taught[\s\S]*two sensors/)
    t.notRegex(table(changed(asItIs)), /two sensors/)
  })
}

test("what was not measured says so and has no picture", (t) => {
  const report = changed((whole) => {
    delete whole.robustness
    delete whole.broad
    whole.worn.one.stride = null
    whole.worn.one.boutPeaksDeg = []
  })
  t.is(robustnessTable(report), "Not measured yet.")
  t.is(broadTable(report), "Not measured yet.")
  t.deepEqual(
    [stridePlot(report), peaksPlot(report), robustnessPlot(report)],
    [undefined, undefined, undefined],
  )
})

const PLOTS = { stridePlot, peaksPlot, robustnessPlot }
const MOST_BYTES = 60_000
for (const [name, plot] of Object.entries(PLOTS)) {
  test(`${name}: the same report gives the same bytes, few of them, and whole numbers of px`, (t) => {
    const svg = plot(changed(asItIs)) ?? ""
    t.is(svg, plot(changed(asItIs)) ?? "none")
    t.true(Buffer.byteLength(svg) < MOST_BYTES, `${Buffer.byteLength(svg)} bytes`)
    t.notRegex(svg, /NaN|Infinity|undefined|\d\.\d\d+[" ]/)
    t.regex(svg, /<svg [^>]*viewBox="0 0 420 \d+" width="420"/)
  })

  test(`${name}: all that is drawn lies in the picture`, (t) => {
    const svg = plot(changed(asItIs)) ?? ""
    const height = Number(/viewBox="0 0 420 (\d+)"/.exec(svg)?.[1])
    const places = [...svg.matchAll(/ (x|cx|y|cy)="([\d.-]+)"/g)]
    const drawn = [...svg.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)]
    t.true(places.length + drawn.length > 20)
    const inside = (value: number, most: number) => value >= 0 && value <= most
    for (const [, axis, value] of places)
      t.true(inside(Number(value), axis?.endsWith("x") ? 420 : height), `${axis} ${value}`)
    for (const [, x, y] of drawn) t.true(inside(Number(x), 420) && inside(Number(y), height), `${x} ${y}`)
  })
}

test("each bout is a point in both panels, and an estimate that is deeper lies higher in both", (t) => {
  const points = (report: AccuracyReport) =>
    [...(peaksPlot(report) ?? "").matchAll(/<circle class="[^"]+" cx="([\d.]+)" cy="([\d.]+)" r="3.5"/g)].map(
      ([, x, y]) => ({ x: Number(x), y: Number(y) }),
    )
  const before = changed(({ worn: { one } }) => {
    one.boutPeaksDeg = [
      [40, 40],
      [50, 52],
      [60, 47],
    ]
  })
  const deeper = structuredClone(before)
  deeper.worn.one.boutPeaksDeg[0] = [40, 41]
  // Three points in each panel, and one in the legend.
  t.is(points(before).length, 7)
  for (const place of [0, 3]) t.true((points(deeper)[place]?.y ?? 999) < (points(before)[place]?.y ?? 0))
})

test("the limits of agreement are 1.96 SD around the mean difference", (t) => {
  const report = changed(({ worn: { one } }) => {
    one.boutPeaksDeg = [
      [40, 43],
      [45, 46],
      [50, 52],
    ]
  })
  t.regex(peaksPlot(report) ?? "", /mean 2\.0°, 95 % in 0\.0 to 4\.0°/)
})

test("a bar is as long as its error, the longest of its kind as long as there is room", (t) => {
  const report = changed(({ robustness }) => {
    robustness?.rows.forEach((row, i) => {
      row.mean.countedPeakErrorDeg = i === 0 ? 2 : 4
    })
  })
  const bars = [
    ...(robustnessPlot(report) ?? "").matchAll(/class="area bar device" x="18" y="[\d.]+" width="([\d.]+)"/g),
  ]
  const widths = bars.map(([, width]) => Number(width)).slice(1)
  t.is(widths.length, DISTURBANCES.length)
  t.true(Math.abs((widths[0] ?? 0) / (widths[1] ?? 1) - 1 / 2) < 0.01)
})
