/** Entry of the command line: `node --import=tsx simulator/cli/patella.ts COMMAND …`. */
import { join } from "node:path"
import { main } from "./command-line"
import { ExitCode, systemWords } from "./usage"

const PROJECT = join(import.meta.dirname, "../..")
const SIGNALS = ["SIGINT", "SIGTERM"] as const

for (const signal of SIGNALS) {
  process.once(signal, () => {
    // By exit(), so that whoever holds a half-written file can take it away; then by the signal itself, because exit()
    // would wait for a read that waits, as of a pipe that nobody writes to.
    process.once("exit", () => process.kill(process.pid, signal))
    process.exit()
  })
}
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no failure.
  if (error.code === "EPIPE") process.exit()
  process.stderr.write(`patella: standard output cannot be written: ${systemWords(error)}\n`)
  process.exit(ExitCode.failed)
})
// Progress that nobody reads does not stop the work.
process.stderr.on("error", () => {})

// npm runs a script in the project's folder and says in INIT_CWD where it was called.
const folder = process.cwd() === PROJECT ? process.env.INIT_CWD : undefined
process.exitCode = await main(process.argv.slice(2), folder)
