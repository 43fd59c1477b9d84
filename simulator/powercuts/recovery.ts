/** The firmware booted on what a power cut has left: what it says, what it costs, and whether the log goes on. */

import { decodeRunRecord } from "../../src/ble/run-codec"
import { DeviceEvent } from "../../src/main"
import { divide } from "../../src/storage/flash-layout"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import { CutBoard } from "./cut-board"
import type { Found } from "./judge"
import { type KnownRun, readKnown } from "./known"
import { type Cut, FLASH_PATH, type Stored, storageOf, storedIn } from "./operation"
import { waitForChip } from "./scenario"

const FURTHER_BYTES = 1000
const STRIDES_LEAST = 15
const NOTHING = new Uint8Array(0)

export interface Recovery {
  board: CutBoard
  found: Found
  /** What it left, before anything else came. */
  stored: Stored
  /** Of storage, until the device was up. */
  operations: number
}

export async function recover(stored: Stored): Promise<Recovery> {
  const board = new CutBoard(storageOf(stored))
  const { operations } = board.storage.power
  await board.phone.connect()
  const known = await readKnown(board.phone)
  const after = storedIn(board.storage)
  return { board, operations, stored: after, found: { ...known, faults: faultsIn(board.events) } }
}

export function faultsIn(events: readonly { name: string; detail: string }[]): string[] {
  return events.filter(({ name }) => name === DeviceEvent.fault).map(({ detail }) => detail)
}

/** What is left when power goes in the recovery itself; undefined when it does not come to that operation. */
export function leftByRecovery(stored: Stored, cut: Cut): Stored | undefined {
  const storage = storageOf(stored)
  storage.power.cutAt(cut)
  new CutBoard(storage)
  return storage.power.isOn ? undefined : storedIn(storage)
}

/** The archive takes a further run, and all are there. @returns what is wrong */
export function archiveGoesOn({ stored, found: { runs, lostRuns } }: Recovery): string[] {
  const { flash, keyValue } = storageOf(stored)
  const region = divide(flash.erases.length).archive
  const mount = () => new RunArchive(new RecordWriter(flash.open({ path: FLASH_PATH })), region, keyValue)
  const archive = mount()
  const id = archive.newestRun + 1
  const record = new Uint8Array(FURTHER_BYTES).fill(id)
  archive.add(id, record)
  const later = mount()
  const wrong: string[] = []
  const isThere = (run: number, bytes: Uint8Array) =>
    Buffer.compare(later.record(run) ?? NOTHING, bytes) === 0
  if (runs.has(id) || !isThere(id, record)) wrong.push(`the log takes no further run ${id}`)
  const missing = [...runs].filter(([run, { record: known }]) => !isThere(run, known))
  return [...wrong, ...lostFor(missing, later.acknowledged > 0, later.lost - lostRuns)]
}

/**
 * Whatever makes room for another run: those that a phone has or, when there are none any more, the oldest, and counted.
 * @returns what is wrong
 */
function lostFor(missing: [number, KnownRun][], hasAcknowledged: boolean, counted: number): string[] {
  const lost = missing.filter(([, { isAcknowledged }]) => !isAcknowledged)
  if (lost.length === counted && !(hasAcknowledged && counted > 0)) return []
  return lost.map(([run]) => `run ${run} is lost to the next one`).concat(`${counted} are counted`)
}

/**
 * The recovered device records a further run. @param hasGap an open run was cut short, and nobody knows how long ago
 * @returns what is wrong
 */
export async function deviceGoesOn(
  { board, found }: Recovery,
  samples: Uint8Array,
  hasGap: boolean,
): Promise<string[]> {
  await waitForChip(board)
  await board.play(samples)
  await board.phone.command("stopRun")
  const { runs, lostRuns } = await readKnown(board.phone)
  const news = [...runs].filter(([id]) => !found.runs.has(id))
  const [further] = news
  if (!further || news.length > 1) return [`${news.length} further runs`]
  const { run } = decodeRunRecord(further[1].record)
  const wrong = [...faultsIn(board.events)]
  if (run.strides < STRIDES_LEAST) wrong.push(`a further run of ${run.strides} strides`)
  if (run.id <= Math.max(...found.runs.keys())) wrong.push(`further run ${run.id}`)
  if (run.bootId !== found.bootId) wrong.push(`a further run of boot ${run.bootId}`)
  if (hasGap && !run.dataQuality.gapUnknown)
    wrong.push("the further run does not say that the gap is unknown")
  const missing = [...found.runs].filter(
    ([id, { record }]) => Buffer.compare(runs.get(id)?.record ?? NOTHING, record) !== 0,
  )
  const hasAcknowledged = [...runs.values()].some(({ isAcknowledged }) => isAcknowledged)
  return [...wrong, ...lostFor(missing, hasAcknowledged, lostRuns - found.lostRuns)]
}
