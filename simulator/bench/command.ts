/**
 * `npm run bench [-- --json | --profile | --hours N | --check | --accept | --step WORDS]`: what the firmware costs in XS on an RV32IMC
 * core, counted under QEMU. Standard output is the result; progress and checks go to standard error.
 */
import { ExitCode, UsageError } from "../cli/usage"
import { ACCEPT_COMMAND, baselineOf, compared, readBaseline, writeBaseline } from "./baseline"
import { prepareBench, runBench } from "./bench"
import type { BenchResult } from "./bench-result"
import { budgetsOf } from "./budgets"
import { measureFirmware } from "./firmware-cost"
import { measureMotion } from "./motion-cost"
import { readPerformanceReport, type Step, today, updatePerformanceReport } from "./performance-report"
import { profileMotion } from "./profile"
import { formatProfile, formatResult, formatStep, formatStretches } from "./table"

export interface BenchOptions {
  json?: boolean
  /** Only where the pipeline's instructions go, by function. */
  profile?: boolean
  /** Only cost and memory over so many hours of running. */
  hours?: number
  /** Only the pipeline and the memory of a minute, kept as a step towards less. */
  step?: string
  /** Fail when a count has risen past the baseline, or a budget is missed. */
  check?: boolean
  /** Keep what is measured: baseline and figures of the documents. */
  accept?: boolean
}

type Tell = (line: string) => void
type Check = (what: string, isWell: boolean, wrong?: readonly string[]) => void

const JSON_INDENT = 2
const MIN_PER_HOUR = 60
/** Looked at on the way to a longer run's end. */
const HOURS: readonly number[] = [1, 3, 10, 24]

/** Resolves to the exit code. @throws UsageError, and Error when a tool is missing or the core fails. */
export async function benchCommand(options: BenchOptions): Promise<number> {
  const { profile, hours, step, check, accept } = options
  if ([profile, hours, step, check].filter((choice) => choice !== undefined).length > 1)
    throw new UsageError("--profile, --hours, --step and --check are four things to do: choose one")
  if (accept && (profile || step !== undefined || check))
    throw new UsageError(
      "--accept keeps the whole measurement, or that of --hours: leave out the other options",
    )
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  if (profile) return profiled(options, tell)
  if (hours) return overHours(hours, options, tell)
  if (step !== undefined) return kept(step, options, tell)
  return measured(options, tell)
}

async function measured({ json, check, accept }: BenchOptions, tell: Tell): Promise<number> {
  const accepted = check ? await readBaseline() : undefined
  const result = await runBench(tell)
  print(result, formatResult, json)
  if (accept) {
    await writeBaseline(baselineOf(result))
    await updatePerformanceReport({ made: today(), result })
    tell("Kept in hosts/rv32/baseline.json and docs/performance-report.json; `npm run docs` writes it out.")
  }
  if (!accepted) return ExitCode.done
  let failures = 0
  await checkResult(result, accepted, tell, (what, isWell, wrong = []) => {
    if (!isWell) failures++
    tell([`  ${isWell ? "✔" : "✘"} ${what}`, ...wrong.map((line) => `      ${line}`)].join("\n"))
  })
  if (failures > 0) tell(`  ${failures} tests failed`)
  return failures > 0 ? ExitCode.failed : ExitCode.done
}

async function profiled({ json }: BenchOptions, tell: Tell): Promise<number> {
  const { bundle, motion } = await prepareBench(tell)
  print(await profileMotion(bundle, motion.all), formatProfile, json)
  return ExitCode.done
}

async function overHours(hours: number, { json, accept }: BenchOptions, tell: Tell): Promise<number> {
  const { bundle, motion } = await prepareBench(tell)
  const marks = [...HOURS.filter((hour) => hour < hours), hours]
  const minutes = marks.map((hour) => hour * MIN_PER_HOUR)
  const { stretches } = await measureFirmware(bundle, motion, minutes, tell)
  print(stretches, formatStretches, json)
  if (accept) await updatePerformanceReport({ hours: { made: today(), stretches } })
  return ExitCode.done
}

async function kept(what: string, { json }: BenchOptions, tell: Tell): Promise<number> {
  const { bundle, motion } = await prepareBench(tell)
  const { instructionsPerSample, softFloatCalls, allocatingSamples } = await measureMotion(bundle, motion.all)
  const { memory } = await measureFirmware(bundle, motion, [1], tell)
  const reservedBytes = Math.max(...Object.values(memory).map((moment) => moment.reservedBytes))
  const step: Step = {
    what,
    made: today(),
    instructionsPerSample,
    softFloatCalls,
    allocatingSamples,
    reservedBytes,
  }
  const { steps } = await readPerformanceReport()
  await updatePerformanceReport({ steps: [...steps, step] })
  print(step, formatStep, json)
  return ExitCode.done
}

function print<Result>(result: Result, format: (result: Result) => string, json = false): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, JSON_INDENT)}\n` : format(result))
}

async function checkResult(
  result: BenchResult,
  accepted: Awaited<ReturnType<typeof readBaseline>>,
  tell: Tell,
  check: Check,
): Promise<void> {
  const { bundle, motion } = await prepareBench(tell)
  const again = await measureMotion(bundle, motion.all)
  check("each sample costs the same, run again", again.digest === result.rv32.digest)
  for (const { what, measured, limit } of budgetsOf(result))
    check(
      `${what}: ${measured.toLocaleString("en-US", { maximumFractionDigits: 1 })}, budget ${limit.toLocaleString("en-US")}`,
      measured <= limit,
    )
  const wrong = compared(baselineOf(result), accepted)
  const way = `if that is meant: \`${ACCEPT_COMMAND}\`, and say why in the commit`
  check("counts are the baseline's", wrong.length === 0, wrong.length === 0 ? [] : [...wrong, way])
}
