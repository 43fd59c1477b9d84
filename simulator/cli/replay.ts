/** `replay FILE`: a recording, or a scenario with its seed, through the firmware on the virtual board; the device's own report as JSON or as a table. */
import { existsSync } from "node:fs"
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { Engine, EngineName } from "../engine/engine"
import type { ReplayJson } from "../phone/replay-json"
import { JOINED_S } from "../playback"
import { readRecording } from "../recording/read-recording"
import { durationS, type Recording } from "../recording/recording"
import { readScenario } from "../scenario/library"
import { scenarioSimulation } from "../scenario/scenario-simulation"
import {
  type MotionSessionOptions,
  runMotion,
  runSession,
  type SensorCount,
  type SessionResult,
} from "../session"
import { Progress } from "./progress"
import { runTables } from "./run-table"
import type { SettingChoices } from "./setting-option"
import { TraceFile } from "./trace-file"
import { UsageError } from "./usage"
import { clock, count, paintFor } from "./wording"

export interface ReplayOptions {
  engine: EngineName
  board?: BoardKind
  /** Left out: one, or as the scenario says. */
  sensors?: SensorCount
  set: SettingChoices
  /** Of a scenario. */
  seed?: number
  json?: boolean
  trace?: string
}

const JSON_INDENT = 2
const SCENARIO_NAME = /^[a-z-]+$/

/** @param opened the engine, on its way. @throws RecordingError, ScenarioError, UsageError, or Error when the replay failed. */
export async function replayCommand(
  file: string,
  options: ReplayOptions,
  opened: Promise<Engine>,
): Promise<void> {
  if (options.board === "m5stick_cplus" && options.sensors === 2)
    throw new UsageError("--sensors 2: an M5StickC Plus has no wires for a second sensor; leave out --board")
  const played = isScenario(file) ? scenarioReplay(file, options) : await recordingReplay(file, options)
  const { recording } = played
  const traceFile = options.trace === undefined ? undefined : new TraceFile(options.trace, file)
  const progress = options.json ? undefined : new Progress(process.stderr, durationS(recording))
  try {
    for (const note of notesOn(recording)) process.stderr.write(`${file}: ${note}\n`)
    const startS = recording.timeS[0] as number
    const { json, trace } = await played.run({
      engine: options.engine,
      opened,
      trace: traceFile !== undefined,
      listener: { progress: (timeS) => progress?.update(timeS - startS) },
    })
    progress?.end()
    for (const note of notesOnReport(json)) process.stderr.write(`${file}: ${note}\n`)
    if (traceFile && trace) traceFile.write(trace)
    const text = options.json
      ? JSON.stringify(json, null, JSON_INDENT)
      : runTables(json, paintFor(process.stdout))
    process.stdout.write(`${text}\n`)
  } finally {
    progress?.end()
    traceFile?.discard()
  }
}

interface Replay {
  recording: Recording
  run(how: Pick<MotionSessionOptions, "engine" | "opened" | "trace" | "listener">): Promise<SessionResult>
}

/** A recording's name has another end, and its file is there. */
function isScenario(file: string): boolean {
  return file.endsWith(".json") || (SCENARIO_NAME.test(file) && !existsSync(file))
}

async function recordingReplay(file: string, { board, seed, sensors, set }: ReplayOptions): Promise<Replay> {
  if (seed !== undefined)
    throw new UsageError(
      `--seed ${seed}: a recording is as it is; a scenario is drawn from a seed (docs/scenarios.md)`,
    )
  const recording = await readRecording(file)
  const worn = { settings: set, sensors: sensors ?? 1, ...(board && { board }) }
  return { recording, run: (how) => runSession({ recording, ...worn, ...how }) }
}

function scenarioReplay(file: string, { board, seed = 1, sensors, set }: ReplayOptions): Replay {
  const { options } = scenarioSimulation(readScenario(file), {
    seed,
    settings: set,
    ...(board && { board }),
    ...(sensors && { sensors }),
  })
  return { recording: options.motion.recording, run: (how) => runMotion({ ...options, ...how }) }
}

/** What a person should know of a recording that is no error. */
function notesOn({ gaps, beyondRangeRows, ignoredColumns }: Recording): string[] {
  const notes: string[] = []
  const first = gaps[0]
  if (first) {
    const longest = gaps.reduce(
      (most, gap) => (gap.endS - gap.startS > most.endS - most.startS ? gap : most),
      first,
    )
    const longestS = longest.endS - longest.startS
    const meanwhile = longestS > JOINED_S ? "the sensor delivers nothing meanwhile" : "joined by curves"
    const gapCount = count(gaps.length, "gap", "gaps")
    notes.push(
      `${gapCount} (the longest: ${longestS.toFixed(2)} s at ${clock(longest.startS)}); ${meanwhile}`,
    )
  }
  if (beyondRangeRows > 0) {
    notes.push(
      `${count(beyondRangeRows, "row is", "rows are")} beyond the sensor's range of ±16 g and ±2000 °/s`,
    )
  }
  if (ignoredColumns.length > 0) notes.push(`not used: ${ignoredColumns.join(", ")}`)
  return notes
}

/** What the device had no room for. */
function notesOnReport({ runs, runsDropped, bendsDropped }: ReplayJson): string[] {
  const notes: string[] = []
  if (runsDropped > 0)
    notes.push(
      `${count(runsDropped, "run is", "runs are")} missing: the device keeps the last ${runs.length}`,
    )
  for (const { id, boutsDropped } of runs) {
    if (boutsDropped > 0)
      notes.push(
        `run ${id}: ${count(boutsDropped, "bout is", "bouts are")} in its totals, but not in its list`,
      )
  }
  if (bendsDropped > 0)
    notes.push(
      `${count(bendsDropped, "knee bend is", "knee bends are")} missing: the device keeps the last ones`,
    )
  return notes
}
