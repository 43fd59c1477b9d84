/** `log IMAGE`: reads a flash image of the runs' partition; tables, JSON or CSV. */
import { readFile, stat } from "node:fs/promises"
import { type FlashLog, readFlashLog } from "../flash/flash-log"
import { damagesCsv, runsCsv } from "../flash/log-csv"
import { checkJson, logJson } from "../flash/log-json"
import { findingRows, logTables, verdict } from "./log-table"
import { ExitCode, UsageError } from "./usage"
import { paintFor } from "./wording"

export interface LogOptions {
  json?: boolean
  csv?: boolean
  check?: boolean
}

const JSON_INDENT = 2
/** More than any chip's flash has: a file of another kind. */
const BYTES_MOST = 64 << 20
const NOT_READ: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "is a folder; name an image in it",
  EACCES: "may not be read: check its permissions",
}

/** @returns exit code 1 when it is damaged. @throws UsageError when there is nothing to read. */
export async function logCommand(path: string, options: LogOptions): Promise<number> {
  const log = readFlashLog(await readImage(path))
  process.stdout.write(resultText(log, options))
  // Standard output is a table of runs alone.
  if (options.csv && !options.check && log.damages.length > 0)
    process.stderr.write(`${path}: damaged\n${findingRows(log.damages)}\n`)
  return log.damages.length === 0 ? ExitCode.done : ExitCode.failed
}

function resultText(log: FlashLog, { json, csv, check }: LogOptions): string {
  if (json) return `${JSON.stringify(check ? checkJson(log) : logJson(log), null, JSON_INDENT)}\n`
  if (csv) return check ? damagesCsv(log) : runsCsv(log)
  const paint = paintFor(process.stdout)
  return `${check ? verdict(log, paint) : logTables(log, paint)}\n`
}

async function readImage(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    const { size } = await stat(path)
    if (size > BYTES_MOST) throw new UsageError(`${path}: ${size} bytes are more than any flash has`)
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`${path}: ${NOT_READ[code ?? ""] ?? `cannot be read: ${message}`}`)
  }
  if (bytes.length === 0) throw new UsageError(`${path}: is empty; read the partition again`)
  return bytes
}
