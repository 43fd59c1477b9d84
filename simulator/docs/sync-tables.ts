/** The tables of docs/sync.md: from docs/sync-rates.json, and from docs/performance-report.json what the chip works meanwhile. */
import { CORE_HZ, INSTRUCTIONS_PER_CYCLE } from "../bench/bench-result"
import type { PerformanceReport } from "../bench/performance-report"
import type { SyncReport } from "../rates/sync-report"
import { markdownTable } from "./markdown-table"

const PERCENT = 100

export function linkTable({ links }: SyncReport): string {
  const rows = links.map(({ mtu, payloadBytes, loss, way, runs, bytes, seconds }) => [
    ...[`${mtu}`, `${payloadBytes} bytes`, `${PERCENT * loss} %`, way],
    ...[seconds.toFixed(1), (runs / seconds).toFixed(2), whole(bytes / seconds)],
  ])
  const head = ["MTU", "packets of", "packets lost", "by", "seconds", "runs a second", "bytes a second"]
  return markdownTable(head, rows)
}

export function storedTable({ stored }: SyncReport, { result }: PerformanceReport): string {
  const rows = stored.map(({ runs, seconds }) => {
    const cost = result.storage.find((measured) => measured.runs === runs)
    if (!cost) throw new Error(`sync tables: the bench has not measured ${runs} stored runs`)
    const workS = (cost.sync.list + runs * cost.sync.run) / (CORE_HZ * INSTRUCTIONS_PER_CYCLE)
    return [whole(runs), seconds.toFixed(1), workS.toFixed(1), (seconds + workS).toFixed(1)]
  })
  return markdownTable(["stored runs", "on air, s", "the chip's work, s", "together, s"], rows)
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en-US")
}
