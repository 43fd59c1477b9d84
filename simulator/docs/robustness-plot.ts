/** What disturbances do to the two figures that a wearer lives by, as bars: the error of counted peaks and the band error. */
import type { MetricName } from "../evaluate/metrics"
import type { AccuracyReport } from "./accuracy-report"
import { decimals } from "./accuracy-words"
import { picture, px, text, WIDTH } from "./plot"

const TOP = 62
const LABEL_ROW = 18
const BAR_HEIGHT = 12
const BAR_GAP = 3
const ROW = 58
const LEFT = 18
const VALUE_WIDTH = 64
const VALUE_GAP = 6
const LEGEND = { y: 17, textGap: 18 } as const
const BELOW = 10
const BARS: readonly { name: MetricName; words: string; unit: string; classes: string }[] = [
  { name: "countedPeakErrorDeg", words: "stance peak off by", unit: "°", classes: "device" },
  { name: "bandErrorPercent", words: "compressions off by", unit: " %", classes: "other" },
]

/** Undefined when robustness was not measured. */
export function robustnessPlot({ robustness }: AccuracyReport): string | undefined {
  if (!robustness) return undefined
  const widest = BARS.map(({ name }) => Math.max(...robustness.rows.map(({ mean }) => mean[name] ?? 0)))
  const legend = BARS.map(({ words, classes }, i) => {
    const x = LEFT + i * (WIDTH / 2 - LEFT)
    return `<rect class="area bar ${classes}" x="${x}" y="${LEGEND.y}" width="${BAR_HEIGHT}" height="${BAR_HEIGHT}" />${text(x + LEGEND.textGap, LEGEND.y + BAR_HEIGHT - 1, words, "text", "start")}`
  })
  const rows = robustness.rows.flatMap(({ title, mean }, row) => {
    const top = TOP + row * ROW
    return [
      text(LEFT, top, title, "text", "start"),
      ...BARS.flatMap(({ name, unit, classes }, i) => {
        const value = mean[name]
        const y = top + LABEL_ROW - BAR_HEIGHT + i * (BAR_HEIGHT + BAR_GAP)
        const share = value === null || value === undefined ? 0 : value / (widest[i] || 1)
        const width = share * (WIDTH - 2 * LEFT - VALUE_WIDTH)
        return [
          `<rect class="area bar ${classes}" x="${LEFT}" y="${px(y)}" width="${px(width)}" height="${BAR_HEIGHT}" />`,
          text(LEFT + width + VALUE_GAP, y + BAR_HEIGHT - 1, `${decimals(value, 1)}${unit}`, "soft", "start"),
        ]
      }),
    ]
  })
  return picture(
    {
      title: "What disturbances do",
      description:
        "Two bars for each disturbance of the recordings: the mean error of the counted stance peak in degrees, and of the compressions in percent of strides. The table beside it has the numbers.",
      height: TOP + robustness.rows.length * ROW - BELOW,
    },
    [...legend, ...rows],
  )
}
