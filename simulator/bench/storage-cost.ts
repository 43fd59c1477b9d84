/**
 * What storing costs on the RV32 core beside runs that are stored already: the boot, one more run, a state of the open run. The flash is the
 * virtual board's, behind the bridge; the runs in it are made up, of five minutes each.
 */
import { FirmwareCall, FirmwareCommand, FlashTraffic, StorageLap } from "../../hosts/rv32/calls"
import { encodeRunRecord } from "../../src/ble/run-codec"
import { BLOCKS_PER_SEGMENT } from "../../src/storage/flash-layout"
import { CHUNK_BYTES } from "../../src/storage/flash-record"
import { DIRECTORY_SLOTS } from "../../src/storage/run-directory"
import { BoardLink } from "../board-link"
import { EXAMPLE_FIRMWARE } from "../docs/example-run"
import { capacity, runOf } from "../docs/flash-capacity"
import { readFlashLog } from "../flash/flash-log"
import { IMAGE_BLOCKS, WrittenImage } from "../flash/written-image"
import { costOf } from "./lap-statistics"
import { Order, Rv32Core } from "./rv32-core"
import { syncCost } from "./sync-cost"

export const STORED_RUNS = [1, 10, 100, 1000] as const
/** More than is needed: what the firmware may take is measured elsewhere (firmware-cost.ts). */
const RAM_BYTES = 1 << 20
const BOUTS = 2
const MINUTES = 5
/** Of the longest record: its header, and what lies behind it. */
const RECORD_READS = 1 + Math.ceil(capacity(runOf(64, 60, 20)).bytes / CHUNK_BYTES)

export interface StorageCost {
  runs: number
  /** Flash blocks that they lie in. */
  blocks: number
  /** All of it, of which finding the runs is a part; how often flash is read in it. */
  boot: { instructions: number; mountInstructions: number; reads: number }
  /** A run, encoded and added: the mean of as many as lie in a segment. */
  append: { instructions: number; bytesWritten: number }
  /** A phone's sync, instructions: its list of runs, and for each run that it does not have yet, fetching and acknowledging it. */
  sync: { list: number; run: number }
  /** The open run in the journal: the mean of two minutes. */
  state: { instructions: number; bytesWritten: number }
}

/**
 * How often a boot may read the flash, whose runs lie in so many blocks: each segment's header; of those with runs each slot of the directory,
 * of the newest twice more (where it ends, its newest run); and that run's record, which is checked and read.
 */
export function mostBootReads(blocks: number): number {
  const segments = IMAGE_BLOCKS / BLOCKS_PER_SEGMENT
  const used = blocks / BLOCKS_PER_SEGMENT
  return segments + (used + 2) * DIRECTORY_SLOTS + 2 * RECORD_READS
}

export async function measureStorage(bundle: string): Promise<StorageCost[]> {
  const costs: StorageCost[] = []
  const image = new WrittenImage()
  const run = runOf(BOUTS, MINUTES, 0)
  for (const runs of STORED_RUNS) {
    for (let id = image.archive.newestRun + 1; id <= runs; id++)
      image.archive.add(id, encodeRunRecord({ ...run, id }, EXAMPLE_FIRMWARE))
    const blocks = readFlashLog(image.bytes).partition.archive.used * BLOCKS_PER_SEGMENT
    costs.push({ runs, blocks, ...(await measured(bundle, image.bytes, runs)) })
  }
  return costs
}

async function measured(
  bundle: string,
  image: Uint8Array,
  runs: number,
): Promise<Pick<StorageCost, "boot" | "append" | "state" | "sync">> {
  const boot = await withCore(bundle, async (core) => {
    await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.prepareBoard))
    const instructions = await booted(core, image)
    return { instructions, reads: (await trafficOf(core)).reads }
  })
  const sync = await withCore(bundle, async (core) => {
    await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.prepareBoard))
    return syncCost(core, image, runs)
  })
  return withCore(bundle, async (core) => {
    await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.prepareStorage))
    await core.order(Order.collect)
    const mountInstructions = await booted(core, image)
    const state = await meanOf(core, FirmwareCommand.keepStates, StorageLap.state)
    const append = await meanOf(core, FirmwareCommand.addRuns, StorageLap.run)
    return { boot: { ...boot, mountInstructions }, append, state, sync }
  })
}

async function withCore<Result>(bundle: string, use: (core: Rv32Core) => Promise<Result>): Promise<Result> {
  const core = new Rv32Core()
  try {
    await core.load(bundle, RAM_BYTES)
    return await use(core)
  } finally {
    await core.close()
  }
}

/** Instructions that the firmware's machine takes for it. */
async function booted(core: Rv32Core, image: Uint8Array): Promise<number> {
  const link = new BoardLink({ command: (frame) => core.order(Order.board, frame) })
  await link.boot({}, image)
  const lap = (await core.laps()).find(({ kind }) => kind === FirmwareCall.start)
  if (!lap) throw new Error("the firmware on the RV32 core did not boot")
  return lap.instructions
}

async function meanOf(
  core: Rv32Core,
  command: number,
  kind: number,
): Promise<{ instructions: number; bytesWritten: number }> {
  await core.order(Order.collect)
  await trafficOf(core)
  await core.order(Order.firmware, Uint8Array.of(command))
  const { bytesWritten } = await trafficOf(core)
  const laps = await core.laps()
  if (laps.some(({ collections }) => collections > 0))
    throw new Error("storage bench: garbage was collected in a lap, which is no part of storing")
  const metered = laps.filter((lap) => lap.kind === kind)
  return {
    instructions: costOf(metered.map(({ instructions }) => instructions)).mean,
    bytesWritten: Math.round(bytesWritten / laps.length),
  }
}

/** Since it was last asked. */
async function trafficOf(core: Rv32Core): Promise<Record<keyof typeof FlashTraffic, number>> {
  const answer = await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.flashTraffic))
  const view = new DataView(answer.buffer, answer.byteOffset, answer.length)
  const count = (index: number) => view.getInt32(index * Int32Array.BYTES_PER_ELEMENT, true)
  return { reads: count(FlashTraffic.reads), bytesWritten: count(FlashTraffic.bytesWritten) }
}
