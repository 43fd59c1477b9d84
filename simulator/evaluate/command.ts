/**
 * `evaluate FOLDER [--json] [--engine xs|node] [--sensors 1]`: the error table of a folder of recordings (table.ts says what is
 * in the JSON). Standard output is the table; progress and warnings go to standard error.
 */
import { ExitCode } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import { readFolds } from "./coefficient-set"
import { evaluateRecordings, type Replay, replayTraced } from "./evaluation"
import { listRecordings } from "./folder"
import { formatReport, makeReport } from "./table"

export interface EvaluateOptions {
  json?: boolean
  engine: EngineName
}

/**
 * Resolves to the exit code: 0 when every recording was replayed, 2 when one could not be read, 1 when a replay failed.
 * @throws UsageError when the folder is wrong.
 */
export async function evaluateCommand(folder: string, options: EvaluateOptions): Promise<number> {
  const paths = await listRecordings(folder)
  const folds = await readFolds()
  const replay: Replay = (recording, model) => replayTraced(recording, model, options.engine)
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  const report = makeReport(await evaluateRecordings(paths, folds, replay, tell))
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report))
  return Math.max(ExitCode.done, ...report.failures.map((failure) => failure.exitCode))
}
