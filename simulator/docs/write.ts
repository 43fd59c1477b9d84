/**
 * `npm run docs [-- --recordings FOLDER] [--test-output]`: writes the documents that are made from the code, from the project's
 * root. With a folder of development recordings it first measures the accuracy anew; with --test-output it runs `npm test` last
 * and shows in the README what that printed.
 */
import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { describeError, exitCodeOf } from "../cli/usage"
import { ACCURACY_REPORT_PATH, measureAccuracy, writeAccuracyReport } from "./accuracy-report"
import { testOutput } from "./command-output"
import { type DocumentText, documents } from "./documents"

const { values } = parseArgs({
  options: { recordings: { type: "string" }, "test-output": { type: "boolean", default: false } },
})

try {
  if (values.recordings !== undefined) {
    const tell = (line: string) => process.stderr.write(`${line}\n`)
    writeAccuracyReport(await measureAccuracy(values.recordings, "xs", tell))
    process.stdout.write(`${ACCURACY_REPORT_PATH}\n`)
  }
  write(await documents())
  if (values["test-output"]) write(await documents(await testOutput()))
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`)
  process.exitCode = exitCodeOf(error)
}

function write(texts: readonly DocumentText[]): void {
  for (const { path, text } of texts) {
    writeFileSync(path, text)
    process.stdout.write(`${path}\n`)
  }
}
