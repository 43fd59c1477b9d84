/** Where the phone keeps what the device's coach log tells, and what an entry is called there: device, boot, end and kind are one entry for ever. */
import type { COACH_LOG } from "../../src/ble/coach-layouts"
import type { Values } from "../../src/ble/fields"
import type { RunStart } from "./run-store"

export type CoachLogEntry = Values<typeof COACH_LOG>["entries"][number]

export interface CoachFacts {
  key: string
  /** Hex, as the device's identity tells it. */
  deviceId: string
  /** As the device told it, but for its calendar time. */
  entry: Omit<CoachLogEntry, "unixS" | "zoneQuarters">
  /** When it ended, as the device or the phone knows. */
  end: RunStart
  /** Unix time at which this phone got it, ms. */
  receivedMs: number
}

/** @param deviceId as hex */
export function coachKey(
  deviceId: string,
  { bootId, endMs, kind }: Pick<CoachLogEntry, "bootId" | "endMs" | "kind">,
): string {
  return `${deviceId}-${bootId}-${endMs}-${kind}`
}
