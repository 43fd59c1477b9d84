/**
 * What a phone's sync costs the firmware on the RV32 core beside runs that are stored: instructions for the whole list of them, and for each run
 * that is fetched and acknowledged, garbage collections included. The link takes no time; what it would take is another measurement's (simulator/rates).
 */
import { PartRecord } from "../../phone/link/part-record"
import { RecordAccess } from "../../phone/link/record-access"
import { fetchRecord } from "../../phone/link/record-fetch"
import { RecordKind } from "../../src/ble/record-layouts"
import { BoardLink } from "../board-link"
import { Phone } from "../phone/phone"
import { Order, type Rv32Core } from "./rv32-core"

const MTU = 247
/** Fetched, when there are so many, one after the other as a sync does, in the middle of all: the cost of one is their mean. */
const RUNS = 20
const BOOT_MS = 1000

/** On a core whose board is prepared; `runs` from 1 on are stored in the flash `image`. */
export async function syncCost(
  core: Rv32Core,
  image: Uint8Array,
  runs: number,
): Promise<{ list: number; run: number }> {
  const link = new BoardLink(
    { command: (frame) => core.order(Order.board, frame) },
    { notification: (notification) => phone.transport.notified(notification) },
  )
  const phone: Phone = new Phone((request) => link.gatt(request))
  const wait = (ms: number) => link.advance(ms)
  await link.boot({}, image)
  await wait(BOOT_MS)
  await phone.connect(MTU)
  const access = new RecordAccess(phone.transport, wait, "notifications")
  await access.open()
  const costOf = async (work: () => Promise<void>) => {
    await core.order(Order.collect)
    await core.laps()
    await work()
    return (await core.laps()).reduce((sum, { instructions }) => sum + instructions, 0)
  }
  const fetch = async (kind: RecordKind, run: number) => {
    const part = new PartRecord(kind, run)
    const end = await fetchRecord(access, part)
    if (end !== "whole") throw new Error(`sync bench: record ${kind}/${run}: ${end}`)
    return part
  }
  const list = await costOf(async () => void (await fetch(RecordKind.list, 0)))
  const fetched = Math.min(runs, RUNS)
  const all = await costOf(async () => {
    const first = 1 + Math.floor((runs - fetched) / 2)
    for (let run = first; run < first + fetched; run++)
      await access.acknowledge(run, (await fetch(RecordKind.run, run)).crc)
  })
  return { list, run: Math.round(all / fetched) }
}
