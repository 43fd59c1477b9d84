/** Runs as a device would have recorded them, one for each device, boot and number. */
import type { KeptRun } from "../../../phone/data/kept"
import { type RunStart, runKey } from "../../../phone/link/run-store"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../../simulator/docs/example-run"
import { encodeRunRecord } from "../../../src/ble/run-codec"

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
