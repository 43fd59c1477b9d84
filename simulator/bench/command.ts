/**
 * `npm run bench [-- --json | --profile | --hours N | --check | --accept]`: what the firmware costs in XS on an RV32IMC core, counted
 * under QEMU. Standard output is the result; progress and checks go to standard error.
 */
import { ExitCode, UsageError } from "../cli/usage"
import { ACCEPT_COMMAND, baselineOf, compared, readBaseline, writeBaseline } from "./baseline"
import { prepareBench, runBench } from "./bench"
import type { BenchResult } from "./bench-result"
import { budgetsOf } from "./budgets"
import { measureFirmware } from "./firmware-cost"
import { measureMotion } from "./motion-cost"
import { profileMotion } from "./profile"
import { formatProfile, formatResult, formatStretches } from "./table"

export interface BenchOptions {
  json?: boolean
  /** Only where the pipeline's instructions go, by function. */
  profile?: boolean
  /** Only cost and memory over so many hours of running. */
  hours?: number
  /** Fail when a budget is missed or a count has risen past the baseline. */
  check?: boolean
  /** Make what is measured the baseline. */
  accept?: boolean
}

/** Printed to standard error; true when it is well. */
type Check = (what: string, isWell: boolean, wrong?: readonly string[]) => void

const JSON_INDENT = 2
const MIN_PER_HOUR = 60
/** Looked at on the way to a longer run's end. */
const HOURS: readonly number[] = [1, 3, 10, 24]

/** Resolves to the exit code. @throws UsageError, and Error when a tool is missing or the core fails. */
export async function benchCommand(options: BenchOptions): Promise<number> {
  const { json, profile, hours, check, accept } = options
  if (check && accept)
    throw new UsageError("--check compares with the baseline, --accept writes it: choose one")
  if ((profile || hours) && (check || accept || (profile && hours)))
    throw new UsageError(
      "--profile and --hours measure one thing only: leave out the other options but --json",
    )
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  if (profile || hours) {
    const { bundle, motion } = await prepareBench(tell)
    if (hours) {
      const minutes = HOURS.filter((hour) => hour < hours)
        .concat(hours)
        .map((hour) => hour * MIN_PER_HOUR)
      const { stretches } = await measureFirmware(bundle, motion, minutes, tell)
      process.stdout.write(json ? asJson(stretches) : formatStretches(stretches))
    } else {
      const costs = await profileMotion(bundle, motion.all)
      process.stdout.write(json ? asJson(costs) : formatProfile(costs))
    }
    return ExitCode.done
  }
  const accepted = check ? await readBaseline() : undefined
  const result = await runBench(tell)
  process.stdout.write(json ? asJson(result) : formatResult(result))
  if (accept) {
    await writeBaseline(baselineOf(result))
    tell("The baseline is what was measured now: hosts/rv32/baseline.json")
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

async function checkResult(
  result: BenchResult,
  accepted: Awaited<ReturnType<typeof readBaseline>>,
  tell: (line: string) => void,
  check: Check,
): Promise<void> {
  const { bundle, motion } = await prepareBench(tell)
  const again = await measureMotion(bundle, motion.all)
  const isSame =
    JSON.stringify(again.instructionsPerSample) === JSON.stringify(result.rv32.instructionsPerSample)
  check("the motion pipeline costs the same, run again", isSame)
  for (const { what, measured, limit } of budgetsOf(result))
    check(
      `${what}: ${measured.toLocaleString("en-US")} of ${limit.toLocaleString("en-US")}`,
      measured <= limit,
    )
  const wrong = compared(baselineOf(result), accepted)
  const way = `if that is meant: \`${ACCEPT_COMMAND}\`, and say why in the commit`
  check("counts are the baseline's", wrong.length === 0, wrong.length === 0 ? [] : [...wrong, way])
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, JSON_INDENT)}\n`
}
