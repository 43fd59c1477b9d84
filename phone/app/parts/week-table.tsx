/** A knee's weeks, a row each; where another firmware or model began to measure, it says so between the rows. */
import { Fragment } from "preact"
import type { WeekRow } from "../week-rows"
import { Bar } from "./bar"

export function WeekTable({ rows }: { rows: readonly WeekRow[] }) {
  return (
    <table class="week-table">
      <thead>
        <tr>
          <th scope="col">Week</th>
          <th scope="col">Runs</th>
          <th scope="col">Time</th>
          <th scope="col">Load</th>
          <th scope="col">Median depth</th>
          <th scope="col">Of 100 strides</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.key}>
            {row.breakWords && (
              <tr>
                <td class="version-change" colSpan={6}>
                  {row.breakWords}
                </td>
              </tr>
            )}
            <tr>
              <th scope="row">
                {row.week}
                {row.hasDoubt && <span class="week-doubt"> (doubtful data)</span>}
              </th>
              <td>{row.runs}</td>
              <td>{row.time}</td>
              <td>
                <span class="week-load">
                  <Bar share={row.loadShare} />
                  {row.load}
                </span>
              </td>
              <td>{row.depth}</td>
              <td>{row.past}</td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
