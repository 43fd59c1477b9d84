/** Images of the runs' partition as the firmware's own log writes them, on the virtual flash. */
import { FLASH_BLOCK_BYTES, VirtualFlash } from "../../../hosts/virtual/flash"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../../simulator/docs/example-run"
import { encodeRunRecord, type Run } from "../../../src/ble/run-codec"
import type { Flash } from "../../../src/io"
import { divide } from "../../../src/storage/flash-layout"
import { RecordWriter } from "../../../src/storage/flash-record"
import { RunArchive } from "../../../src/storage/run-archive"
import { type JournalledRun, NOT_RETAINED, RunJournal } from "../../../src/storage/run-journal"
import { MemoryStorage } from "../../storage/virtual-storage"

/** The smallest partition. */
export const SMALL_BLOCKS = 40

/** A partition of so many blocks. */
export class Partition {
  /** Called before each write (bytes and where) and each erasing (of which block). */
  beforeChange: ((at: number, bytes?: Uint8Array) => void) | undefined
  readonly #flash: VirtualFlash
  readonly #keyValue = new MemoryStorage()
  readonly #writer: RecordWriter
  readonly #regions: ReturnType<typeof divide>
  archive: RunArchive
  journal: RunJournal

  constructor(blocks = SMALL_BLOCKS) {
    this.#flash = new VirtualFlash({ size: blocks * FLASH_BLOCK_BYTES })
    this.#writer = new RecordWriter(this.#watched())
    this.#regions = divide(blocks)
    this.archive = this.#archive()
    this.journal = new RunJournal(this.#writer, this.#regions.journal)
  }

  /** As after a reset. */
  mount(): void {
    this.archive = this.#archive()
    this.journal = new RunJournal(this.#writer, this.#regions.journal)
    this.journal.left()
  }

  /** What lies in the flash: writes to it are writes to the flash. */
  get bytes(): Uint8Array {
    return this.#flash.bytes
  }

  image(): Uint8Array {
    return this.bytes.slice()
  }

  /** The state of a run that is open. */
  keep(run: number, uptimeMs: number, bootId = 3): void {
    this.journal.keep(OPEN, { runId: run, bootId, uptimeMs, retainedMs: NOT_RETAINED })
  }

  /** As if the flash held these. */
  load(image: Uint8Array): void {
    this.#flash.bytes.set(image)
    this.mount()
  }

  #watched(): Flash {
    const flash = this.#flash.open({ path: "runs" })
    return {
      read: (into, at) => flash.read(into, at),
      status: () => flash.status(),
      close: () => flash.close(),
      write: (bytes, at) => {
        this.beforeChange?.(at, bytes)
        flash.write(bytes, at)
      },
      eraseBlock: (block) => {
        this.beforeChange?.(block)
        flash.eraseBlock(block)
      },
    }
  }

  #archive(): RunArchive {
    return new RunArchive(this.#writer, this.#regions.archive, this.#keyValue)
  }
}

/** What the recorder writes is its own: nothing of it is read. */
const OPEN: JournalledRun = {
  listsVersion: 1,
  finishStride() {},
  writeState(out) {
    for (let word = 0; word < 40; word++) out.u32(word * 7919)
  },
  writeLists(out) {
    for (let word = 0; word < 30; word++) out.i32(-word)
  },
}

/** A run with so many minutes. */
export function runOf(id: number, minutes = 1, more: Partial<Run> = {}): Run {
  const [block] = EXAMPLE_RUN.blocks
  const blocks = Array.from({ length: minutes }, () => ({ ...(block as Run["blocks"][number]) }))
  return { ...EXAMPLE_RUN, id, strides: 100 * id, blocks, ...more }
}

export function recordOf(id: number, minutes = 1): Uint8Array {
  return encodeRunRecord(runOf(id, minutes), EXAMPLE_FIRMWARE)
}
