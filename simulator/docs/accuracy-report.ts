/**
 * How well the device measures, kept in the project: docs/accuracy-report.json, from `npm run docs -- --recordings FOLDER`.
 * In: a folder of development recordings (most of them are not in the project); out: `evaluate`'s report without its single
 * bouts, with date and conditions. The tables in README.md and docs/measuring.md are made from that file.
 */
import { readFileSync, writeFileSync } from "node:fs"
import type { EngineName } from "../engine/engine"
import { readFolds } from "../evaluate/coefficient-set"
import { evaluateRecordings, replayTraced } from "../evaluate/evaluation"
import { listRecordings } from "../evaluate/folder"
import type { RecordingScore } from "../evaluate/score"
import { makeReport, type Report } from "../evaluate/table"

export const ACCURACY_REPORT_PATH = "docs/accuracy-report.json"

export type RunnerRow = Omit<RecordingScore, "bouts" | "notes">

export interface AccuracyReport {
  /** Day of the measurement, UTC. */
  made: string
  command: string
  conditions: string
  engine: EngineName
  firmware: string
  model: string
  recordings: RunnerRow[]
  mean: Report["mean"]
  worst: Report["worst"]
  trivial: Report["trivial"]
  totals: Report["totals"]
}

const CONDITIONS =
  "One thigh sensor. Each runner is scored with coefficients that were fitted without that runner. Synthetic inertial signals, " +
  "made from motion capture of treadmill running (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, CC BY 4.0) with the faults of a real sensor modelled."
/** Digits kept in the file: more than any table shows. */
const DIGITS = 6

/** @throws Error when a recording failed, or when a runner was not left out: the conditions would not be true. */
export async function measureAccuracy(
  folder: string,
  engine: EngineName,
  tell: (line: string) => void = () => {},
): Promise<AccuracyReport> {
  let firmware = ""
  let model = ""
  const evaluation = await evaluateRecordings(
    await listRecordings(folder),
    await readFolds(),
    async (recording, coefficients) => {
      const replayed = await replayTraced(recording, coefficients, engine)
      firmware = replayed.firmware
      model = replayed.model
      return replayed
    },
    tell,
  )
  const failure = evaluation.failures[0]
  if (failure) throw new Error(`${failure.recording}: ${failure.message}`)
  const seen = evaluation.scored.find(({ score }) => !score.set.startsWith("fold "))?.score
  if (seen) throw new Error(`${seen.recording}: scored with the ${seen.set} coefficients, which may know it`)
  const { recordings, mean, worst, trivial, totals } = makeReport(evaluation)
  return rounded({
    made: new Date().toISOString().slice(0, "2026-01-01".length),
    command: "npm run docs -- --recordings FOLDER",
    conditions: CONDITIONS,
    engine,
    firmware,
    model,
    recordings: recordings.map(({ bouts: _bouts, notes: _notes, ...row }) => row),
    mean,
    worst,
    trivial,
    totals,
  })
}

export function readAccuracyReport(): AccuracyReport {
  return JSON.parse(readFileSync(ACCURACY_REPORT_PATH, "utf8")) as AccuracyReport
}

export function writeAccuracyReport(report: AccuracyReport): void {
  writeFileSync(ACCURACY_REPORT_PATH, `${JSON.stringify(report, null, 2)}\n`)
}

function rounded(report: AccuracyReport): AccuracyReport {
  const round = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value
  return JSON.parse(JSON.stringify(report, round)) as AccuracyReport
}
