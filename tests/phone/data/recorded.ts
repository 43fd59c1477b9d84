/** Runs as a device would have recorded them, one for each device, boot and number. */
import type { KeptCoachEntry, KeptRun } from "../../../phone/data/kept"
import { coachKey } from "../../../phone/link/coach-store"
import { type RunStart, runKey } from "../../../phone/link/run-store"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../../simulator/docs/example-run"
import { encodeRunRecord } from "../../../src/ble/run-codec"
import { CoachEntryFlag, CoachEntryKind } from "../../../src/coach/coach-entry"
import { CoachAnswer, READINESS_ID, Readiness } from "../../../src/coach/routine"

export const DEVICE = "0011223344556677"
export const UNDATED: RunStart = { unixS: 0, zoneQuarters: 0 }

export interface Recorded {
  deviceId?: string
  bootId?: number
  runId: number
  start?: RunStart
  receivedMs?: number
  /** Of its time line. */
  blocks?: number
}

export function recorded({
  deviceId = DEVICE,
  bootId = 7,
  runId,
  start = UNDATED,
  receivedMs = 1_790_000_000_000 + runId,
  blocks = 1,
}: Recorded): KeptRun {
  const run = {
    ...EXAMPLE_RUN,
    id: runId,
    bootId,
    durationMs: 60_000 * blocks,
    blocks: Array.from({ length: blocks }, () => EXAMPLE_RUN.blocks).flat(),
  }
  const record = encodeRunRecord(run, EXAMPLE_FIRMWARE)
  return { key: runKey(deviceId, bootId, runId), deviceId, record, start, receivedMs }
}

/** A readiness test of so long after the boot. */
export function tested(endMs: number, changes: Partial<KeptCoachEntry> = {}): KeptCoachEntry {
  const { deviceId = DEVICE } = changes
  const entry = {
    kind: CoachEntryKind.readiness,
    routine: READINESS_ID,
    bootId: 7,
    endMs,
    durationS: 95,
    repeats: 8,
    depthCdeg: 3400,
    meanMs: 5200,
    halts: 3,
    answer: CoachAnswer.noPain,
    readiness: Readiness.ready,
    flags: CoachEntryFlag.complete,
  }
  return {
    key: coachKey(deviceId, entry),
    deviceId,
    entry,
    end: { unixS: 1_790_000_000, zoneQuarters: 4 },
    receivedMs: 1_790_000_900_000,
    ...changes,
  }
}
