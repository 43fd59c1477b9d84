/** `synthesize SCENARIO --seed N --out FILE`: a recording of made-up motion with its truth; `--list`: what can be made. */
import { writeRecording } from "../recording/write-recording"
import { FAULTLESS } from "../runner/synthesis"
import { allScenarios, readScenario } from "../scenario/library"
import { synthesize } from "../scenario/motion-of-scenario"
import type { Scenario } from "../scenario/scenario"
import { systemWords, UsageError } from "./usage"
import { clock, count } from "./wording"

export interface SynthesizeOptions {
  seed: number
  out?: string
  rate?: number
  side?: "left" | "right"
  faultless?: boolean
  list?: boolean
}

/** @throws UsageError or ScenarioError for a scenario that there is not or that is wrong, and a file that cannot be written. */
export async function synthesizeCommand(name: string | undefined, options: SynthesizeOptions): Promise<void> {
  if (options.list) {
    process.stdout.write(`${scenariosTable()}\n`)
    return
  }
  const { seed, out, rate, side, faultless } = options
  if (name === undefined) throw new UsageError(`synthesize: name a scenario\n${scenariosTable()}`)
  const named = readScenario(name)
  if (out === undefined) throw new UsageError(`synthesize ${name}: name the file to write: --out FILE.csv.gz`)
  const { recording, truth } = synthesize(named, {
    seed,
    ...(rate !== undefined && { rateHz: rate }),
    ...(side && { side }),
    ...(faultless && { thigh: FAULTLESS, shank: FAULTLESS }),
  })
  try {
    await writeRecording(out, recording)
  } catch (error) {
    throw new UsageError(`--out ${out}: cannot be written: ${systemWords(error)}`)
  }
  const strides = truth.bouts.reduce((sum, bout) => sum + bout.strides, 0)
  const length = clock(recording.timeS.length / recording.rateHz)
  const running = `${count(truth.bouts.length, "bout", "bouts")} of running, ${count(strides, "stride", "strides")}`
  process.stderr.write(
    `${out}: ${named.name}, seed ${seed}, ${length}, ${running}\n${leftOut(named.scenario)}`,
  )
}

/** What the scenario has and a recording has not. */
function leftOut({ events = [] }: Scenario): string {
  const lost = events.filter(({ do: what }) => what !== "slipStrap")
  if (lost.length === 0) return ""
  const kinds = [...new Set(lost.map(({ do: what }) => what))].join(", ")
  const them = count(lost.length, "event of the scenario is", "events of the scenario are")
  return `A recording is motion alone: ${them} not in it (${kinds}); simulate plays them\n`
}

/** Every scenario of the library by name, for people. */
export function scenariosTable(): string {
  const all = allScenarios()
  const width = Math.max(...all.map(({ name }) => name.length))
  const rows = all.map(
    ({ name, scenario: { title, description } }) => `  ${name.padEnd(width)}  ${title}: ${description}`,
  )
  return `Scenarios:\n${rows.join("\n")}`
}
