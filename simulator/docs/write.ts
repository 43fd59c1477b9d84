/**
 * `npm run docs [-- --recordings FOLDER [--robustness] [--engine xs|node]] [--test-output]`: writes the documents that are made from
 * the code, from the project's root. With a folder of development recordings it first measures the accuracy, those runners' strides and their bends anew, with --robustness
 * that under disturbances too; with --test-output it runs `npm test` last and shows in the README what that printed.
 */
import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { describeError, exitCodeOf, UsageError } from "../cli/usage"
import { ENGINE_NAMES, type EngineName } from "../engine/engine"
import { ACCURACY_REPORT_PATH, readAccuracyReport, writeAccuracyReport } from "./accuracy-report"
import { BEND_REPORT_PATH, measureBends, writeBendReport } from "./bend-report"
import { testOutput } from "./command-output"
import { type DocumentText, documents } from "./documents"
import { measureAccuracy } from "./measure-accuracy"
import { measureRunners, RUNNER_REPORT_PATH, writeRunnerReport } from "./runner-report"

const { values } = parseArgs({
  options: {
    recordings: { type: "string" },
    robustness: { type: "boolean", default: false },
    engine: { type: "string", default: "xs" },
    "test-output": { type: "boolean", default: false },
  },
})

try {
  if (values.robustness && values.recordings === undefined)
    throw new UsageError("--robustness needs --recordings FOLDER: the recordings to disturb")
  if (values.recordings !== undefined) {
    const tell = (line: string) => process.stderr.write(`${line}\n`)
    const { robustness } = values
    const choice = { engine: engineNamed(values.engine), robustness, saved: readAccuracyReport(), tell }
    writeAccuracyReport(await measureAccuracy(values.recordings, choice))
    process.stdout.write(`${ACCURACY_REPORT_PATH}\n`)
    writeRunnerReport(await measureRunners(values.recordings))
    process.stdout.write(`${RUNNER_REPORT_PATH}\n`)
    writeBendReport(await measureBends(values.recordings, choice.engine, tell))
    process.stdout.write(`${BEND_REPORT_PATH}\n`)
  }
  write(await documents())
  if (values["test-output"]) write(await documents(await testOutput()))
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`)
  process.exitCode = exitCodeOf(error)
}

/** @throws UsageError */
function engineNamed(name: string): EngineName {
  const engine = ENGINE_NAMES.find((known) => known === name)
  if (!engine) throw new UsageError(`--engine ${name}: allowed choices are ${ENGINE_NAMES.join(", ")}`)
  return engine
}

function write(texts: readonly DocumentText[]): void {
  for (const { path, text } of texts) {
    writeFileSync(path, text)
    process.stdout.write(`${path}\n`)
  }
}
