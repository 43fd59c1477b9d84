/**
 * `npm run power [-- --json | --accept]`: how long a cell lasts, computed from datasheets and from duty that is counted on the virtual board (docs/power.md).
 * Standard output is the result. Exit code 1 when 500 mAh do not last as long as they are to.
 */
import { readPerformanceReport } from "../bench/performance-report"
import { plainTable } from "../cli/plain-table"
import { ExitCode } from "../cli/usage"
import { type BoardBudget, HOURS_PER_DAY, totalMa } from "./budget"
import { STATES } from "./duty"
import { budgetsOf, measureAllDuty, TARGET, targetFactors, writeDutyReport } from "./power-report"

export interface PowerOptions {
  json?: boolean
  /** Keep what is counted: figures of docs/power.md. */
  accept?: boolean
}

/** Resolves to the exit code. */
export async function powerCommand({ json, accept }: PowerOptions): Promise<number> {
  const report = await measureAllDuty()
  const budgets = budgetsOf(report, await readPerformanceReport())
  process.stdout.write(json ? `${JSON.stringify(budgets)}\n` : table(budgets))
  if (accept) {
    writeDutyReport(report)
    process.stderr.write("Kept in docs/power-duty.json; `npm run docs` writes it out.\n")
  }
  const { recording, sleep } = targetFactors(budgets)
  if (recording >= 1 && sleep >= 1) return ExitCode.done
  process.stderr.write(
    `  ✘ ${TARGET.board}: ${TARGET.recordingHours} h of recording or ${TARGET.sleepDays} days of sleep are not met\n`,
  )
  return ExitCode.failed
}

function table(budgets: readonly BoardBudget[]): string {
  const rows = budgets.flatMap(({ name, cell, states, hours }) =>
    STATES.map((state) => [
      name,
      cell.words,
      state,
      totalMa(states[state]).toFixed(3),
      hours[state].toFixed(1),
      (hours[state] / HOURS_PER_DAY).toFixed(1),
    ]),
  )
  const head = ["board", "cell", "state", "mA", "hours", "days"]
  return `${plainTable(
    head,
    head.map((_, at) => (at < 3 ? ("left" as const) : ("right" as const))),
    rows,
  )}\n`
}
