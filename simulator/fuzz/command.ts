/**
 * `npm run fuzz [-- --operations N | --engine xs | --seed N | --path PATH | --json]`: random and mutated requests to the whole firmware. Standard output is
 * the result; progress and a failure go to standard error. Exit code 1 when the device did anything that it must not do, or its memory grew.
 */
import { plainTable } from "../cli/plain-table"
import { ExitCode, UsageError } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import { type Failure, type FuzzResult, heapGrowth } from "./result"
import { fuzz } from "./run"

export interface FuzzOptions {
  operations?: number
  engine: EngineName
  seed: number
  path?: string
  json?: boolean
}

const OPERATIONS = { node: 1_000_000, xs: 10_000 } as const
/** Bytes that the live heap may have grown by. */
export const HEAP_GROWTH_LIMIT = {
  /**
   * V8 makes code and caches for a while: measured 1.3 MB, no more after 200,000 operations than after 40,000. In a million some 80,000 phones connect in
   * each of two processes: 15 bytes kept of each connection would be more than this.
   */
  node: 2_500_000,
  /** What is made when it is first needed; of 10,000 operations none is measured. */
  xs: 512,
} as const
/** Progress is told so often in all. */
const TOLD = 10

/** Resolves to the exit code. @throws UsageError, and Error when the device cannot be booted */
export async function fuzzCommand(options: FuzzOptions): Promise<number> {
  const { engine, seed, path, json } = options
  if (path !== undefined && options.operations !== undefined)
    throw new UsageError("--path is one sequence of operations: leave out --operations")
  const operations = options.operations ?? OPERATIONS[engine]
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const result = await fuzz({
    operations,
    engine,
    seed,
    path,
    ...(!json && { tell: teller(operations, say) }),
  })
  const growth = heapGrowth(result)
  process.stdout.write(json ? `${JSON.stringify(printed(result, options))}\n` : table(result))
  if (result.failure) {
    tellFailure(result.failure, engine, say)
    return ExitCode.failed
  }
  if (growth > HEAP_GROWTH_LIMIT[engine]) {
    say(`  ✘ the live heap has grown by ${words(growth)} bytes`)
    return ExitCode.failed
  }
  if (!json)
    say(
      path === undefined
        ? `  ✔ after ${words(result.operations)} random operations no record has changed, nothing was thrown, no fault counted, no memory taken (seed ${seed})`
        : "  ✔ this sequence does no harm",
    )
  return ExitCode.done
}

function teller(operations: number, say: (line: string) => void): (done: number) => void {
  const share = Math.ceil(operations / TOLD)
  let next = share
  return (done) => {
    if (done < next) return
    while (next <= done) next += share
    say(`  ${words(Math.min(done, operations))} of ${words(operations)} operations`)
  }
}

/** As short as it could be made, in the order in which it is done. */
function tellFailure(
  { seed, path, wrong, isAlone, operations }: Failure,
  engine: EngineName,
  say: (line: string) => void,
): void {
  say(`  ✘ ${wrong}`)
  operations.forEach((line, index) => void say(`    ${index + 1}. ${line}`))
  if (!isAlone) say("    only after all that came before it: run the whole again with the same seed")
  else say(`    again: npm run --silent fuzz -- --engine ${engine} --seed ${seed} --path ${path}`)
}

function printed(result: FuzzResult, { engine, seed }: FuzzOptions) {
  const { operations, sequences, failure } = result
  return {
    engine,
    seed,
    operations,
    sequences,
    heapGrowthBytes: heapGrowth(result),
    failure: failure ?? null,
  }
}

function table(result: FuzzResult): string {
  const rows = [
    ["operations", words(result.operations)],
    ["in sequences", words(result.sequences)],
    ["heap grown by, bytes", words(heapGrowth(result))],
  ]
  return `${plainTable([], ["left", "right"], rows)}\n`
}

function words(value: number): string {
  return value.toLocaleString("en-US")
}
