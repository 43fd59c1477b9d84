/**
 * The phones that may read and write: up to three, each the identity address and the check of the keys that it paired with, and how far it
 * has the runs. The keys themselves are the Bluetooth stack's. The list lies in the storage, not in memory: it is asked once a connection.
 */
import type { KeyValueStorage } from "../io"
import { keep, readKept, StorageKey } from "./kept-value"

export const BOND_LIMIT = 3
const FORMAT = 1
/** Identity address (6 bytes), u32 key check, u16 newest run that it has acknowledged. */
const IDENTITY_BYTES = 6
const KEY_CHECK_AT = IDENTITY_BYTES
const CURSOR_AT = KEY_CHECK_AT + 4
const BOND_BYTES = CURSOR_AT + 2
const HEX = 16
const DIGITS = 2

export class BondList {
  private readonly storage: KeyValueStorage

  constructor(storage: KeyValueStorage) {
    this.storage = storage
  }

  /** What is wrong with the stored list, so that no phone is known; undefined when nothing is. */
  get note(): string | undefined {
    const stored = this.stored()
    return typeof stored === "string" ? `bonds: ${stored}; every phone has to pair again` : undefined
  }

  get length(): number {
    return this.read().length / BOND_BYTES
  }

  /** Nobody ever was on it, or all were forgotten; a list that is damaged is not empty. */
  get isEmpty(): boolean {
    const stored = this.stored()
    return stored === undefined || (typeof stored === "object" && stored.length === 0)
  }

  /** The phone is on the list, with these keys: an identity alone says nothing, since anybody can claim one. */
  isKnown(identity: string, keyCheck: number): boolean {
    const list = this.read()
    const at = find(list, identity)
    return at >= 0 && viewOf(list).getUint32(at + KEY_CHECK_AT, true) === keyCheck
  }

  /** The newest run that the phone has acknowledged; 0: none. */
  cursor(identity: string): number {
    const list = this.read()
    const at = find(list, identity)
    return at < 0 ? 0 : viewOf(list).getUint16(at + CURSOR_AT, true)
  }

  /** @throws what the storage throws; then nothing has changed */
  setCursor(identity: string, run: number): void {
    const list = this.read()
    const at = find(list, identity)
    if (at < 0) return
    viewOf(list).setUint16(at + CURSOR_AT, run, true)
    keep(this.storage, StorageKey.bonds, FORMAT, list)
  }

  /**
   * Puts a phone first, with these keys; one that was on the list keeps its cursor. On a full list it takes the place of the one that was put first
   * longest ago.
   * @returns the identity of that one. @throws RangeError for what is no identity, and what the storage throws; then nothing has changed
   */
  add(identity: string, keyCheck: number): string | undefined {
    const old = this.read()
    const at = find(old, identity)
    if (at === 0 && viewOf(old).getUint32(KEY_CHECK_AT, true) === keyCheck) return undefined
    const entry = new Uint8Array(BOND_BYTES)
    if (at >= 0) entry.set(old.subarray(at, at + BOND_BYTES))
    else writeIdentity(entry, identity)
    viewOf(entry).setUint32(KEY_CHECK_AT, keyCheck, true)
    const others = at < 0 ? old : without(old, at)
    const kept = others.subarray(0, (BOND_LIMIT - 1) * BOND_BYTES)
    const list = new Uint8Array(BOND_BYTES + kept.length)
    list.set(entry)
    list.set(kept, BOND_BYTES)
    keep(this.storage, StorageKey.bonds, FORMAT, list)
    return kept.length < others.length ? identityAt(others, kept.length) : undefined
  }

  /** Of all phones. @throws what the storage throws; then nothing has changed */
  clear(): void {
    keep(this.storage, StorageKey.bonds, FORMAT, new Uint8Array(0))
  }

  private read(): Uint8Array {
    const stored = this.stored()
    return typeof stored === "object" ? stored : new Uint8Array(0)
  }

  private stored(): Uint8Array | string | undefined {
    const stored = readKept(this.storage, StorageKey.bonds, FORMAT)
    if (typeof stored === "object" && stored.length % BOND_BYTES !== 0) return `${stored.length} bytes`
    return stored
  }
}

function viewOf(list: Uint8Array): DataView {
  return new DataView(list.buffer, list.byteOffset, list.byteLength)
}

/** @returns where the phone's entry begins; -1: it has none */
function find(list: Uint8Array, identity: string): number {
  for (let at = 0; at < list.length; at += BOND_BYTES) if (identityAt(list, at) === identity) return at
  return -1
}

function identityAt(list: Uint8Array, at: number): string {
  let identity = ""
  for (let byte = at; byte < at + IDENTITY_BYTES; byte++)
    identity += (list[byte] as number).toString(HEX).padStart(DIGITS, "0")
  return identity
}

function writeIdentity(entry: Uint8Array, identity: string): void {
  for (let byte = 0; byte < IDENTITY_BYTES; byte++)
    entry[byte] = Number.parseInt(identity.slice(byte * DIGITS, (byte + 1) * DIGITS), HEX)
  // What was no hex digit is another address now.
  if (identityAt(entry, 0) !== identity)
    throw new RangeError(
      `bond: "${identity}" is no identity address of ${IDENTITY_BYTES * DIGITS} hex digits`,
    )
}

function without(list: Uint8Array, at: number): Uint8Array {
  const rest = new Uint8Array(list.length - BOND_BYTES)
  rest.set(list.subarray(0, at))
  rest.set(list.subarray(at + BOND_BYTES), at)
  return rest
}
