/**
 * `evaluate FOLDER [--json] [--engine xs|node] [--sensors 1]`: the error table of a folder of recordings (table.ts says what is
 * in the JSON). Standard output is the table; progress and warnings go to standard error.
 */
import { refuseSecondSensor } from "../cli/replay"
import { ExitCode } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import { runSession } from "../session"
import { readFolds } from "./coefficient-set"
import { evaluateRecordings, type Replay } from "./evaluation"
import { listRecordings } from "./folder"
import { formatReport, makeReport } from "./table"

export interface EvaluateOptions {
  json?: boolean
  engine: EngineName
  /** As typed. */
  sensors: string
}

/**
 * Resolves to the exit code: 0 when every recording was replayed, 2 when one could not be read, 1 when a replay failed.
 * @throws UsageError when the folder or an option is wrong.
 */
export async function evaluateCommand(folder: string, options: EvaluateOptions): Promise<number> {
  refuseSecondSensor(options.sensors)
  const paths = await listRecordings(folder)
  const folds = await readFolds()
  const replay: Replay = async (recording, model) => {
    const session = { recording, engine: options.engine, trace: true, ...(model !== undefined && { model }) }
    const { json, trace } = await runSession(session)
    if (!trace) throw new Error(`${recording.name}: the session kept no trace`)
    return { runs: json.runs, calibrated: json.calibrated, trace }
  }
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  const report = makeReport(await evaluateRecordings(paths, folds, replay, tell))
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report))
  return Math.max(ExitCode.done, ...report.failures.map((failure) => failure.exitCode))
}
