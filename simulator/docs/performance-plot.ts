/** What each step bought, as bars: instructions a sample on the mean and, at its own scale, the dearest sample; and the budget as a line. */
import type { PerformanceReport } from "../bench/performance-report"
import { picture, px, text, WIDTH } from "./plot"

const TOP = 66
const LABEL_ROW = 18
const BAR_HEIGHT = 11
const BAR_GAP = 3
const ROW = 56
const LEFT = 18
const VALUE_WIDTH = 82
const VALUE_GAP = 6
const LEGEND = { y: 17, textGap: 18 } as const
const BELOW = 10
const LABEL_LETTERS = 54
const BARS = [
  { name: "mean", words: "a sample, mean", classes: "device", budget: 50_000 },
  { name: "max", words: "the dearest sample", classes: "other", budget: 150_000 },
] as const

export function stepsPlot({ steps }: PerformanceReport): string {
  const widest = BARS.map(({ name }) => Math.max(...steps.map((step) => step.instructionsPerSample[name])))
  const room = WIDTH - 2 * LEFT - VALUE_WIDTH
  const legend = BARS.map(({ words, classes }, i) => {
    const x = LEFT + i * (WIDTH / 2 - LEFT)
    return `<rect class="area bar ${classes}" x="${x}" y="${LEGEND.y}" width="${BAR_HEIGHT}" height="${BAR_HEIGHT}" />${text(x + LEGEND.textGap, LEGEND.y + BAR_HEIGHT - 1, words, "text", "start")}`
  })
  const rows = steps.flatMap(({ what, instructionsPerSample }, row) => {
    const top = TOP + row * ROW
    return [
      text(LEFT, top, shortened(what), "text", "start"),
      ...BARS.flatMap(({ name, classes, budget }, i) => {
        const most = widest[i] as number
        const y = top + LABEL_ROW - BAR_HEIGHT + i * (BAR_HEIGHT + BAR_GAP)
        const width = (instructionsPerSample[name] / most) * room
        const limit = LEFT + (budget / most) * room
        return [
          `<rect class="area bar ${classes}" x="${LEFT}" y="${px(y)}" width="${px(width)}" height="${BAR_HEIGHT}" />`,
          `<path class="line truth" d="M${px(limit)} ${px(y - 1)}v${BAR_HEIGHT + 2}" />`,
          text(
            Math.max(LEFT + width, limit) + VALUE_GAP,
            y + BAR_HEIGHT - 1,
            instructionsPerSample[name].toLocaleString("en-US"),
            "soft",
            "start",
          ),
        ]
      }),
    ]
  })
  return picture(
    {
      title: "What each step bought",
      description:
        "Two bars for each step towards a cheaper pipeline: the mean cost of a sample and that of the dearest sample, in instructions, each with a mark at its budget. The table beside it has the numbers.",
      height: TOP + steps.length * ROW - BELOW,
    },
    [...legend, ...rows],
  )
}

function shortened(words: string): string {
  return words.length <= LABEL_LETTERS ? words : `${words.slice(0, LABEL_LETTERS - 1).trimEnd()}…`
}
