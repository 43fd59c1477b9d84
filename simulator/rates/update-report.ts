/** How long an update takes over the modelled link, as measured and kept in docs/update-rates.json: `npm run update-rates -- --accept`. */
import { readFileSync, writeFileSync } from "node:fs"
import type { UpdateProgress } from "../../phone/link/firmware-update"
import type { Engine } from "../engine/engine"
import { LOSS } from "./sync-report"
import { TimedUpdate, type UpdateTime } from "./timed-update"

export const UPDATE_REPORT_PATH = "docs/update-rates.json"
/** Enough to tell how fast it goes on. */
const IMAGE_BYTES = 1 << 17
/** Of a slot (hosts/esp32/xiao_esp32c3/partitions.csv): the largest image there can be. */
export const SLOT_BYTES = 0x170000
const JSON_INDENT = 2
const S_PER_MIN = 60

const LINKS = [
  { mtu: 247, payloadBytes: 251, loss: 0 },
  { mtu: 247, payloadBytes: 251, loss: LOSS },
  { mtu: 247, payloadBytes: 27, loss: 0 },
  { mtu: 23, payloadBytes: 27, loss: 0 },
] as const

export interface UpdateRate extends UpdateTime {
  mtu: number
  payloadBytes: number
  loss: number
}

export interface UpdateReport {
  links: UpdateRate[]
}

/** @param open a device for each link. @param tell what comes of each, and how far it is */
export async function measureUpdate(
  open: <Result>(use: (engine: Engine) => Promise<Result>) => Promise<Result>,
  tell: (link: (typeof LINKS)[number], progress: UpdateProgress | UpdateTime) => void,
): Promise<UpdateReport> {
  const links: UpdateRate[] = []
  for (const link of LINKS) {
    const { mtu, ...model } = link
    const time = await open((engine) =>
      new TimedUpdate(engine, { model, mtu }).run(IMAGE_BYTES, (progress) => tell(link, progress)),
    )
    tell(link, time)
    links.push({ ...link, ...time })
  }
  return { links }
}

/** For an image that fills the slot. */
export function minutesOf({ bytes, seconds }: UpdateTime): number {
  return ((seconds / bytes) * SLOT_BYTES) / S_PER_MIN
}

export function readUpdateReport(): UpdateReport {
  return JSON.parse(readFileSync(UPDATE_REPORT_PATH, "utf8")) as UpdateReport
}

export function writeUpdateReport(report: UpdateReport): void {
  writeFileSync(UPDATE_REPORT_PATH, `${JSON.stringify(report, null, JSON_INDENT)}\n`)
}
