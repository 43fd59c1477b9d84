/**
 * Blocks of flash that go bad, before and in the middle of a device's life: whatever a block does, nothing is thrown, nothing wrong is read, the
 * other runs are there, the device goes on storing, and the blocks that are left are worn alike.
 */
import test from "ava"
import { FlashFault, type StuckBit, VirtualFlash } from "../../hosts/virtual/flash"
import { VirtualKeyValue } from "../../hosts/virtual/key-value"
import type { Board } from "../../src/board"
import { RunStorage } from "../../src/device/run-storage"
import type { StateWriter } from "../../src/state-bytes"
import { divide } from "../../src/storage/flash-layout"
import { RecordWriter, recordBytes } from "../../src/storage/flash-record"
import { DIRECTORY_SLOTS, RunDirectory, SlotUse } from "../../src/storage/run-directory"
import { SegmentRing } from "../../src/storage/segment-ring"

const BLOCK_BYTES = 4096
/** Six segments for the journal, six for the archive. */
const BLOCKS = 48
const { journal, archive } = divide(BLOCKS)
const RUNS = 200
const MIDDLE = RUNS / 2
/** Switched off and on again after so many runs. */
const RUNS_A_BOOT = 13
const STATES_A_RUN = 3

/** Where no mark can be written, a run that was moved or lost may come back with its block: listed twice, and counted again. */
const UNMARKED: readonly FlashFault[] = [FlashFault.programError, FlashFault.silentNoOp]

const FAULTS: readonly [what: string, fault: FlashFault, stuck?: StuckBit][] = [
  ["program error", FlashFault.programError],
  ["erase error", FlashFault.eraseError],
  ["silent no-op", FlashFault.silentNoOp],
  ["read error", FlashFault.readError],
  ["a bit of the first bytes stuck at 1", FlashFault.stuckBit, { bit: 37, level: 1 }],
  ["a bit of the first bytes stuck at 0", FlashFault.stuckBit, { bit: 37, level: 0 }],
  ["a bit in the middle stuck at 1", FlashFault.stuckBit, { bit: 17_003, level: 1 }],
  ["a bit in the middle stuck at 0", FlashFault.stuckBit, { bit: 17_003, level: 0 }],
]

/** Bytes that no other run has; 300 to 2,400. */
function recordOf(run: number): Uint8Array {
  const record = new Uint8Array(300 + ((run * 577) % 2100))
  for (let at = 0; at < record.length; at++) record[at] = (run * 31 + at * 7 + (at >> 8)) & 0xff
  record[0] = run & 0xff
  record[1] = run >> 8
  return record
}
const records = Array.from({ length: RUNS + 1 }, (_, run) => recordOf(run))

class Life {
  readonly flash = new VirtualFlash({ size: BLOCKS * BLOCK_BYTES })
  readonly keyValue = new VirtualKeyValue()
  readonly acknowledged = new Set<number>()
  storage = this.boot()
  readonly #run = {
    listsVersion: 0,
    finishStride() {},
    writeState: (out: StateWriter) => write(out, 640),
    writeLists: (out: StateWriter) => write(out, 300),
  }

  boot(): RunStorage {
    const { flash, keyValue } = this
    this.storage = new RunStorage({ flash, keyValue } as unknown as Board)
    return this.storage
  }

  /** One run from its first state to its record. */
  run(id: number): void {
    const { storage } = this
    const { journal } = storage
    journal?.runStarted()
    for (let state = 0; state < STATES_A_RUN; state++) {
      const mark = { runId: id, bootId: 1, uptimeMs: state, retainedMs: state }
      if (!journal?.keep(this.#run, mark)) throw new Error(`run ${id}: a state was not kept`)
      this.#run.listsVersion = (id + state) >> 2
    }
    storage.add(id, records[id] as Uint8Array)
  }

  acknowledge(id: number): void {
    if (this.storage.acknowledge(id)) this.acknowledged.add(id)
  }

  /** The runs that are listed: each once, and none but those that were added. */
  listed(isUnmarked = false): Set<number> {
    const ids = new Set<number>()
    for (let index = 0; index < this.storage.length; index++) {
      const row = this.storage.at(index)
      if (!row) throw new Error(`no row ${index} of ${this.storage.length}`)
      if (ids.has(row.id) && !isUnmarked) throw new Error(`run ${row.id} is listed twice`)
      if (row.recordBytes !== records[row.id]?.length) throw new Error(`run ${row.id} has another length`)
      ids.add(row.id)
    }
    return ids
  }

  /** @returns whether it is there; wrong bytes are an error */
  isThere(id: number): boolean {
    let found: Uint8Array | undefined
    try {
      found = this.storage.record(id)
    } catch {
      return false
    }
    if (found && Buffer.compare(found, records[id] as Uint8Array) !== 0)
      throw new Error(`run ${id} is not what was added`)
    return found !== undefined
  }

  /** The runs that hang on a block: they lie in it, or their directory does. */
  inBlock(block: number): Set<number> {
    const inRegion = block - archive.firstBlock
    const writer = new RecordWriter(this.flash.open({ path: "runs" }))
    const ring = new SegmentRing(writer, archive)
    const entry = new RunDirectory(writer, ring)
    ring.mount()
    const segment = Math.floor(inRegion / archive.blocksPerSegment)
    const isDirectory = inRegion % archive.blocksPerSegment === 0
    const found = new Set<number>()
    if (segment < 0 || !ring.isUsed(segment)) return found
    for (let slot = 0; slot < DIRECTORY_SLOTS; slot++) {
      if (entry.read(segment, slot) !== SlotUse.entry) continue
      const start = ring.startOf(segment) + entry.offset
      const end = start + recordBytes(entry.length)
      const isWithin = start < (block + 1) * BLOCK_BYTES && end > block * BLOCK_BYTES
      if (isWithin || isDirectory) found.add(entry.run)
    }
    return found
  }
}

function write(out: StateWriter, bytes: number): void {
  for (let at = 0; at < bytes; at++) out.u8(at & 0xff)
}

/** Most and least erases of the blocks of a region, but those of the bad block's segment. */
function spread(erases: Uint32Array, region: typeof archive, bad = -1): number {
  const { firstBlock, segments, blocksPerSegment } = region
  const counts: number[] = []
  for (let block = firstBlock; block < firstBlock + segments * blocksPerSegment; block++)
    if (
      Math.floor((block - firstBlock) / blocksPerSegment) !==
      Math.floor((bad - firstBlock) / blocksPerSegment)
    )
      counts.push(erases[block] ?? 0)
  return Math.max(...counts) - Math.min(...counts)
}

/** @param everyAcknowledged the phone takes every so manieth run; 0: none */
function live(
  block: number,
  at: number,
  fault: FlashFault,
  stuck: StuckBit | undefined,
  everyAcknowledged: number,
): void {
  const life = new Life()
  const isUnmarked = UNMARKED.includes(fault)
  let lost = new Set<number>()
  for (let id = 1; id <= RUNS; id++) {
    if (id === at) {
      const before = life.listed()
      lost = life.inBlock(block)
      life.flash.setFault(block, fault, stuck)
      for (const run of before)
        if (!life.isThere(run) && !lost.has(run)) throw new Error(`run ${run}, elsewhere, is gone`)
    }
    if (id % RUNS_A_BOOT === 0) {
      life.boot()
      life.listed(isUnmarked)
    }
    life.run(id)
    if (everyAcknowledged > 0 && id % everyAcknowledged === 0) life.acknowledge(id - 2)
    if (!life.isThere(id)) throw new Error(`run ${id} was stored and is not there`)
  }
  for (const turn of ["at the end", "mounted anew"]) {
    const there = life.listed(isUnmarked)
    for (const id of there)
      if (!life.isThere(id) && !lost.has(id))
        throw new Error(`${turn}: run ${id} is listed and cannot be read`)
    let gone = 0
    for (let id = 1; id <= RUNS; id++)
      if (!there.has(id) && !life.acknowledged.has(id) && !lost.has(id)) gone++
    if (gone > life.storage.lost)
      throw new Error(`${turn}: ${gone} runs are gone, ${life.storage.lost} counted`)
    if (!isUnmarked && life.storage.lost > gone + lost.size)
      throw new Error(`${turn}: ${life.storage.lost} counted, ${gone} gone`)
    life.boot()
  }
  for (const region of [journal, archive])
    if (spread(life.flash.erases, region, block) > 2) throw new Error(`worn unevenly: ${life.flash.erases}`)
}

for (const [what, fault, stuck] of FAULTS)
  for (const at of [1, MIDDLE])
    test(`each block in turn, ${at === 1 ? "from the beginning" : "in the middle of a life"}: ${what}`, (t) => {
      const failed: string[] = []
      for (let block = 0; block < BLOCKS; block++)
        for (const every of block < archive.firstBlock ? [3] : [0, 3])
          try {
            live(block, at, fault, stuck, every)
          } catch (error) {
            failed.push(`block ${block}, every ${every}: ${(error as Error).message}`)
          }
      t.deepEqual(failed, [])
    })

test("after five rounds of the log the blocks of a region differ by one erase at most", (t) => {
  const life = new Life()
  const rounds = () => Math.min(...life.flash.erases)
  for (let id = 1; rounds() < 5; id++) {
    const run = 1 + ((id - 1) % RUNS)
    if (id > RUNS) records[id] = records[run] as Uint8Array
    life.run(id)
    for (const region of [journal, archive])
      if (spread(life.flash.erases, region) > 1) return t.fail(`${life.flash.erases}`)
  }
  t.pass()
})
