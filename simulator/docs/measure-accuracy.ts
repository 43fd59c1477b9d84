/**
 * Measures the accuracy report anew: `npm run docs -- --recordings FOLDER [--robustness]`. In: a folder of development recordings
 * (most of them are not in the project), trials of BROAD in its folder `broad`. Parts that are not measured this time stay as they
 * were, with their date.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { EngineName } from "../engine/engine"
import { evaluateBroad } from "../evaluate/broad/report"
import { readFolds } from "../evaluate/coefficient-set"
import { type Evaluation, evaluateRecordings, type Failure, type Replay } from "../evaluate/evaluation"
import { listRecordings } from "../evaluate/folder"
import { evaluateRobustness } from "../evaluate/robustness"
import { makeReport } from "../evaluate/table"
import { WEARING_NAMES, WEARINGS, type Wearing } from "../evaluate/wearing"
import { readRecording } from "../recording/read-recording"
import { type AccuracyReport, type Measured, rounded, type WornAccuracy } from "./accuracy-report"
import { plottedStride } from "./plotted-stride"

export interface AccuracyChoice {
  engine: EngineName
  tell?(line: string): void
  robustness?: boolean
  /** What is known already. */
  saved?: AccuracyReport
}

const COMMAND = "npm run docs -- --recordings FOLDER --robustness"
const CONDITIONS =
  "Each runner is scored with coefficients that were fitted without that runner. Synthetic inertial signals, " +
  "made from motion capture of treadmill running (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, CC BY 4.0) with the faults of a real sensor modelled."
const BROAD_FOLDER = "broad"

/** @throws Error when a recording failed, or when a runner was not left out: the conditions would not be true. */
export async function measureAccuracy(folder: string, choice: AccuracyChoice): Promise<AccuracyReport> {
  const { engine, saved, tell = () => {} } = choice
  const one = await measureWorn(folder, WEARINGS.one, choice)
  const { made, firmware, model } = one
  const stamp: Measured = { made, engine, firmware, model }
  const worn: AccuracyReport["worn"] = { one }
  const isWholeLeg = await haveShanks(folder)
  for (const name of WEARING_NAMES) {
    if (name === "one") continue
    const known = saved?.worn[name]
    if (isWholeLeg) worn[name] = await measureWorn(folder, WEARINGS[name], choice)
    else if (known) worn[name] = known
  }
  const report: AccuracyReport = { command: COMMAND, conditions: CONDITIONS, worn }

  const broadFolder = join(folder, BROAD_FOLDER)
  if (existsSync(broadFolder)) {
    const { failures, ...broad } = await evaluateBroad(await listRecordings(broadFolder), engine, tell)
    refuse(failures)
    report.broad = rounded({ ...stamp, ...broad })
  } else if (saved?.broad) report.broad = saved.broad

  if (choice.robustness) {
    const replay = WEARINGS.one.replay(engine)
    const { rows, failures } = await evaluateRobustness(
      await listRecordings(folder),
      await readFolds(),
      replay,
      tell,
    )
    refuse(failures)
    report.robustness = rounded({ ...stamp, rows: rows.map(({ worst: _worst, ...row }) => row) })
  } else if (saved?.robustness) report.robustness = saved.robustness
  return report
}

/** Whether two sensors can be worn in every recording of the folder. */
async function haveShanks(folder: string): Promise<boolean> {
  for (const path of await listRecordings(folder)) if (!(await readRecording(path)).shank) return false
  return true
}

async function measureWorn(
  folder: string,
  { replay, judgedFromS }: Wearing,
  { engine, tell = () => {} }: AccuracyChoice,
): Promise<WornAccuracy> {
  const said = { firmware: "", model: "" }
  const noting: Replay = async (recording, coefficients, session) => {
    const replayed = await replay(engine)(recording, coefficients, session)
    said.firmware = replayed.firmware ?? ""
    said.model = replayed.model ?? ""
    return replayed
  }
  const paths = await listRecordings(folder)
  const options = judgedFromS && { judgedFromS }
  const evaluation = await evaluateRecordings(paths, await readFolds(), noting, tell, options)
  refuse(evaluation.failures)
  refuseKnown(evaluation)
  const { recordings, failures: _failures, ...figures } = makeReport(evaluation)
  const strides = evaluation.scored.map(({ stride }) => stride).filter((stride) => stride !== null)
  return rounded({
    made: new Date().toISOString().slice(0, "2026-01-01".length),
    engine,
    ...said,
    ...figures,
    recordings: recordings.map(({ bouts: _bouts, notes: _notes, ...row }) => row),
    stride: plottedStride(strides),
    boutPeaksDeg: evaluation.scored.flatMap(({ score }) =>
      score.bouts.flatMap(({ peakMedianDeg: { truth, device } }): [number, number][] =>
        device === null ? [] : [[truth, device]],
      ),
    ),
  })
}

function refuse([failure]: readonly Failure[]): void {
  if (failure) throw new Error(`${failure.recording}: ${failure.message}`)
}

function refuseKnown({ scored }: Evaluation): void {
  const known = scored.find(({ score }) => !score.set.startsWith("fold "))?.score
  if (known)
    throw new Error(`${known.recording}: scored with the ${known.set} coefficients, which may know it`)
}
