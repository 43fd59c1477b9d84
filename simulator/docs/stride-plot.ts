/** The mean stride of all runners: knee and thigh, true and as the device had them live, with the spread of the error between runners. */
import { WEARINGS } from "../evaluate/wearing"
import { type AccuracyReport, wornOf } from "./accuracy-report"
import { Panel, type Point, picture, rangeOf, TEXT_RISE, text, ticks, WIDTH } from "./plot"
import type { PlottedCurve } from "./plotted-stride"

const LEFT = 48
const RIGHT = 26
const KNEE = { top: 62, height: 200 }
const THIGH = { top: 310, height: 110 }
const LEGEND = { top: 460, row: 22, below: 18 } as const
const LEGEND_COLUMNS = 2
const NOTE_Y = 26
const DEG_STEP = { knee: 20, thigh: 20 } as const
const PERCENT = 100
const PERCENT_STEP = 25
const SAMPLE_WIDTH = 26
const SAMPLE_GAP = 6
/** One for each way to wear it. */
const CLASSES = ["device", "third", "other"] as const

/** Undefined when no stride was measured. */
export function stridePlot(report: AccuracyReport): string | undefined {
  // The taught estimate is judged by the faster bouts alone: their mean stride is another.
  const worn = wornOf(report).flatMap(({ name, title, figures }, i) =>
    figures.stride && !WEARINGS[name].judgedFromS
      ? [{ title, stride: figures.stride, classes: CLASSES[i] as string }]
      : [],
  )
  const [first] = worn
  if (!first) return undefined
  const panel = (name: "knee" | "thigh", title: string, box: { top: number; height: number }) => {
    const curves = worn.map(({ stride }) => stride[name])
    const range = rangeOf(curves.flatMap(reached), DEG_STEP[name])
    const place = new Panel({ left: LEFT, width: WIDTH - LEFT - RIGHT, ...box }, [0, PERCENT], range)
    return [
      place.shade([0, first.stride.stanceShare * PERCENT]),
      ...place.axes(ticks([0, PERCENT], PERCENT_STEP), ticks(range, DEG_STEP[name]), title, {
        x: " %",
        y: "°",
      }),
      ...worn.map(({ stride, classes }) => {
        const { deviceDeg, errorSdDeg } = stride[name]
        const off = (sign: number) =>
          along(deviceDeg.map((angle, i) => angle + sign * (errorSdDeg[i] as number)))
        return place.band(off(-1), off(1), classes)
      }),
      ...worn.map(({ stride, classes }) => place.line(along(stride[name].deviceDeg), classes)),
      place.line(along(first.stride[name].truthDeg), "truth dashed"),
    ]
  }
  const entries = [{ title: "true", classes: "truth dashed" }, ...worn]
  const legend = entries.flatMap(({ title, classes }, i) => {
    const x = LEFT + (i % LEGEND_COLUMNS) * ((WIDTH - LEFT - RIGHT) / LEGEND_COLUMNS)
    const y = LEGEND.top + Math.floor(i / LEGEND_COLUMNS) * LEGEND.row
    return [
      `<path class="line ${classes}" d="M${x} ${y}h${SAMPLE_WIDTH}" />`,
      text(x + SAMPLE_WIDTH + SAMPLE_GAP, y + TEXT_RISE, title, "text", "start"),
    ]
  })
  return picture(
    {
      title: "A mean stride, true and measured",
      description:
        "Knee flexion and thigh inclination from one initial contact to the next, the mean over all runners and paces: as they were, and as the device had them live. " +
        "The band is the spread (SD) of the error between runners; shaded, the leg is loaded.",
      height: LEGEND.top + Math.floor((entries.length - 1) / LEGEND_COLUMNS) * LEGEND.row + LEGEND.below,
    },
    [
      text(LEFT, NOTE_Y, "shaded: leg loaded; band: SD of the error", "soft", "start"),
      ...panel("knee", "knee flexion", KNEE),
      ...panel("thigh", "thigh inclination", THIGH),
      ...legend,
    ],
  )
}

function reached({ truthDeg, deviceDeg, errorSdDeg }: PlottedCurve): number[] {
  return [
    ...truthDeg,
    ...deviceDeg.flatMap((angle, i) => [
      angle - (errorSdDeg[i] as number),
      angle + (errorSdDeg[i] as number),
    ]),
  ]
}

function along(curve: readonly number[]): Point[] {
  return curve.map((angle, i) => [(PERCENT * i) / (curve.length - 1), angle])
}
