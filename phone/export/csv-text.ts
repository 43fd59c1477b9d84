/** Tables as CSV (RFC 4180) that spreadsheet programs open: UTF-8 with a byte-order mark, without which they take it for another encoding. */

/** Undefined is an empty cell; numbers have a point. */
export type Cell = string | number | undefined
/** A value of each row, by the name of its column. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>

const BYTE_ORDER_MARK = "\uFEFF"
const LINE_END = "\r\n"
/** Spreadsheet programs would run what begins so (OWASP, "CSV Injection"); the full-width signs too. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

export function csvText<Row>(columns: Columns<Row>, rows: Iterable<Row>): string {
  const lines = [Object.keys(columns).join(",")]
  for (const row of rows) {
    lines.push(
      Object.values(columns)
        .map((cellOf) => cellText(cellOf(row)))
        .join(","),
    )
  }
  return BYTE_ORDER_MARK + lines.map((line) => line + LINE_END).join("")
}

function cellText(cell: Cell): string {
  if (typeof cell !== "string") return cell === undefined ? "" : String(cell)
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell
  return `"${harmless.replaceAll('"', '""')}"`
}
