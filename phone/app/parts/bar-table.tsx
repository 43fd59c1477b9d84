/** A table whose rows have a bar each: it reads the same without seeing them. */
import { Bar } from "./bar"

export interface BarRow {
  name: string
  value: string
  /** 0 to 1. */
  share: number
}

interface BarTableProps {
  caption: string
  /** What the rows are of, and what the values are. */
  heads: readonly [string, string]
  rows: readonly BarRow[]
}

export function BarTable({ caption, heads: [nameHead, valueHead], rows }: BarTableProps) {
  return (
    <table class="bar-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{nameHead}</th>
          <th scope="col">{valueHead}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, share }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <div class="bar-value">
                <Bar share={share} />
                {value}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
