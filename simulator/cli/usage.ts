/** Exit codes of the command line: 0 done, 1 the work failed, 2 bad usage or unreadable input. */

export const ExitCode = { done: 0, failed: 1, usage: 2 } as const

/** The command cannot be carried out as it was given. */
export class UsageError extends Error {
  override readonly name = "UsageError"
  readonly exitCode = ExitCode.usage
}

/** An error names its own exit code (RecordingError and UsageError do), or the work failed. */
export function exitCodeOf(error: unknown): number {
  const code = (error as { exitCode?: unknown } | null)?.exitCode
  return typeof code === "number" ? code : ExitCode.failed
}

/** One line for what a person can mend; the stack for a mistake of the program. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const mistake = error instanceof TypeError || error instanceof ReferenceError
  return mistake ? (error.stack ?? error.message) : error.message
}

/** What the operating system said, without the call and the paths that Node adds: "ENOSPC: no space left on device". */
export function systemWords(error: unknown): string {
  const { message } = error as NodeJS.ErrnoException
  return message.split(",", 1)[0] as string
}

/** What the process is to end with, where that is not 0. */
export function exit(code: number | undefined): void {
  if (code) process.exitCode = code
}
