/**
 * The image of the worked example in docs/flash-format.md: made up, written by the firmware's own log (written-image.ts),
 * so small that all of it can be shown; and what `patella-log` prints of it.
 */
import { encodeRunRecord } from "../../src/ble/run-codec"
import { RunJournal } from "../../src/storage/run-journal"
import { logTables } from "../cli/log-table"
import { readFlashLog } from "../flash/flash-log"
import { WrittenImage } from "../flash/written-image"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "./example-run"

/** A Friday morning, two hours ahead of UTC. */
const UNIX_S = 1_789_716_600
const ZONE_QUARTERS = 8

/** A run that a phone has; one that it does not, with a byte changed; a third one open. */
export function exampleImage(): Uint8Array {
  const { bytes, writer, regions, archive } = new WrittenImage()
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
