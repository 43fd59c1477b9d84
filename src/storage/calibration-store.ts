/**
 * Keeps the wearer's calibration over power loss: bytes whose meaning only the motion pipeline knows, with the
 * calibration's own version (counts up with each calibration; every run carries it).
 */
import type { KeyValueStorage } from "../io"
import { keep, readKept, StorageKey } from "./kept-value"

const FORMAT = 1
const VERSION_BYTES = 2

export interface StoredCalibration {
  version: number
  blob: ArrayBuffer
}

export class CalibrationStore {
  /** Of the stored one; 0 without. */
  version = 0
  private readonly storage: KeyValueStorage
  /** What was wrong with the stored calibration, so that there is none. */
  note: string | undefined

  constructor(storage: KeyValueStorage) {
    this.storage = storage
    const stored = read(storage)
    if (typeof stored === "string") this.note = `stored calibration: ${stored}; calibrate again`
    else if (stored) this.version = stored.version
  }

  /** Read anew: it is needed once a boot, and would take memory for as long as that lasts. */
  get stored(): StoredCalibration | undefined {
    const stored = read(this.storage)
    return typeof stored === "object" ? stored : undefined
  }

  /** @throws RangeError when `version` is no u16. */
  save(version: number, blob: ArrayBuffer): void {
    if (!Number.isInteger(version) || version < 0 || version > 0xffff) {
      throw new RangeError(`calibration: version ${version} is no whole number from 0 to 65535`)
    }
    const payload = new Uint8Array(VERSION_BYTES + blob.byteLength)
    new DataView(payload.buffer).setUint16(0, version, true)
    payload.set(new Uint8Array(blob), VERSION_BYTES)
    keep(this.storage, StorageKey.calibration, FORMAT, payload)
    this.note = undefined
    this.version = version
  }
}

/** Undefined when there is none; or what is wrong with it, in words. */
function read(storage: KeyValueStorage): StoredCalibration | string | undefined {
  const payload = readKept(storage, StorageKey.calibration, FORMAT)
  if (typeof payload !== "object") return payload
  if (payload.length < VERSION_BYTES) return "no version in it"
  const version = new DataView(payload.buffer).getUint16(0, true)
  return { version, blob: payload.slice(VERSION_BYTES).buffer }
}
