/** What the wearer calls the device: text for the phones that may read it. It is asked for seldom and lies in the storage, not in memory. */
import type { KeyValueStorage } from "../io"
import { decodeUtf8 } from "../utf8"
import { keep, readKept, StorageKey } from "./kept-value"

/** Also what each device advertises as. */
export const DEFAULT_NAME = "Patella"
/** UTF-8. */
export const NAME_LIMIT_BYTES = 20
const FORMAT = 1
const SPACE = 0x20
const DELETE = 0x7f

/** Why `name` (UTF-8) is none, in words; undefined when it is one. */
export function nameRefused(name: Uint8Array): string | undefined {
  if (name.length === 0 || name.length > NAME_LIMIT_BYTES)
    return `the name has ${name.length} bytes; it takes 1 to ${NAME_LIMIT_BYTES}`
  if (decodeUtf8(name) === undefined) return "the name is no UTF-8"
  if (name.some((byte) => byte < SPACE || byte === DELETE)) return "the name has a control character"
  if (name.every((byte) => byte === SPACE)) return "the name is blank"
  return undefined
}

/** The stored name, or the default. Never throws. */
export function deviceName(storage: KeyValueStorage): string {
  const stored = readName(storage)
  return (typeof stored === "object" && decodeUtf8(stored)) || DEFAULT_NAME
}

/** What is wrong with the stored name, so that the default stands in its place; undefined when nothing is. */
export function deviceNameNote(storage: KeyValueStorage): string | undefined {
  const stored = readName(storage)
  return typeof stored === "string" ? `stored name: ${stored}; the default in force` : undefined
}

/** @param name UTF-8. @throws RangeError when it is refused, and what the storage throws; then nothing has changed. */
export function setDeviceName(storage: KeyValueStorage, name: Uint8Array): void {
  const refused = nameRefused(name)
  if (refused !== undefined) throw new RangeError(`device name: ${refused}`)
  keep(storage, StorageKey.name, FORMAT, name)
}

/** Back to the default. @throws what the storage throws; then nothing has changed. */
export function resetDeviceName(storage: KeyValueStorage): void {
  keep(storage, StorageKey.name, FORMAT, new Uint8Array(0))
}

/** Undefined when there is none (an empty one stands for that too); or what is wrong with it. */
function readName(storage: KeyValueStorage): Uint8Array | string | undefined {
  const payload = readKept(storage, StorageKey.name, FORMAT)
  if (typeof payload !== "object") return payload
  return payload.length === 0 ? undefined : (nameRefused(payload) ?? payload)
}
