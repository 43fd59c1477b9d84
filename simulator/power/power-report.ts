/** The duty of each board's states as counted, kept in docs/power-duty.json (`npm run power -- --accept`), and the budgets that are computed from it. */
import { readFileSync, writeFileSync } from "node:fs"
import type { PerformanceReport } from "../bench/performance-report"
import { readRecording } from "../recording/read-recording"
import { type BoardBudget, budgetOf, HOURS_PER_DAY } from "./budget"
import { BOARDS } from "./currents"
import { type Duties, measureDuty } from "./duty"

export const DUTY_REPORT_PATH = "docs/power-duty.json"
const RECORDING_PATH = "simulator/recordings/S01.csv.gz"
const JSON_INDENT = 2
/** Counts are the same from run to run; what is told to more digits nobody reads. */
const DIGITS = 6
/** On 500 mAh. */
export const TARGET = { board: "XIAO ESP32C3", recordingHours: 20, sleepDays: 30 } as const

/** By the board's name. */
export type DutyReport = Record<string, Duties>

export async function measureAllDuty(): Promise<DutyReport> {
  const recording = await readRecording(RECORDING_PATH)
  const report: DutyReport = {}
  for (const board of BOARDS) report[board.name] = rounded(await measureDuty(board, recording))
  return report
}

function rounded(duties: Duties): Duties {
  return JSON.parse(
    JSON.stringify(duties, (_key, value) =>
      typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value,
    ),
  )
}

/** @throws Error for a board whose duty was not counted */
export function budgetsOf(report: DutyReport, performance: PerformanceReport): BoardBudget[] {
  return BOARDS.map((board) => {
    const duties = report[board.name]
    if (!duties) throw new Error(`${DUTY_REPORT_PATH}: no ${board.name}; run \`npm run power -- --accept\``)
    return budgetOf(board, duties, performance)
  })
}

/** Times as long as is wanted. */
export function targetFactors(budgets: readonly BoardBudget[]): { recording: number; sleep: number } {
  const { hours } = budgets.find(({ name }) => name === TARGET.board) as BoardBudget
  return {
    recording: Math.min(hours.recording, hours.connected) / TARGET.recordingHours,
    sleep: hours.asleep / HOURS_PER_DAY / TARGET.sleepDays,
  }
}

export function readDutyReport(): DutyReport {
  return JSON.parse(readFileSync(DUTY_REPORT_PATH, "utf8")) as DutyReport
}

export function writeDutyReport(report: DutyReport): void {
  writeFileSync(DUTY_REPORT_PATH, `${JSON.stringify(report, null, JSON_INDENT)}\n`)
}
