/** Entry of the command line: `node --import=tsx simulator/cli/patella.ts COMMAND …`. */
import { main } from "./command-line"

/** 128 + the signal's number, as shells have it. */
const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

for (const [signal, code] of Object.entries(SIGNAL_EXIT_CODES)) {
  // By exit(), so that whoever holds a half-written file can take it away.
  process.on(signal, () => process.exit(code))
}
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
  process.exit()
})

process.exitCode = await main(process.argv.slice(2))
