/**
 * Truth against estimate, a point a bout: median stance peaks, and below their difference over their mean (Bland & Altman 1986, Lancet
 * 1:307–310) with the mean difference and the limits that hold 95 % of such differences.
 */
import { mean } from "../evaluate/statistics"
import { type AccuracyReport, type WornAccuracy, wornOf } from "./accuracy-report"
import { short } from "./accuracy-words"
import { Panel, POINT_RADIUS, type Point, picture, rangeOf, TEXT_RISE, text, ticks, WIDTH } from "./plot"

const LEFT = 52
const RIGHT = 26
const INNER = WIDTH - LEFT - RIGHT
const AGREEMENT = { top: 44, height: 270 }
const DIFFERENCE = { top: 376, height: 170 }
const NOTE_Y = 592
const LEGEND = { top: 618, row: 22, below: 18 } as const
const LEGEND_COLUMNS = 2
const SAMPLE_GAP = 14
const DEG_STEP = 5
const CLASSES = ["device", "third", "other"] as const
const LIMITS_95 = 1.96

/** Undefined when no bout was found. */
export function peaksPlot(report: AccuracyReport): string | undefined {
  const worn = wornOf(report).map((way, i) => ({ ...way, classes: CLASSES[i] as string }))
  const all = worn.flatMap(({ figures }) => figures.boutPeaksDeg)
  const one = agreement(report.worn.one)
  if (all.length < 2 || !one) return undefined
  const range = rangeOf(all.flat(), DEG_STEP)
  const differences = all.map(([truth, device]) => device - truth)
  const reach = rangeOf([...differences, one.upper, one.lower, 0], DEG_STEP)
  const peaks = new Panel({ left: LEFT, width: INNER, ...AGREEMENT }, range, range)
  const apart = new Panel({ left: LEFT, width: INNER, ...DIFFERENCE }, range, reach)
  const across = (y: number): Point[] => [
    [range[0], y],
    [range[1], y],
  ]
  return picture(
    {
      title: "Median stance peak of each bout, true and estimated",
      description:
        `Above, the estimate over the truth, a point a bout; on the line they agree. Below, estimate minus truth over their mean: with one sensor the mean difference is ` +
        `${short(one.middle)}°, and 95 % of the differences lie between ${short(one.lower)} and ${short(one.upper)}°.`,
      height: LEGEND.top + Math.floor((worn.length - 1) / LEGEND_COLUMNS) * LEGEND.row + LEGEND.below,
    },
    [
      ...peaks.axes(ticks(range, DEG_STEP), ticks(range, DEG_STEP), "estimate over truth", {
        x: "°",
        y: "°",
      }),
      peaks.line(
        [
          [range[0], range[0]],
          [range[1], range[1]],
        ],
        "truth dashed",
      ),
      ...worn.flatMap(({ figures, classes }) =>
        figures.boutPeaksDeg.map((point) => peaks.point(point, classes)),
      ),
      ...apart.axes(ticks(range, DEG_STEP), ticks(reach, DEG_STEP), "estimate − truth, over their mean", {
        x: "°",
        y: "°",
      }),
      apart.line(across(one.middle), "device"),
      apart.line(across(one.upper), "device dashed"),
      apart.line(across(one.lower), "device dashed"),
      ...worn.flatMap(({ figures, classes }) =>
        figures.boutPeaksDeg.map(([truth, device]) =>
          apart.point([(truth + device) / 2, device - truth], classes),
        ),
      ),
      text(
        LEFT,
        NOTE_Y,
        `one sensor: mean ${short(one.middle)}°, 95 % in ${short(one.lower)} to ${short(one.upper)}°`,
        "soft",
        "start",
      ),
      ...worn.flatMap(({ title, classes }, i) => {
        const x = LEFT + (i % LEGEND_COLUMNS) * (INNER / LEGEND_COLUMNS)
        const y = LEGEND.top + Math.floor(i / LEGEND_COLUMNS) * LEGEND.row
        return [
          `<circle class="area point ${classes}" cx="${x}" cy="${y - TEXT_RISE}" r="${POINT_RADIUS}" />`,
          text(x + SAMPLE_GAP, y, title, "text", "start"),
        ]
      }),
    ],
  )
}

function agreement({ boutPeaksDeg }: WornAccuracy) {
  const differences = boutPeaksDeg.map(([truth, device]) => device - truth)
  const middle = mean(differences)
  if (middle === null || differences.length < 2) return undefined
  const squares = differences.reduce((sum, difference) => sum + (difference - middle) ** 2, 0)
  const reach = LIMITS_95 * Math.sqrt(squares / (differences.length - 1))
  return { middle, lower: middle - reach, upper: middle + reach }
}
