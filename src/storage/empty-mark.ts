/** That the device switched itself off with an empty battery, from then until it starts with one that is not. */
import type { KeyValueStorage } from "../io"
import { keep, readKept, StorageKey } from "./kept-value"

const FORMAT = 1

/** A mark that cannot be read is none. */
export function isMarkedEmpty(storage: KeyValueStorage): boolean {
  const payload = readKept(storage, StorageKey.batteryEmpty, FORMAT)
  return typeof payload === "object" && payload[0] === 1
}

/** Nothing is written where it is so. @throws what the storage throws */
export function markEmpty(storage: KeyValueStorage, isEmpty: boolean): void {
  if (isMarkedEmpty(storage) === isEmpty) return
  keep(storage, StorageKey.batteryEmpty, FORMAT, Uint8Array.of(isEmpty ? 1 : 0))
}
