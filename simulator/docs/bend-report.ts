/**
 * How well knee bends are counted and measured: what `npm run docs -- --recordings FOLDER` keeps in docs/readiness-bends.json, because most recordings are not in
 * the project, and its table in docs/readiness.md.
 */
import { readFileSync, writeFileSync } from "node:fs"
import type { EngineName } from "../engine/engine"
import { type BendReport, evaluateBends } from "../evaluate/bends/report"
import { readFolds } from "../evaluate/coefficient-set"
import { listRecordings } from "../evaluate/folder"
import { jsonFile, rounded } from "./accuracy-report"
import { markdownTable } from "./markdown-table"

export const BEND_REPORT_PATH = "docs/readiness-bends.json"
const DATE_LENGTH = "2026-01-01".length

export interface KeptBendReport extends Omit<BendReport, "failures"> {
  made: string
  engine: EngineName
}

/** @throws Error when a recording could not be played */
export async function measureBends(
  folder: string,
  engine: EngineName,
  tell: (line: string) => void,
): Promise<KeptBendReport> {
  const { failures, ...report } = await evaluateBends(
    await listRecordings(folder),
    await readFolds(),
    engine,
    tell,
  )
  if (failures[0]) throw new Error(`${failures[0].recording}: ${failures[0].message}`)
  return rounded({ made: new Date().toISOString().slice(0, DATE_LENGTH), engine, ...report })
}

export function readBendReport(): KeptBendReport {
  return JSON.parse(readFileSync(BEND_REPORT_PATH, "utf8")) as KeptBendReport
}

export function writeBendReport(report: KeptBendReport): void {
  writeFileSync(BEND_REPORT_PATH, jsonFile(report))
}

export function bendTable({ figures, elsewhereHours, invented, made, engine }: KeptBendReport): string {
  const degrees = (value: number | null) => (value === null ? "–" : `${value.toFixed(1)}°`)
  const head = [
    "bends",
    "calibrated by",
    "made",
    "missed",
    "counted twice",
    "halts told",
    "depth off by",
    "worst",
    "median of a set off by",
  ]
  const rows = figures.map((row) => [
    row.kind,
    row.wearing,
    ...[row.bends, row.missed, row.twice, row.halts].map(String),
    ...[row.meanErrorDeg, row.worstErrorDeg, row.medianErrorDeg].map(degrees),
  ])
  const elsewhere = `Where nobody bent, ${invented} were counted in ${elsewhereHours.toFixed(1)} hours.`
  return `${markdownTable(head, rows)}\n\n${elsewhere} Measured on ${made}, engine ${engine}.`
}
