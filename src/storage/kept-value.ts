/**
 * The values that outlast the power: in one key-value domain, each sealed under a key of its own, so that a power cut leaves the old or
 * the new one. The domain is open only while it is used: an open one would take memory for as long as the device runs.
 */
import { constant } from "../constant"
import type { KeyValueStorage } from "../io"
import { seal, unseal } from "./sealed-value"

/** NVS takes 15 characters. */
export const STORAGE_PATH = "patella"
export const StorageKey = constant({
  settings: "settings",
  name: "name",
  calibration: "calibration",
  faults: "faults",
  boot: "boot",
  clock: "clock",
  device: "device",
  lostRuns: "lostRuns",
  bonds: "bonds",
  coach: "coach",
  batteryEmpty: "batteryEmpty",
  sitting: "sitting",
  test: "test",
} as const)
export type StorageKey = (typeof StorageKey)[keyof typeof StorageKey]

const TEST_FORMAT = 1
const TEST_PAYLOAD = Uint8Array.of(0x5a)

/** The payload; undefined when nothing was ever kept; or what is wrong with what was, in words. Never throws. */
export function readKept(
  storage: KeyValueStorage,
  key: StorageKey,
  format: number,
): Uint8Array | string | undefined {
  try {
    const domain = storage.open({ path: STORAGE_PATH, format: "buffer" })
    try {
      const sealed = domain.read(key)
      return sealed && unseal(format, sealed)
    } finally {
      domain.close()
    }
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** @throws what the storage throws; then the old value stands. */
export function keep(storage: KeyValueStorage, key: StorageKey, format: number, payload: Uint8Array): void {
  const domain = storage.open({ path: STORAGE_PATH, format: "buffer" })
  try {
    domain.write(key, seal(format, payload))
  } finally {
    domain.close()
  }
}

/** Is what is written there when it is read? Leaves nothing behind. @throws what the storage throws */
export function canKeep(storage: KeyValueStorage): boolean {
  const domain = storage.open({ path: STORAGE_PATH, format: "buffer" })
  try {
    domain.write(StorageKey.test, seal(TEST_FORMAT, TEST_PAYLOAD))
    const sealed = domain.read(StorageKey.test)
    const payload = sealed && unseal(TEST_FORMAT, sealed)
    domain.delete(StorageKey.test)
    return typeof payload === "object" && payload[0] === TEST_PAYLOAD[0] && !domain.read(StorageKey.test)
  } finally {
    domain.close()
  }
}
