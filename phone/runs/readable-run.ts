/** A run out of its record, or why this version of the app cannot read it: one such record must not take the list of runs with it. */
import { decodeRunRecord, type RunRecord } from "../../src/ble/run-codec"
import { RUN_RECORD } from "../../src/ble/run-layouts"

/** The record has an older or a newer layout than this version knows, or is no record at all. */
export type Unreadable = "older" | "newer" | "damaged"

const [{ constant: KNOWN_VERSION }] = RUN_RECORD.head

export const UNREADABLE_WORDS: Readonly<Record<Unreadable, string>> = {
  older:
    "This run cannot be read by this version: an older firmware recorded it, in a form that this app does not know. It is kept as it is.",
  newer:
    "This run cannot be read by this version: a newer firmware recorded it. Open the app once while you are online, so that it updates.",
  damaged: "This run cannot be read by this version: its record is damaged. It is kept as it is.",
}

/** Never throws. */
export function readRun(record: Uint8Array): RunRecord | { unreadable: Unreadable } {
  const version = record[0] ?? KNOWN_VERSION
  if (version !== KNOWN_VERSION) return { unreadable: version < KNOWN_VERSION ? "older" : "newer" }
  try {
    const read = decodeRunRecord(record)
    const { blocks, blockMinutes } = read.run
    return blocks.length > 0 && blockMinutes === 0 ? { unreadable: "damaged" } : read
  } catch (error) {
    if (error instanceof RangeError) return { unreadable: "damaged" }
    throw error
  }
}
