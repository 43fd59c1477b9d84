/** How long syncing takes over the modelled link, as measured and kept in docs/sync-rates.json: `npm run sync-rates -- --accept`. */
import { readFileSync, writeFileSync } from "node:fs"
import type { LinkModel } from "../../hosts/virtual/protocol"
import type { SyncWay } from "../../phone/link/record-access"
import type { Run } from "../../src/ble/run-codec"
import type { Engine } from "../engine/engine"
import { HOUR_RUN, imageWith, SHORT_RUN } from "./stored-runs"
import { type SyncTime, TimedPhone } from "./timed-phone"

export const SYNC_REPORT_PATH = "docs/sync-rates.json"
const JSON_INDENT = 2
const LONG_PACKETS = 251
const SHORT_PACKETS = 27
export const LOSS = 0.05
/** What most phones agree on; the smallest, whose messages fit the shortest packet. */
const MTU = 247
const SMALL_MTU = 23
const HOUR_RUNS = 100
const STORED_RUNS = [1, 10, 100, 1000] as const

export interface LinkRate extends SyncTime {
  mtu: number
  payloadBytes: number
  loss: number
  way: SyncWay
}

export interface SyncReport {
  /** A hundred one-hour runs, over links of each kind. */
  links: LinkRate[]
  /** At an MTU of 247 without loss: five-minute runs, so many stored. */
  stored: SyncTime[]
}

/** @param open a device for each measurement. @param tell progress, a line each */
export async function measureSync(
  open: <Result>(use: (engine: Engine) => Promise<Result>) => Promise<Result>,
  tell: (line: string) => void,
): Promise<SyncReport> {
  const measured = (runs: number, run: Run, mtu: number, model: LinkModel, way: SyncWay) =>
    open((engine) => new TimedPhone(engine, { model, mtu, way }).sync(imageWith(runs, run)))
  const links: LinkRate[] = []
  for (const link of linkKinds()) {
    const { way, ...model } = link
    const time = await measured(HOUR_RUNS, HOUR_RUN, link.mtu, model, way)
    links.push({ ...link, ...time })
    tell(`  MTU ${link.mtu}, packets of ${link.payloadBytes}, by ${way}: ${time.seconds.toFixed(1)} s`)
  }
  const stored: SyncTime[] = []
  for (const runs of STORED_RUNS) {
    stored.push(await measured(runs, SHORT_RUN, MTU, { payloadBytes: LONG_PACKETS }, "notifications"))
    tell(`  ${runs} runs of five minutes: ${stored.at(-1)?.seconds.toFixed(1)} s`)
  }
  return { links, stored }
}

function linkKinds(): Omit<LinkRate, keyof SyncTime>[] {
  const packets = [
    { mtu: MTU, payloadBytes: LONG_PACKETS },
    { mtu: MTU, payloadBytes: SHORT_PACKETS },
    { mtu: SMALL_MTU, payloadBytes: SHORT_PACKETS },
  ]
  const byNotifications = packets.flatMap((packet) =>
    [0, LOSS].map((loss) => ({ ...packet, loss, way: "notifications" as const })),
  )
  return [...byNotifications, ...packets.map((packet) => ({ ...packet, loss: 0, way: "reads" as const }))]
}

export function readSyncReport(): SyncReport {
  return JSON.parse(readFileSync(SYNC_REPORT_PATH, "utf8")) as SyncReport
}

export function writeSyncReport(report: SyncReport): void {
  writeFileSync(SYNC_REPORT_PATH, `${JSON.stringify(report, null, JSON_INDENT)}\n`)
}
