/** At the end: what the device counted beside what really happened, and the command that gives the same. */
import { useState } from "preact/hooks"
import { count } from "../../number-words"
import type { Report } from "../../serve/messages"
import { compared, errorWords } from "../totals"
import { usePage } from "../use-page"
import { Scroll } from "./scroll"

export function Summary() {
  const report = usePage((state) => state.report)
  const command = usePage((state) => state.playing?.command)
  if (!report) return null
  return (
    <section class="panel summary" aria-labelledby="summary">
      <div class="panel-head">
        <h2 id="summary">What came of it</h2>
        <p class="tag">{count(report.json.runs.length, "run", "runs")}</p>
      </div>
      <div class="came">
        <Figures report={report} />
        <div class="how">
          {command !== undefined && <Command command={command} />}
          <p class="note">
            {report.truth
              ? "The part-size steps with which a bout begins and ends may count or not; the truth leaves them out. Counts are weakest where the runner’s own depth lies close to the line. How well it does on other knees: docs/accuracy.md."
              : "This recording does not say what really happened."}
          </p>
        </div>
      </div>
      <script type="application/json" id="report">
        {JSON.stringify(report)}
      </script>
    </section>
  )
}

function Figures({ report }: { report: Report }) {
  const rows = compared(report)
  if (rows.length === 0) {
    return (
      <p class="note">
        {report.json.calibrated
          ? "No run: nobody ran for long enough."
          : "No run: the device was not calibrated. It needs a moment of standing still and a few small knee bends."}
      </p>
    )
  }
  const one = ({ isAngle }: { isAngle: boolean }, value: number) =>
    isAngle ? `${value.toFixed(1)}°` : value.toLocaleString("en-US")
  return (
    <Scroll label="Device and truth">
      <table class="figures-table">
        <thead>
          <tr>
            <td />
            <th scope="col" class="device">
              device
            </th>
            <th scope="col">really</th>
            <th scope="col">off by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td class="device">{one(row, row.device)}</td>
              <td>{row.truth === undefined ? "–" : one(row, row.truth)}</td>
              <td>{errorWords(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Command({ command }: { command: string }) {
  const [copied, setCopied] = useState<"" | "copied" | "select it and copy it by hand">("")
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setCopied("copied"),
      () => setCopied("select it and copy it by hand"),
    )
  return (
    <div class="command">
      <p>The same on the command line:</p>
      <div class="command-row">
        <code>{command}</code>
        <button type="button" onClick={copy}>
          Copy
        </button>
        <span role="status">{copied}</span>
      </div>
    </div>
  )
}
