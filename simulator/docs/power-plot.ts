/** Where a cell's charge goes, as stacked bars: each state of each board, its mean current by what takes it, on a scale of its own. */
import { type BoardBudget, PARTS, type PartName, totalMa } from "../power/budget"
import { STATES } from "../power/duty"
import { picture, px, text, WIDTH } from "./plot"
import { current, PART_WORDS, STATE_WORDS } from "./power-tables"

const LEFT = 18
const LEGEND = { top: 17, row: 20, columns: 2, box: 11, textGap: 18 } as const
const TOP = 104
const ROW = 46
const LABEL_ROW = 8
const BAR_HEIGHT = 16
const BELOW = 10
const PERCENT = 100
/** Where a part's share is written into its bar. */
const WRITTEN_SHARE = 0.14
/** Colour and its strength: as many colours as the plots have, and each of them light again. */
const FILLS: Record<PartName, { classes: string; opacity: number }> = {
  core: { classes: "device", opacity: 1 },
  between: { classes: "device", opacity: 0.45 },
  radio: { classes: "other", opacity: 1 },
  sensor: { classes: "third", opacity: 1 },
  motor: { classes: "third", opacity: 0.45 },
  board: { classes: "truth", opacity: 0.6 },
}

export function powerPlot(budgets: readonly BoardBudget[]): string {
  const bars = budgets.flatMap((budget) => STATES.map((state) => ({ budget, state })))
  const legend = PARTS.map((part, at) => {
    const x = LEFT + (at % LEGEND.columns) * (WIDTH / LEGEND.columns - LEFT)
    const y = LEGEND.top + Math.floor(at / LEGEND.columns) * LEGEND.row
    return `${box(part, x, y, LEGEND.box, LEGEND.box)}${text(x + LEGEND.textGap, y + LEGEND.box - 1, PART_WORDS[part], "text", "start")}`
  })
  const rows = bars.flatMap(({ budget: { name, states }, state }, row) => {
    const top = TOP + row * ROW
    const total = totalMa(states[state])
    let x = LEFT
    const parts = PARTS.map((part) => {
      const share = states[state][part] / total
      const width = share * (WIDTH - 2 * LEFT)
      const drawn = box(part, x, top + LABEL_ROW, width, BAR_HEIGHT)
      const middle = x + width / 2
      x += width
      if (share < WRITTEN_SHARE) return drawn
      return `${drawn}${text(middle, top + LABEL_ROW + BAR_HEIGHT - 4, `${Math.round(share * PERCENT)} %`, FILLS[part].opacity === 1 ? "onFill" : "text", "middle")}`
    })
    return [text(LEFT, top, `${name}, ${STATE_WORDS[state]}: ${current(total)}`, "text", "start"), ...parts]
  })
  return picture(
    {
      title: "Where the charge goes",
      description:
        "A stacked bar for each state of each board: the shares of core, radio, sensor, motor and the rest of the board in its mean current, computed. The table beside it has the numbers.",
      height: TOP + bars.length * ROW - BELOW,
    },
    [...legend, ...rows],
  )
}

function box(part: PartName, x: number, y: number, width: number, height: number): string {
  const { classes, opacity } = FILLS[part]
  return `<rect class="area bar ${classes}" fill-opacity="${opacity}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${height}" />`
}
