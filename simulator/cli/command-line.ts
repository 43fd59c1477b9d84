/**
 * The command line. Standard output is for results, standard error for the rest; exit codes in usage.ts. What a command needs is loaded when it
 * runs, so that --help is quick.
 */
import { readFileSync } from "node:fs"
import { Command, CommanderError } from "commander"
import { addDeviceCommands } from "./device-commands"
import { addFigureCommands } from "./figure-commands"
import { addProofCommands } from "./proof-commands"
import { addScenarioCommands } from "./scenario-commands"
import { describeError, ExitCode, exitCodeOf } from "./usage"
import { paintFor } from "./wording"

const PACKAGE = new URL("../../package.json", import.meta.url)

export function commandLine(): Command {
  const program = new Command("patella")
    // Throws CommanderError in place of ending the process; the commands inherit both.
    .exitOverride()
    .showHelpAfterError("(--help tells more)")
    .version((JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string }).version)
    .description(
      "A sensor above a runner's knee, on a virtual board: play recorded runs through its firmware.",
    )
    .addHelpText(
      "after",
      `\nFrom the project's folder: npm start, or npm run --silent replay -- FILE [options]
Exit codes: 0 done, 1 the work failed, 2 bad usage or unreadable input`,
    )
  addDeviceCommands(program)
  addScenarioCommands(program)
  addFigureCommands(program)
  addProofCommands(program)
  return program
}

/**
 * Runs one command line (without node and script) and gives its exit code. Never throws.
 * @param folder that relative paths are meant from, when it is not the working directory.
 */
export async function main(parameters: readonly string[], folder?: string): Promise<number> {
  process.exitCode = ExitCode.done
  try {
    if (folder) process.chdir(folder)
    await commandLine().parseAsync(parameters, { from: "user" })
    return Number(process.exitCode)
  } catch (error) {
    // Commander has said it already; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage
    const paint = paintFor(process.stderr)
    process.stderr.write(`${paint("red", "patella:")} ${describeError(error)}\n`)
    return exitCodeOf(error)
  }
}
