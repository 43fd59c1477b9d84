/** The mean stride of recorded runners with its spread, and over it that of the virtual runner of mean build: knee and thigh, at three speeds. */
import { MEAN_BODY } from "../runner/body"
import { Panel, type Point, picture, rangeOf, TEXT_RISE, text, ticks, WIDTH } from "./plot"
import { type RunnerReport, type SpeedReport, type Spread, virtualStride } from "./runner-report"

const LEFT = 48
const RIGHT = 30
const BETWEEN = 52
const TOP = 98
const HEIGHT = 110
/** From one speed to the next. */
const ROW = 190
const SPEED_RISE = 32
const FOOT = 36
const LEGEND_Y = 26
const COLUMNS = ["kneeDeg", "thighDeg"] as const
const TITLES = { kneeDeg: "knee flexion", thighDeg: "thigh inclination" } as const
const RANGE_STEP_DEG = 20
const TICK_DEG = { kneeDeg: 40, thighDeg: 20 } as const
const PERCENT = 100
const PERCENT_STEP = 50
const SAMPLE_WIDTH = 26
const SAMPLE_GAP = 6

export function runnerPlot({ speeds }: RunnerReport): string {
  const width = (WIDTH - LEFT - BETWEEN - RIGHT) / COLUMNS.length
  const ranges = Object.fromEntries(
    COLUMNS.map((column) => [
      column,
      rangeOf(
        speeds.flatMap((speed) => reached(speed[column])),
        RANGE_STEP_DEG,
      ),
    ]),
  ) as Record<(typeof COLUMNS)[number], readonly [number, number]>
  const panel = (speed: SpeedReport, row: number, column: (typeof COLUMNS)[number], at: number) => {
    const box = { left: LEFT + at * (width + BETWEEN), top: TOP + row * ROW, width, height: HEIGHT }
    const range = ranges[column]
    const place = new Panel(box, [0, PERCENT], range)
    const off = (sign: number) => along(speed[column].map(({ mean, sd }) => mean + sign * sd))
    const units = { x: " %", y: "°" }
    return [
      ...place.axes(ticks([0, PERCENT], PERCENT_STEP), ticks(range, TICK_DEG[column]), TITLES[column], units),
      place.band(off(-1), off(1), "truth"),
      place.line(along(speed[column].map(({ mean }) => mean)), "truth dashed"),
      place.line(along(virtualStride(MEAN_BODY, speed.speedMs)[column]), "device"),
    ]
  }
  const sample = (x: number, classes: string, words: string) => [
    `<path class="line ${classes}" d="M${x} ${LEGEND_Y}h${SAMPLE_WIDTH}" />`,
    text(x + SAMPLE_WIDTH + SAMPLE_GAP, LEGEND_Y + TEXT_RISE, words, "text", "start"),
  ]
  return picture(
    {
      title: "The virtual runner's stride and that of recorded runners",
      description:
        "Knee flexion and thigh inclination from one initial contact to the next, at three running speeds: the mean of recorded runners with the spread (SD) between them as a band, and the virtual runner of mean build.",
      height: TOP + (speeds.length - 1) * ROW + HEIGHT + FOOT,
    },
    [
      ...sample(LEFT, "truth dashed", "recorded, ± SD"),
      ...sample(WIDTH / 2, "device", "virtual runner"),
      ...speeds.flatMap((speed, row) => [
        text(
          LEFT,
          TOP + row * ROW - SPEED_RISE,
          `${speed.speedMs} m/s, ${speed.runners} runners`,
          "soft",
          "start",
        ),
        ...COLUMNS.flatMap((column, at) => panel(speed, row, column, at)),
      ]),
    ],
  )
}

function reached(curve: readonly Spread[]): number[] {
  return curve.flatMap(({ mean, sd }) => [mean - sd, mean + sd])
}

function along(curve: readonly number[]): Point[] {
  return curve.map((angle, i) => [(PERCENT * i) / (curve.length - 1), angle])
}
