/** What storing asks of the flash: mounting reads grow with the blocks that have runs, and a run more asks the same however many there are. */
import test from "ava"
import { FLASH_BLOCK_BYTES, VirtualFlash } from "../../../hosts/virtual/flash"
import { OpenFlash } from "../../../hosts/virtual/open-flash"
import { readPerformanceReport } from "../../../simulator/bench/performance-report"
import { mostBootReads, STORED_RUNS } from "../../../simulator/bench/storage-cost"
import { EXAMPLE_FIRMWARE } from "../../../simulator/docs/example-run"
import { runOf } from "../../../simulator/docs/flash-capacity"
import { encodeRunRecord } from "../../../src/ble/run-codec"
import type { Board } from "../../../src/board"
import { RunStorage } from "../../../src/device/run-storage"
import type { Flash } from "../../../src/io"
import { MemoryStorage } from "../../storage/virtual-storage"

const SEGMENT_RUNS = 32
const SEGMENT_BLOCKS = 4
/** In percent of storing a run beside ten others. */
const FLAT_PERCENT = 5

class CountedFlash extends OpenFlash {
  reads = 0
  writes = 0
  bytesWritten = 0
  erases = 0
  override read(buffer: Uint8Array, at: number): void {
    this.reads++
    super.read(buffer, at)
  }
  override write(buffer: Uint8Array, at: number): void {
    this.writes++
    this.bytesWritten += buffer.length
    super.write(buffer, at)
  }
  override eraseBlock(block: number): void {
    this.erases++
    super.eraseBlock(block)
  }
}

/** A chip that keeps what is stored; each boot opens it anew. */
class Chip {
  readonly #chip = new VirtualFlash({ size: 256 * FLASH_BLOCK_BYTES })
  readonly #keyValue = new MemoryStorage()

  /** As the firmware does before it makes anything else: its newest boot is asked for. */
  boot(): { flash: CountedFlash; runs: RunStorage } {
    const flash = new CountedFlash("runs", this.#chip)
    const open = (): Flash => flash
    const runs = new RunStorage({ flash: { open }, keyValue: this.#keyValue } as unknown as Board)
    void runs.newestBootId
    return { flash, runs }
  }
}

function add(runs: RunStorage, count: number, bouts = 2, minutes = 5): void {
  const run = runOf(bouts, minutes, 0)
  for (let left = count; left > 0; left--) {
    const id = runs.newestId + 1
    runs.add(id, encodeRunRecord({ ...run, id }, EXAMPLE_FIRMWARE))
  }
}

const blocksOf = (runs: number) => SEGMENT_BLOCKS * Math.ceil(runs / SEGMENT_RUNS)

test("a boot reads each segment's header and the directories of those with runs, and no record but the newest", (t) => {
  const chip = new Chip()
  for (const stored of [...STORED_RUNS, 1700]) {
    const { runs } = chip.boot()
    add(runs, stored - runs.length)
    const { flash, runs: again } = chip.boot()
    t.is(again.length, stored)
    t.true(flash.reads <= mostBootReads(blocksOf(stored)), `${stored} runs: ${flash.reads} reads`)
    t.is(flash.writes + flash.erases, 0)
  }
})

test("a boot reads as much of long runs as of short ones in as many blocks", (t) => {
  const short = new Chip()
  add(short.boot().runs, SEGMENT_RUNS)
  const long = new Chip()
  // Three of them fill a segment.
  add(long.boot().runs, 3, 64, 60)
  t.true(long.boot().flash.reads < short.boot().flash.reads + 2 * (4048 / 64))
})

test("storing a segment's worth of runs asks the same of the flash beside 10, 100 and 1,000 runs", (t) => {
  const asked = STORED_RUNS.map((stored) => {
    const chip = new Chip()
    add(chip.boot().runs, stored)
    const { flash, runs } = chip.boot()
    // The first after a boot looks for where the last one ends.
    add(runs, 1)
    const { reads, writes, bytesWritten, erases } = flash
    add(runs, SEGMENT_RUNS)
    return {
      reads: flash.reads - reads,
      writes: flash.writes - writes,
      bytesWritten: flash.bytesWritten - bytesWritten,
      erases: flash.erases - erases,
    }
  })
  const [first] = asked
  t.true((first?.bytesWritten ?? 0) > 32 * 250)
  t.is(first?.erases, SEGMENT_BLOCKS)
  for (const each of asked) t.deepEqual(each, first)
})

test("on the core, reads of a boot and the cost of one more run were within their bounds when they were measured", async (t) => {
  const { storage } = (await readPerformanceReport()).result
  t.deepEqual(
    storage.map(({ runs }) => runs),
    [...STORED_RUNS],
  )
  for (const { blocks, boot } of storage) t.true(boot.reads <= mostBootReads(blocks))
  const costOf = (stored: number) =>
    storage.find(({ runs }) => runs === stored)?.append.instructions ?? Number.NaN
  t.true(costOf(1000) <= costOf(10) * (1 + FLAT_PERCENT / 100))
})
