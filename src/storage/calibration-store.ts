/**
 * Keeps the wearer's calibration over power loss: bytes whose meaning only the motion pipeline knows, with the
 * calibration's own version (counts up with each calibration; every run carries it).
 */
import type { KeyValueDomain, KeyValueStorage } from "../board"
import { seal, unseal } from "./sealed-value"

export const CALIBRATION_PATH = "patella"
export const CALIBRATION_KEY = "calibration"
const FORMAT = 1
const VERSION_BYTES = 2

export interface StoredCalibration {
  version: number
  blob: ArrayBuffer
}

export class CalibrationStore {
  readonly #domain: KeyValueDomain
  #stored: StoredCalibration | undefined
  /** What was wrong with the stored calibration, so that there is none. */
  readonly note: string | undefined

  constructor(storage: KeyValueStorage) {
    this.#domain = storage.open({ path: CALIBRATION_PATH, format: "buffer" })
    const sealed = this.#domain.read(CALIBRATION_KEY)
    if (!sealed) return
    const payload = unseal(FORMAT, sealed)
    if (typeof payload === "string") this.note = `stored calibration: ${payload}; calibrate again`
    else if (payload.length < VERSION_BYTES)
      this.note = "stored calibration: no version in it; calibrate again"
    else {
      const version = new DataView(payload.buffer).getUint16(0, true)
      this.#stored = { version, blob: payload.slice(VERSION_BYTES).buffer }
    }
  }

  get stored(): StoredCalibration | undefined {
    return this.#stored
  }

  /** @throws RangeError when `version` is no u16. */
  save(version: number, blob: ArrayBuffer): void {
    if (!Number.isInteger(version) || version < 0 || version > 0xffff) {
      throw new RangeError(`calibration: version ${version} is no whole number from 0 to 65535`)
    }
    const payload = new Uint8Array(VERSION_BYTES + blob.byteLength)
    new DataView(payload.buffer).setUint16(0, version, true)
    payload.set(new Uint8Array(blob), VERSION_BYTES)
    this.#domain.write(CALIBRATION_KEY, seal(FORMAT, payload))
    this.#stored = { version, blob: blob.slice(0) }
  }

  close(): void {
    this.#domain.close()
  }
}
