/** The trends in numbers; the table is made when it is opened. */
import { useMemo, useState } from "preact/hooks"
import type { Period } from "../../runs/trend"
import { hashOf } from "../route"
import type { KneeTrend } from "../trends/knee-trend"
import { COLUMNS, tableRows } from "../trends/table"

interface TrendTableProps {
  knees: readonly KneeTrend[]
  fromDay: number
  period: Period
}

export function TrendTable(props: TrendTableProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details class="panel" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>All numbers as a table</summary>
      {isOpen && <Table {...props} />}
    </details>
  )
}

function Table({ knees, fromDay, period }: TrendTableProps) {
  const rows = useMemo(() => tableRows(knees, fromDay, period), [knees, fromDay, period])
  return (
    <section class="wide-table" aria-label="Trends in numbers">
      <table>
        <thead>
          <tr>
            <th scope="col">{period === "week" ? "Week" : "Month"}</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, period: words, year, cells }) => (
            <tr key={key}>
              <th scope="row">
                <a href={hashOf({ screen: "runs", year })}>{words}</a>
              </th>
              {cells.map((cell, column) => (
                <td key={COLUMNS[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
