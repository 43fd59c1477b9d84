/**
 * `npm run sync-rates [-- --json | --accept]`: how long a phone takes to sync, over a link that is modelled (docs/sync.md). Standard output is the
 * result; progress goes to standard error. Exit code 1 when a hundred one-hour runs take a minute or longer at an MTU of 247 without loss.
 */
import { plainTable } from "../cli/plain-table"
import { ExitCode } from "../cli/usage"
import type { Engine } from "../engine/engine"
import { openFirmware } from "../engine/firmware-engine"
import { type LinkRate, measureSync, type SyncReport, writeSyncReport } from "./sync-report"

export interface SyncRatesOptions {
  json?: boolean
  /** Keep what is measured: figures of docs/sync.md. */
  accept?: boolean
}

/** For a hundred one-hour runs over the best of the links. */
export const LIMIT_S = 60
const PERCENT = 100

/** Resolves to the exit code. */
export async function syncRatesCommand({ json, accept }: SyncRatesOptions): Promise<number> {
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  const report = await measureSync(withDevice, json ? () => {} : tell)
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report))
  if (accept) {
    writeSyncReport(report)
    tell("Kept in docs/sync-rates.json; `npm run docs` writes it out.")
  }
  const [best] = report.links
  if (best && best.seconds < LIMIT_S) return ExitCode.done
  tell(`  ✘ ${best?.runs} one-hour runs took ${best?.seconds.toFixed(1)} s, ${LIMIT_S} s are allowed`)
  return ExitCode.failed
}

async function withDevice<Result>(use: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await openFirmware("node")
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

function table({ links, stored }: SyncReport): string {
  const head = ["MTU", "packets of", "lost", "by", "runs", "seconds", "runs a second", "bytes a second"]
  const rows = links.map((link) => [
    ...[`${link.mtu}`, `${link.payloadBytes} bytes`, `${PERCENT * link.loss} %`, link.way],
    ...timeCells(link),
  ])
  const byStored = stored.map((time) => ["247", "251 bytes", "0 %", "notifications", ...timeCells(time)])
  const alignment = head.map(() => "right" as const)
  return `${plainTable(head, alignment, [...rows, ...byStored])}\n`
}

function timeCells({ runs, bytes, seconds }: Pick<LinkRate, "runs" | "bytes" | "seconds">): string[] {
  return [`${runs}`, seconds.toFixed(1), (runs / seconds).toFixed(2), Math.round(bytes / seconds).toString()]
}
