/**
 * `npm run powercuts [-- --json | --sample N | --only CUT | --engine xs]`: the power of the whole firmware cut at every flash operation of a scenario, and again
 * during recovery. Standard output is the result; progress goes to standard error. Exit code 1 when anything was lost or made up.
 */
import { plainTable } from "../cli/plain-table"
import { ExitCode, UsageError } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import { LOSS_LIMIT_S } from "./judge"
import { cutsOf } from "./operation"
import { playReference } from "./reference"
import { type CutResult, type PowerCuts, printed } from "./result"
import { runCuts } from "./run"
import { Trials } from "./trials"
import { runCutsOnXs } from "./xs-trials"

export interface PowerCutsOptions {
  json?: boolean
  /** So many cuts of the scenario's operations; all when left out. */
  sample?: number
  /** One cut, as a failed one is named. */
  only?: string
  engine: EngineName
}

const ALL = Number.MAX_SAFE_INTEGER
/** In XS the scenario is played anew for each cut. */
const XS_SAMPLE = 12
/** Progress is told so often in all. */
const TOLD = 10

/** Resolves to the exit code. @throws UsageError, and Error when the scenario cannot be played. */
export async function powerCutsCommand({ json, sample, only, engine }: PowerCutsOptions): Promise<number> {
  if (only !== undefined && (sample !== undefined || engine === "xs"))
    throw new UsageError("--only makes one cut, in this process: leave out --sample and --engine xs")
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  const progress = (made: number, places: number) => {
    const share = Math.ceil(places / TOLD)
    if (!json && (made % share === 0 || made === places))
      tell(`  ${made} of ${places} cuts, and those of their recoveries`)
  }
  let result: CutResult
  if (only !== undefined) result = await makeOnly(only)
  else if (engine === "xs") result = await runCutsOnXs(sample ?? XS_SAMPLE, progress)
  else result = await runCuts(sample ?? ALL, progress)
  process.stdout.write(json ? `${JSON.stringify(printed(result))}\n` : table(printed(result)))
  const { cuts, failed, failure } = result
  if (!failure) {
    if (!json) tell(`  ✔ after ${cuts.toLocaleString("en-US")} power cuts all is as it was before or after`)
    return ExitCode.done
  }
  tell(`  ✘ ${failed} power cuts failed; the first: ${failure.cut}: ${failure.wrong.join("; ")}`)
  if (only === undefined && engine === "node")
    tell(`    again: npm run --silent powercuts -- --only ${failure.cut}`)
  return ExitCode.failed
}

async function makeOnly(words: string): Promise<CutResult> {
  let cuts: ReturnType<typeof cutsOf>
  try {
    cuts = cutsOf(words)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return new Trials(await playReference()).makeOnly(cuts.cut, cuts.again)
}

function table({ cuts, lostClosedRuns, inventedRecords, worstOpenLossS }: PowerCuts): string {
  const rows = [
    ["power cuts", cuts.toLocaleString("en-US")],
    ["closed runs lost", lostClosedRuns],
    ["records made up", inventedRecords],
    [`an open run lost at most (limit ${LOSS_LIMIT_S} s)`, `${worstOpenLossS.toFixed(1)} s`],
  ]
  return `${plainTable([], ["left", "right"], rows)}\n`
}
