/** A table without a frame for a terminal, from cli-table3: cells in columns, one line a row. */
import Table from "cli-table3"

type Cell = string | number
type Align = "left" | "right"

/** The frame's parts by their names in cli-table3. */
const LINES = ["top", "bottom", "mid"].flatMap((side) => [
  side,
  `${side}-mid`,
  `${side}-left`,
  `${side}-right`,
])
const MIDDLES = ["left-mid", "mid-mid", "right-mid"]
/** Between two columns, and in front of the first. */
const GAP = "  "

/** @param aligns of the columns */
export function plainTable(
  head: readonly string[],
  aligns: readonly Align[],
  rows: readonly (readonly Cell[])[],
): string {
  const table = new Table({
    head: [...head],
    colAligns: [...aligns],
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    chars: {
      ...Object.fromEntries([...LINES, ...MIDDLES].map((part) => [part, ""])),
      ...{ left: GAP, middle: GAP, right: "" },
    },
  })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}
