/**
 * Scores every recording of a folder. A recording that cannot be read or replayed is named among the failures and the others
 * go on; nothing is left out silently.
 */
import { basename } from "node:path"
import { describeError, exitCodeOf } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import { readRecording } from "../recording/read-recording"
import type { Recording } from "../recording/recording"
import { runSession, type SensorCount } from "../session"
import type { DeviceBout } from "./bout-errors"
import { type CoefficientSet, chooseSet, type Fold } from "./coefficient-set"
import type { TraceColumns } from "./delay"
import type { Disturbance } from "./disturbances"
import { readSessionTruth, truthColumns } from "./folder"
import { judgedFrom } from "./judged-part"
import { inLanes } from "./lanes"
import { type Replayed, type ScoredRecording, scoreRecording } from "./score"
import type { SessionTruth } from "./truth"
import { truthFromColumns } from "./truth-from-columns"

/** Rates that the device's chips can be set to, Hz. */
export type ChipRate = NonNullable<Disturbance["chipRate"]>

/** Plays the recording through the firmware with these coefficients (the shipped ones when `model` is undefined). */
export type Replay = (
  recording: Recording,
  model: unknown,
  session?: SessionTruth,
  chipRate?: ChipRate,
) => Promise<DeviceReport>

/** What the device said, and by which firmware and model it said so. */
export interface DeviceReport {
  runs: DeviceRun[]
  calibrated: boolean
  trace: TraceColumns
  firmware?: string
  model?: string
}

export interface DeviceRun {
  bouts: DeviceBout[]
}

export interface Failure {
  recording: string
  message: string
  /** 2 when the input is at fault, else 1. */
  exitCode: number
}

export interface Evaluation {
  scored: ScoredRecording[]
  failures: Failure[]
}

export interface EvaluationOptions {
  /** In place of reading a recording's file each time. */
  read?(path: string): Promise<Recording>
  /** From when on a recording is judged, s; left out, from its start. */
  judgedFromS?(session: SessionTruth): number
}

/** A `Replay` on an engine. */
export async function replayTraced(
  recording: Recording,
  model: unknown,
  engine: EngineName,
  sensors: SensorCount = 1,
  chipRate?: ChipRate,
): Promise<DeviceReport> {
  const choice = { ...(model !== undefined && { model }), ...(chipRate && { chipRate }) }
  const { json, trace } = await runSession({ recording, engine, sensors, trace: true, ...choice })
  if (!trace) throw new Error(`${recording.name}: the session kept no trace`)
  return { ...json, trace }
}

/** @param tell takes a line of progress a recording. */
export async function evaluateRecordings(
  paths: readonly string[],
  folds: readonly Fold[],
  replay: Replay,
  tell: (line: string) => void,
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  let done = 0
  const outcomes = await inLanes(paths, async (path): Promise<ScoredRecording | Failure> => {
    const outcome = await evaluateRecording(path, folds, replay, tell, options).catch((error) =>
      failureOf(path, error),
    )
    done++
    const said =
      "exitCode" in outcome
        ? `${outcome.recording} failed: ${outcome.message}`
        : `${outcome.score.recording} scored with ${outcome.score.set}`
    tell(`${done}/${paths.length} ${said}`)
    return outcome
  })
  return {
    scored: outcomes.filter((outcome): outcome is ScoredRecording => !("exitCode" in outcome)),
    failures: outcomes.filter((outcome): outcome is Failure => "exitCode" in outcome),
  }
}

async function evaluateRecording(
  path: string,
  folds: readonly Fold[],
  replay: Replay,
  tell: (line: string) => void,
  { read = readRecording, judgedFromS = () => Number.NEGATIVE_INFINITY }: EvaluationOptions,
): Promise<ScoredRecording> {
  const recording = await read(path)
  const beside = await readSessionTruth(path)
  const set: CoefficientSet = chooseSet(beside, folds)
  if (set.warning) tell(`${recording.name}: ${set.warning}`)
  const session = beside ?? (recording.truth && truthFromColumns(recording.timeS, recording.truth))
  const { runs, calibrated, trace } = await replay(recording, set.model, session)
  const replayed: Replayed = {
    recording: recording.name,
    set,
    calibrated,
    trace,
    runs: runs.length,
    bouts: runs.flatMap((run) => run.bouts),
    columns: truthColumns(recording),
    session,
  }
  return scoreRecording(session ? judgedFrom(replayed, judgedFromS(session)) : replayed)
}

export function failureOf(path: string, error: unknown): Failure {
  return { recording: basename(path), message: describeError(error), exitCode: exitCodeOf(error) }
}
