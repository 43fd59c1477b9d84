/** Runs made by hand, as records and as digests: one of 40 minutes, and what a test wants otherwise. */
import type { KeptRun } from "../../../phone/data/kept"
import { runKey } from "../../../phone/link/run-store"
import { digestOf, type RunDigest } from "../../../phone/runs/run-digest"
import { type RunView, runView } from "../../../phone/runs/run-view"
import { encodeRunRecord, type Run } from "../../../src/ble/run-codec"

export const DEVICE = "aabbccdd"
/** 2026-05-03 05:05:00 UTC, a Sunday: 07:05 by clocks two hours ahead. */
export const SUNDAY_S = Date.UTC(2026, 4, 3, 5, 5) / 1000
export const SUMMER_QUARTERS = 8
export const DAY_S = 86_400
const MINUTES = 40
const STRIDES_PER_MINUTE = 80

export const MADE_RUN: Run = {
  id: 7,
  bootId: 3,
  startMs: 60_000,
  durationMs: MINUTES * 60_000,
  strides: MINUTES * STRIDES_PER_MINUTE,
  loadCycles: MINUTES * STRIDES_PER_MINUTE,
  compressions: 3100,
  compressionsByDepth: [3100, 2800, 1600, 400, 20],
  msPastThreshold: 400_000,
  cdegSecondsPastThreshold: 320_000,
  milliLoad: 3_520_000,
  milliLoadPeakWeighted: 4_100_000,
  cadenceDspm: 1600,
  thresholdCdeg: 3000,
  peakFlexionMedianCdeg: 4000,
  peakFlexionP95Cdeg: 4600,
  contactTimeMedianMs: 270,
  dataQuality: {
    validPermyriad: 9998,
    gaps: 0,
    clipped: 0,
    strapShift: false,
    resumed: false,
    gapUnknown: false,
    cutShort: false,
  },
  buzzes: [],
  painsDropped: 0,
  pains: [],
  boutsDropped: 0,
  bouts: [],
  blockMinutes: 1,
  blocks: Array.from({ length: MINUTES }, () => ({
    strides: STRIDES_PER_MINUTE,
    compressions: 77,
    peakFlexionMedianCdeg: 4000,
    cdegSecondsPastThreshold: 8000,
    milliLoad: 88_000,
  })),
  calibrationVersion: 2,
  modelVersion: 2,
  peakErrorCdeg: 374,
  measuredStrides: 0,
}

export interface Around {
  firmware?: string
  deviceId?: string
  unixS?: number
  zoneQuarters?: number
  receivedMs?: number
}

export function kept(changes: Partial<Run> = {}, around: Around = {}): KeptRun {
  const run = { ...MADE_RUN, ...changes }
  const { firmware = "0.1.0", deviceId = DEVICE, unixS = SUNDAY_S, zoneQuarters = SUMMER_QUARTERS } = around
  return {
    key: runKey(deviceId, run.bootId, run.id),
    deviceId,
    record: encodeRunRecord(run, firmware),
    start: { unixS, zoneQuarters },
    receivedMs: around.receivedMs ?? (unixS + DAY_S) * 1000,
  }
}

export function digest(changes: Partial<Run> = {}, around: Around = {}): RunDigest {
  return digestOf(kept(changes, around))
}

export function view(changes: Partial<Run> = {}, around: Around = {}): RunView {
  const made = runView(kept(changes, around))
  if ("unreadable" in made) throw new Error(made.words)
  return made
}
