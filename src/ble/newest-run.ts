/** The newest closed run that can be read, as its summary and in plain words. */

import { CoachEntryKind } from "../coach/coach-entry"
import type { RecordBytes } from "../storage/record-bytes"
import type { COACH_LOG } from "./coach-layouts"
import type { DeviceModel, DeviceRuns } from "./device-model"
import type { Encodable } from "./fields"
import { decodeRunHead, RUN_SUMMARY_BYTES } from "./run-codec"
import { type LoggedTest, summaryText } from "./summary-text"

/** Empty while there is none. @throws Error when it cannot be read */
export function newestSummary(runs: DeviceRuns): Uint8Array {
  const newest = newestOf(runs)
  return newest ? beginning(newest, RUN_SUMMARY_BYTES) : new Uint8Array(0)
}

/** UTF-8, with the newest readiness test. @throws Error when it cannot be read */
export function newestText(device: Pick<DeviceModel, "runs" | "coachLog">): Uint8Array {
  const { runs } = device
  const newest = newestOf(runs)
  const run = newest && decodeRunHead(beginning(newest, newest.length))
  return summaryText(run, runs.lost, newestTest(device.coachLog().entries))
}

function newestTest(entries: Encodable<typeof COACH_LOG>["entries"]): LoggedTest | undefined {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries.at(index)
    if (entry?.kind === CoachEntryKind.readiness) return entry
  }
  return undefined
}

/** The newest may have been deleted. */
function newestOf(runs: DeviceRuns): RecordBytes | undefined {
  const newest = runs.open(runs.newestId)
  if (newest) return newest
  const last = runs.at(runs.length - 1)
  return last && runs.open(last.id)
}

function beginning(record: RecordBytes, bytes: number): Uint8Array {
  const read = new Uint8Array(Math.min(bytes, record.length))
  if (!record.copy(0, read)) throw new Error("newest run: it cannot be read again")
  return read
}
