/**
 * `evaluate FOLDER [--json] [--engine xs|node] [--sensors 1|2 | --taught] [--broad | --robustness | --speed | --bends]`: the error table of a folder of recordings (table.ts says
 * what is in the JSON), of BROAD trials (broad/report.ts) or of recordings made worse (robustness.ts), or of running speed (speed.ts), or of knee bends (bends/report.ts). Standard output is the table;
 * progress and warnings go to standard error.
 */
import { ExitCode, UsageError } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import type { SensorCount } from "../session"
import { evaluateBends, formatBends } from "./bends/report"
import { evaluateBroad, formatBroadReport } from "./broad/report"
import { readFolds } from "./coefficient-set"
import { evaluateRecordings, type Failure } from "./evaluation"
import { listRecordings } from "./folder"
import { evaluateRobustness, formatRobustness } from "./robustness"
import { evaluateSpeed, formatSpeed } from "./speed"
import { formatReport, makeReport } from "./table"
import { WEARINGS } from "./wearing"

export interface EvaluateOptions {
  json?: boolean
  broad?: boolean
  robustness?: boolean
  /** Only whether running speed can be told. */
  speed?: boolean
  /** Only whether knee bends are counted, and how deep they are told. */
  bends?: boolean
  engine: EngineName
  sensors: SensorCount
  /** Two sensors teach in each first bout, the others are scored with one. */
  taught?: boolean
}

const JSON_INDENT = 2

/**
 * Resolves to the exit code: 0 when every recording was replayed, 2 when one could not be read, 1 when a replay failed.
 * @throws UsageError when the folder is wrong.
 */
export async function evaluateCommand(folder: string, options: EvaluateOptions): Promise<number> {
  if (options.taught && (options.broad || options.robustness))
    throw new UsageError("--taught scores whole recordings: leave out --broad and --robustness")
  if (options.broad && options.robustness)
    throw new UsageError("--broad and --robustness are two evaluations: ask for one at a time")
  if (options.sensors === 2 && options.broad)
    throw new UsageError("--broad scores one sensor moved by hand: leave out --sensors 2")
  if (options.sensors === 2 && options.taught)
    throw new UsageError("--taught wears two sensors first and one after: leave out --sensors 2")
  if (options.speed && (options.broad || options.robustness || options.taught || options.sensors === 2))
    throw new UsageError("--speed looks at whole recordings of one sensor: leave out the other options")
  if (
    options.bends &&
    (options.broad || options.robustness || options.speed || options.taught || options.sensors === 2)
  )
    throw new UsageError("--bends wears one sensor and two in turn: leave out the other options")
  const paths = await listRecordings(folder)
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  const wearing = WEARINGS[options.taught ? "taught" : options.sensors === 2 ? "two" : "one"]
  const replay = wearing.replay(options.engine)
  if (options.broad) {
    const report = await evaluateBroad(paths, options.engine, tell)
    return print(report, formatBroadReport, options)
  }
  const folds = await readFolds()
  if (options.speed)
    return print(await evaluateSpeed(paths, folds, options.engine, tell), formatSpeed, options)
  if (options.bends)
    return print(await evaluateBends(paths, folds, options.engine, tell), formatBends, options)
  if (options.robustness) {
    return print(await evaluateRobustness(paths, folds, replay, tell), formatRobustness, options)
  }
  return print(
    makeReport(await evaluateRecordings(paths, folds, replay, tell, wearing)),
    formatReport,
    options,
  )
}

function print<Report extends { failures: readonly Failure[] }>(
  report: Report,
  format: (report: Report) => string,
  { json }: EvaluateOptions,
): number {
  process.stdout.write(json ? `${JSON.stringify(report, null, JSON_INDENT)}\n` : format(report))
  return Math.max(ExitCode.done, ...report.failures.map((failure) => failure.exitCode))
}
