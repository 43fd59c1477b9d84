/**
 * The last 16 readiness tests, routines and rises from a long sitting, each with its boot and calendar time. The list lies in the storage, not in
 * memory: it is written a few times a day, and read when a phone asks or a test hurts.
 */
import type { CoachEntry, CoachEntryKind, CoachStamp, LoggedEntry } from "../coach/coach-entry"
import type { CoachAnswer, Readiness } from "../coach/routine"
import { constant } from "../constant"
import type { KeyValueStorage } from "../io"
import type { Rows } from "../run/summary"
import { keep, readKept, StorageKey } from "./kept-value"

export const COACH_ENTRY_LIMIT = 16
const FORMAT = 1
const AT = constant({
  kind: 0,
  routine: 1,
  bootId: 2,
  endMs: 6,
  unixS: 10,
  zoneQuarters: 14,
  durationS: 15,
  repeats: 17,
  depthCdeg: 18,
  meanMs: 20,
  halts: 22,
  answer: 23,
  readiness: 24,
  flags: 25,
} as const)
const ENTRY_BYTES = 26
const U8_MAX = 0xff
const U16_MAX = 0xffff

export class CoachLog {
  private readonly storage: KeyValueStorage

  constructor(storage: KeyValueStorage) {
    this.storage = storage
  }

  /** What is wrong with the stored log, so that it begins anew; undefined when nothing is. */
  get note(): string | undefined {
    const stored = this.stored()
    return typeof stored === "string" ? `coach log: ${stored}; it begins anew` : undefined
  }

  /** As it is now, the oldest first: a row is made anew for each call. */
  rows(): Rows<LoggedEntry> {
    return new LogRows(this.read())
  }

  /** On a full log the oldest makes room. @throws what the storage throws; then nothing has changed */
  add(entry: Readonly<CoachEntry>, stamp: CoachStamp): void {
    const old = this.read()
    const kept = old.subarray(Math.max(0, old.length - (COACH_ENTRY_LIMIT - 1) * ENTRY_BYTES))
    const log = new Uint8Array(kept.length + ENTRY_BYTES)
    log.set(kept)
    writeEntry(new DataView(log.buffer, kept.length), entry, stamp)
    keep(this.storage, StorageKey.coach, FORMAT, log)
  }

  /** Forgets all. @throws what the storage throws; then nothing has changed */
  reset(): void {
    keep(this.storage, StorageKey.coach, FORMAT, new Uint8Array(0))
  }

  private read(): Uint8Array {
    const stored = this.stored()
    return typeof stored === "object" ? stored : new Uint8Array(0)
  }

  private stored(): Uint8Array | string | undefined {
    const stored = readKept(this.storage, StorageKey.coach, FORMAT)
    if (typeof stored === "object" && stored.length % ENTRY_BYTES !== 0) return `${stored.length} bytes`
    return stored
  }
}

class LogRows implements Rows<LoggedEntry> {
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get length(): number {
    return this.bytes.length / ENTRY_BYTES
  }

  at(index: number): LoggedEntry | undefined {
    if (index < 0 || index >= this.length) return undefined
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + index * ENTRY_BYTES, ENTRY_BYTES)
    return {
      kind: view.getUint8(AT.kind) as CoachEntryKind,
      routine: view.getUint8(AT.routine),
      bootId: view.getUint32(AT.bootId, true),
      endMs: view.getUint32(AT.endMs, true),
      unixS: view.getUint32(AT.unixS, true),
      zoneQuarters: view.getInt8(AT.zoneQuarters),
      durationS: view.getUint16(AT.durationS, true),
      repeats: view.getUint8(AT.repeats),
      depthCdeg: view.getUint16(AT.depthCdeg, true),
      meanMs: view.getUint16(AT.meanMs, true),
      halts: view.getUint8(AT.halts),
      answer: view.getUint8(AT.answer) as CoachAnswer,
      readiness: view.getUint8(AT.readiness) as Readiness,
      flags: view.getUint8(AT.flags),
    }
  }
}

/** Figures past what their field can say stand at its limit. */
function writeEntry(view: DataView, entry: Readonly<CoachEntry>, stamp: CoachStamp): void {
  view.setUint8(AT.kind, entry.kind)
  view.setUint8(AT.routine, entry.routine)
  view.setUint32(AT.bootId, stamp.bootId, true)
  view.setUint32(AT.endMs, entry.endMs, true)
  view.setUint32(AT.unixS, stamp.unixS, true)
  view.setInt8(AT.zoneQuarters, stamp.zoneQuarters)
  view.setUint16(AT.durationS, Math.min(U16_MAX, entry.durationS), true)
  view.setUint8(AT.repeats, Math.min(U8_MAX, entry.repeats))
  view.setUint16(AT.depthCdeg, Math.max(0, Math.min(U16_MAX, entry.depthCdeg)), true)
  view.setUint16(AT.meanMs, Math.min(U16_MAX, entry.meanMs), true)
  view.setUint8(AT.halts, Math.min(U8_MAX, entry.halts))
  view.setUint8(AT.answer, entry.answer)
  view.setUint8(AT.readiness, entry.readiness)
  view.setUint8(AT.flags, entry.flags)
}
