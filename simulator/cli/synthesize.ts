/** `synthesize SESSION --seed N --out FILE`: a recording of made-up motion with its truth; `--list`: what can be made. */
import { writeRecording } from "../recording/write-recording"
import { SESSIONS } from "../runner/sessions"
import { FAULTLESS, synthesize } from "../runner/synthesis"
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

/** @throws UsageError for a session that there is not, or a file that cannot be written. */
export async function synthesizeCommand(name: string | undefined, options: SynthesizeOptions): Promise<void> {
  if (options.list) {
    process.stdout.write(`${sessionsTable()}\n`)
    return
  }
  const { seed, out, rate, side, faultless } = options
  if (name === undefined) throw new UsageError(`synthesize: name a session\n${sessionsTable()}`)
  if (!Object.hasOwn(SESSIONS, name))
    throw new UsageError(`synthesize ${name}: there is no such session\n${sessionsTable()}`)
  if (out === undefined) throw new UsageError(`synthesize ${name}: name the file to write: --out FILE.csv.gz`)
  const { recording, truth } = synthesize(name, {
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
  process.stderr.write(`${out}: ${name}, seed ${seed}, ${length}, ${running}\n`)
}

/** Every session by name, for people. */
export function sessionsTable(): string {
  const width = Math.max(...Object.keys(SESSIONS).map((name) => name.length))
  const rows = Object.entries(SESSIONS).map(
    ([name, { description }]) => `  ${name.padEnd(width)}  ${description}`,
  )
  return `Sessions:\n${rows.join("\n")}`
}
