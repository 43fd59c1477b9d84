/**
 * How well the device measures, kept in the project: docs/accuracy-report.json, written by `npm run docs -- --recordings FOLDER`
 * (measure-accuracy.ts). The tables in README.md and docs/accuracy.md and its pictures are made from that file.
 */
import { readFileSync, writeFileSync } from "node:fs"
import type { EngineName } from "../engine/engine"
import type { BroadReport } from "../evaluate/broad/report"
import type { RobustnessRow } from "../evaluate/robustness"
import type { RecordingScore } from "../evaluate/score"
import type { Report } from "../evaluate/table"
import { WEARING_NAMES, WEARING_TITLES, type WearingName } from "../evaluate/wearing"
import type { PlottedStride } from "./plotted-stride"

export const ACCURACY_REPORT_PATH = "docs/accuracy-report.json"

export type RunnerRow = Omit<RecordingScore, "bouts" | "notes">

/** When and with what a part was measured: parts may differ in age. */
export interface Measured {
  /** Day, UTC. */
  made: string
  engine: EngineName
  firmware: string
  model: string
}

/** The device worn in one way: `evaluate`'s report without its single bouts, and what the pictures need. */
export interface WornAccuracy
  extends Measured,
    Pick<Report, "mean" | "interval" | "worst" | "trivial" | "smallestChange" | "totals"> {
  recordings: RunnerRow[]
  stride: PlottedStride | null
  /** Median stance peak of each bout that was found, degrees: true, estimated. */
  boutPeaksDeg: [truth: number, device: number][]
}

export interface AccuracyReport {
  command: string
  conditions: string
  worn: Partial<Record<WearingName, WornAccuracy>> & { one: WornAccuracy }
  /** Of one sensor. */
  robustness?: Measured & { rows: Omit<RobustnessRow, "worst">[] }
  broad?: Measured & Omit<BroadReport, "failures">
}

/** Digits kept in the file: more than any table shows. */
const DIGITS = 6
const JSON_INDENT = 2
/** A list of numbers and nothing else takes a line, not a line a number. */
const NUMBER_LIST = /\[\s+(-?\d[-\d.e+,\s]*?)\s+\]/g

/** The ways to wear it that were measured, in the order of the columns. */
export function wornOf({
  worn,
}: AccuracyReport): { name: WearingName; title: string; figures: WornAccuracy }[] {
  return WEARING_NAMES.flatMap((name) => {
    const figures = worn[name]
    return figures ? [{ name, title: WEARING_TITLES[name], figures }] : []
  })
}

export function readAccuracyReport(): AccuracyReport {
  return JSON.parse(readFileSync(ACCURACY_REPORT_PATH, "utf8")) as AccuracyReport
}

export function writeAccuracyReport(report: AccuracyReport): void {
  writeFileSync(ACCURACY_REPORT_PATH, jsonFile(report))
}

export function jsonFile(value: object): string {
  const text = JSON.stringify(value, null, JSON_INDENT)
  const compact = text.replaceAll(NUMBER_LIST, (_, numbers: string) => `[${numbers.replaceAll(/\s+/g, " ")}]`)
  return `${compact}\n`
}

export function rounded<Part>(part: Part): Part {
  const round = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value
  return JSON.parse(JSON.stringify(part, round)) as Part
}
