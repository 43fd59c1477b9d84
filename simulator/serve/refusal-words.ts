/** Why something cannot be done, for the page. A mistake of the program is none of the page's: the terminal has it whole. */
import { describeError } from "../cli/usage"

export function refusalWords(error: unknown): string {
  const isMistake = error instanceof TypeError || error instanceof ReferenceError
  if (!isMistake) return describeError(error)
  process.stderr.write(`${describeError(error)}\n`)
  return `a mistake in the simulator: ${error.message}`
}
