/**
 * The image of the worked example in docs/flash-format.md: made up, written by the firmware's own log into an array that stands for the flash,
 * so small that all of it can be shown; and what `patella-log` prints of it.
 */
import { encodeRunRecord } from "../../src/ble/run-codec"
import { divide } from "../../src/storage/flash-layout"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import { RunJournal } from "../../src/storage/run-journal"
import { logTables } from "../cli/log-table"
import { readFlashLog } from "../flash/flash-log"
import { BLOCK_BYTES } from "../flash/image"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "./example-run"

const BLOCKS = 256
const WRITE_ALIGN = 4
const ERASED = 0xff
/** A Friday morning, two hours ahead of UTC. */
const UNIX_S = 1_789_716_600
const ZONE_QUARTERS = 8

type Flash = ConstructorParameters<typeof RecordWriter>[0]
type KeyValue = ConstructorParameters<typeof RunArchive>[2]
/** Nothing is counted as lost. */
const NOTHING: KeyValue = {
  open: () => ({ read: () => undefined, write: () => {}, delete: () => {}, close: () => {} }),
}

/** A run that a phone has; one that it does not, with a byte changed; a third one open. */
export function exampleImage(): Uint8Array {
  const bytes = new Uint8Array(BLOCKS * BLOCK_BYTES).fill(ERASED)
  const writer = new RecordWriter(flashOf(bytes))
  const regions = divide(BLOCKS)
  const archive = new RunArchive(writer, regions.archive, NOTHING)
  for (const id of [1, 2]) archive.add(id, encodeRunRecord({ ...EXAMPLE_RUN, id }, EXAMPLE_FIRMWARE))
  archive.acknowledge(1)
  archive.stamp(1, UNIX_S, ZONE_QUARTERS)
  const open = {
    listsVersion: 1,
    finishStride() {},
    writeLists: () => {},
    writeState: () => {},
  }
  const mark = { runId: 3, bootId: 2, uptimeMs: 1_865_000, retainedMs: 1_865_000 }
  new RunJournal(writer, regions.journal).keep(open, mark)
  const damaged = readFlashLog(bytes).runs[1]
  if (damaged) bytes[damaged.recordAt + damaged.length] = 0
  return bytes
}

/** As it is printed in a terminal without colours. */
export function exampleLog(): string {
  return `\`\`\`text\n${logTables(readFlashLog(exampleImage()), (_, text) => text)}\n\`\`\``
}

function flashOf(bytes: Uint8Array): Flash {
  return {
    read: (into, at) => into.set(bytes.subarray(at, at + into.length)),
    write: (from, at) => {
      for (let index = 0; index < from.length; index++)
        bytes[at + index] = (bytes[at + index] as number) & (from[index] as number)
    },
    eraseBlock: (block) => {
      bytes.fill(ERASED, block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES)
    },
    status: () => ({ size: bytes.length, blockLength: BLOCK_BYTES, blocks: BLOCKS, writeAlign: WRITE_ALIGN }),
    close: () => {},
  }
}
