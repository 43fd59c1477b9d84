/** All that the device tells a phone of what it has stored: runs byte for byte, settings, name, calibration, boot. */
import { StatusFlag } from "../../src/ble/layouts"
import { RunFlag } from "../../src/ble/run-layouts"
import type { Phone } from "../phone/phone"

export interface KnownRun {
  /** Empty when the device cannot give it, though it is in the list. */
  record: Uint8Array
  isAcknowledged: boolean
  /** 0: unknown. */
  startUnixS: number
}

export interface Known {
  /** By number, in the list's order. */
  runs: Map<number, KnownRun>
  /** How many rows the list has: numbers that are there twice are one in `runs`. */
  rows: number
  lostRuns: number
  /** All in one, for comparison. */
  settings: string
  name: string
  calibrationVersion: number
  isCalibrated: boolean
  bootId: number
  /** Notes on damage in the status: settings, calibration, counts. */
  hasDamage: boolean
}

const UNREADABLE = new Uint8Array(0)

/** Of a phone that is connected. */
export async function readKnown(phone: Phone): Promise<Known> {
  const { runs: rows, lostRuns } = await phone.runList()
  const runs = new Map<number, KnownRun>()
  for (const { runId, flags, startUnixS } of rows)
    runs.set(runId, {
      record: await phone.runRecord(runId).catch(() => UNREADABLE),
      isAcknowledged: (flags & RunFlag.acknowledged) !== 0,
      startUnixS,
    })
  const { flags, calibrationVersion } = await phone.status()
  const damage = StatusFlag.settingsReset | StatusFlag.calibrationLost | StatusFlag.countsReset
  return {
    runs,
    rows: rows.length,
    lostRuns,
    settings: JSON.stringify(await phone.settings()),
    name: await phone.deviceName(),
    calibrationVersion,
    isCalibrated: (flags & StatusFlag.calibrated) !== 0,
    bootId: (await phone.identity()).bootId,
    hasDamage: (flags & damage) !== 0,
  }
}
