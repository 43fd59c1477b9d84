/** A sitting in which the device fell asleep, so that it is known after waking how long it has lasted. Good for the next boot alone. */
import { constant } from "../constant"
import type { KeyValueStorage } from "../io"
import { keep, readKept, StorageKey } from "./kept-value"

const FORMAT = 1
/** u32 boot id, f64 retained clock, u16 s, u8 bool. */
const AT = constant({ bootId: 0, retainedMs: 4, satS: 12, isTold: 14 } as const)
const BYTES = 15

export interface LeftSitting {
  /** Boot in which the device fell asleep. */
  bootId: number
  /** What the clock that outlives sleep (src/board.ts) showed then. */
  retainedMs: number
  /** How long the wearer had been sitting then. */
  satS: number
  /** The buzz was out. */
  isTold: boolean
}

/** One that cannot be read is none. */
export function readLeftSitting(storage: KeyValueStorage): LeftSitting | undefined {
  const payload = readKept(storage, StorageKey.sitting, FORMAT)
  if (typeof payload !== "object" || payload.length < BYTES) return undefined
  const view = new DataView(payload.buffer)
  return {
    bootId: view.getUint32(AT.bootId, true),
    retainedMs: view.getFloat64(AT.retainedMs, true),
    satS: view.getUint16(AT.satS, true),
    isTold: view.getUint8(AT.isTold) === 1,
  }
}

/** @throws what the storage throws */
export function keepLeftSitting(storage: KeyValueStorage, left: Readonly<LeftSitting>): void {
  const payload = new Uint8Array(BYTES)
  const view = new DataView(payload.buffer)
  view.setUint32(AT.bootId, left.bootId, true)
  view.setFloat64(AT.retainedMs, left.retainedMs, true)
  view.setUint16(AT.satS, left.satS, true)
  view.setUint8(AT.isTold, left.isTold ? 1 : 0)
  keep(storage, StorageKey.sitting, FORMAT, payload)
}
