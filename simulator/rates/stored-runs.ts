/** Flash images of devices that have so many runs stored, for measuring how long a phone takes to have them. */
import { encodeRunRecord, type Run } from "../../src/ble/run-codec"
import { EXAMPLE_FIRMWARE } from "../docs/example-run"
import { runOf } from "../docs/flash-capacity"
import { WrittenImage } from "../flash/written-image"

/** In 4 bouts, with 2 buzzes and a pain mark. */
export const HOUR_RUN = runOf(4, 60, 2, 1)
/** In 2 bouts: a thousand of them have room. */
export const SHORT_RUN = runOf(2, 5, 0)

export function imageWith(runs: number, run: Run): Uint8Array {
  const image = new WrittenImage()
  for (let id = 1; id <= runs; id++) image.archive.add(id, encodeRunRecord({ ...run, id }, EXAMPLE_FIRMWARE))
  if (image.archive.length !== runs)
    throw new Error(`stored runs: ${runs} do not fit, only ${image.archive.length} are there`)
  return image.bytes
}
