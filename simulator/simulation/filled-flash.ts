/** A flash as it is after years: full of runs that a phone has, behind those that were there. */
import { encodeRunRecord } from "../../src/ble/run-codec"
import { EXAMPLE_FIRMWARE } from "../docs/example-run"
import { runOf } from "../docs/flash-capacity"
import { readFlashLog } from "../flash/flash-log"
import { WrittenImage } from "../flash/written-image"

/** As long as a run can be. */
const LONG_RUN = runOf(64, 60, 20, 32)
/** More than any flash holds. */
const MOST_RUNS = 2000

/** @param image of the runs' partition, which is left as it is. @throws Error while a run is open in it: its number would lie behind theirs */
export function filledWithRuns(image: Uint8Array): Uint8Array {
  if (readFlashLog(image).open)
    throw new Error("the flash can be filled between two runs only: wait until the open one is closed")
  const { archive, bytes } = new WrittenImage(image.slice())
  for (let added = 0; added < MOST_RUNS; added++) {
    const before = archive.length
    const id = archive.newestRun + 1
    archive.add(id, encodeRunRecord({ ...LONG_RUN, id }, EXAMPLE_FIRMWARE))
    archive.acknowledge(id)
    // The oldest had to go for this one.
    if (archive.length <= before) break
  }
  return bytes
}
