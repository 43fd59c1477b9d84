/**
 * What was measured and accepted, kept in the project: docs/performance-report.json. The tables and the picture of docs/performance.md
 * and the README's lines are made from it.
 */
import { readFile, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { BenchResult } from "./bench-result"
import type { Stretch } from "./firmware-cost"
import type { Cost } from "./lap-statistics"

export const PERFORMANCE_REPORT_PATH = "docs/performance-report.json"
const REPORT = fileURLToPath(new URL(`../../${PERFORMANCE_REPORT_PATH}`, import.meta.url))
const JSON_INDENT = 2

/** A change that was made for what it saves, and the costs after it. */
export interface Step {
  what: string
  /** Day, UTC. */
  made: string
  instructionsPerSample: Cost
  softFloatCalls: number
  allocatingSamples: number
  /** What XS has taken for slots, chunks and stack of the whole firmware, after a minute of running and a phone's visit. */
  reservedBytes: number
}

export interface PerformanceReport {
  /** Day, UTC. */
  made: string
  result: BenchResult
  hours: { made: string; stretches: Stretch[] }
  steps: Step[]
}

export async function readPerformanceReport(): Promise<PerformanceReport> {
  return JSON.parse(await readFile(REPORT, "utf8")) as PerformanceReport
}

/** Replaces the parts that are given. */
export async function updatePerformanceReport(parts: Partial<PerformanceReport>): Promise<void> {
  const before = await readPerformanceReport()
  await writeFile(REPORT, `${JSON.stringify({ ...before, ...parts }, null, JSON_INDENT)}\n`)
}

/** Today, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}
