/** Digests of runs for tests of what is shown of them. */
import type { KeptDevice } from "../../../phone/data/kept"
import { DIGEST_VERSION, type RunDigest } from "../../../phone/runs/run-digest"

export const DEVICE: KeptDevice = {
  id: "0a0b0c0d0e0f",
  name: "Patella",
  side: "left",
  firmware: "0.1.0",
  board: "virtual",
  seenMs: 0,
}

/** A run of 32 minutes in Berlin, on Sunday, 3 May 2026 at 07:05. */
export function digest(changes: Partial<RunDigest> = {}): RunDigest {
  const { runId = 1, deviceId = DEVICE.id } = changes
  return {
    version: DIGEST_VERSION,
    key: `${deviceId}-1-${runId}`,
    deviceId,
    runId,
    bootId: 1,
    start: { unixS: Date.UTC(2026, 4, 3, 5, 5) / 1000, zoneQuarters: 8 },
    receivedMs: Date.UTC(2026, 4, 4),
    durationS: 1920,
    strides: 2640,
    cadenceSpm: 166,
    contactTimeMs: 240,
    thresholdDeg: 30,
    compressions: 2508,
    compressionsByDepth: [2508, 1800, 900, 200, 4],
    peakMedianDeg: 42.4,
    peakErrorDeg: 3.7,
    secondsPastThreshold: 400,
    degreeSecondsPastThreshold: 4000,
    load: 2700,
    buzzes: 0,
    pains: 0,
    measuredStrides: 0,
    isMeasured: false,
    isDoubtful: false,
    firmware: "0.1.0",
    modelVersion: 2,
    calibrationVersion: 1,
    ...changes,
  }
}

/** So many days before that one. */
export function daysBefore(days: number): Pick<RunDigest, "start"> {
  return { start: { unixS: Date.UTC(2026, 4, 3 - days, 5, 5) / 1000, zoneQuarters: 8 } }
}
