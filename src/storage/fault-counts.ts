/**
 * How often what failed in the device's whole life, by kind. What came to it is counted in memory, and stored once an hour at most and
 * when the device is closed: faults that follow each other fast must not wear the storage. The sum lies in the storage alone.
 */
import { constant } from "../constant"
import type { KeyValueStorage } from "../io"
import { keep, readKept, StorageKey } from "./kept-value"

/** In the order that they are stored in: new ones at the end. */
export const FAULT_KINDS = constant(["sensor", "storage", "bluetooth", "battery", "motor", "other"] as const)
export type FaultKind = (typeof FAULT_KINDS)[number]
export type FaultTotals = Record<FaultKind, number>

const FORMAT = 1
const COUNT_BYTES = 4
const COUNT_LIMIT = 0xffffffff
const KEEP_EVERY_MS = 3_600_000
/** The first time in a boot they may be kept sooner, since most boots end with the power; one that fails at once, over and over, does not. */
const FIRST_AFTER_MS = 60_000
/** What came since the last time, three kinds in a number, since each number takes a slot: at most 1,023 of a kind count. */
const PENDING_BITS = 10
const PENDING_LIMIT = (1 << PENDING_BITS) - 1
const KINDS_A_NUMBER = 3

export class FaultCounts {
  /** What was wrong with the stored counts, so that they begin anew. */
  note: string | undefined
  private readonly storage: KeyValueStorage
  private pendingFirst = 0
  private pendingLast = 0
  /** The last time. */
  private keptMs: number

  constructor(storage: KeyValueStorage, nowMs: number) {
    this.storage = storage
    this.keptMs = nowMs + FIRST_AFTER_MS - KEEP_EVERY_MS
    const payload = readKept(storage, StorageKey.faults, FORMAT)
    if (typeof payload === "string") this.note = `stored fault counts: ${payload}; they begin anew`
  }

  /** All that were ever counted. */
  get totals(): FaultTotals {
    const payload = readKept(this.storage, StorageKey.faults, FORMAT)
    const totals: Partial<FaultTotals> = {}
    FAULT_KINDS.forEach((kind, index) => {
      totals[kind] = Math.min(COUNT_LIMIT, storedCount(payload, index) + this.pending(index))
    })
    return totals as FaultTotals
  }

  add(kind: FaultKind, faults = 1): void {
    const index = FAULT_KINDS.indexOf(kind)
    const more = Math.min(PENDING_LIMIT - this.pending(index), faults) << shiftOf(index)
    if (index < KINDS_A_NUMBER) this.pendingFirst += more
    else this.pendingLast += more
  }

  /** Whether there is something to keep, and an hour has passed since the last time. */
  isDue(nowMs: number): boolean {
    return this.hasPending && ((nowMs - this.keptMs) | 0) >= KEEP_EVERY_MS
  }

  /** @returns whether something came to them, so that they were stored. @throws what the storage throws; tried again in an hour. */
  keep(nowMs: number): boolean {
    if (!this.hasPending) return false
    this.keptMs = nowMs
    this.store(this.totals)
    return true
  }

  /** Back to none. @throws what the storage throws; then nothing has changed. */
  reset(): void {
    this.store({})
    this.note = undefined
  }

  private get hasPending(): boolean {
    return (this.pendingFirst | this.pendingLast) !== 0
  }

  private pending(index: number): number {
    const pending = index < KINDS_A_NUMBER ? this.pendingFirst : this.pendingLast
    return (pending >> shiftOf(index)) & PENDING_LIMIT
  }

  private store(totals: Partial<FaultTotals>): void {
    const payload = new Uint8Array(FAULT_KINDS.length * COUNT_BYTES)
    const view = new DataView(payload.buffer)
    FAULT_KINDS.forEach((kind, index) => {
      view.setUint32(index * COUNT_BYTES, totals[kind] ?? 0, true)
    })
    keep(this.storage, StorageKey.faults, FORMAT, payload)
    this.pendingFirst = 0
    this.pendingLast = 0
  }
}

function shiftOf(index: number): number {
  return (index % KINDS_A_NUMBER) * PENDING_BITS
}

/** A count that another firmware did not have is 0; of kinds that this one does not know nothing is read. */
function storedCount(payload: ReturnType<typeof readKept>, index: number): number {
  const at = index * COUNT_BYTES
  if (typeof payload !== "object" || at + COUNT_BYTES > payload.length) return 0
  return new DataView(payload.buffer).getUint32(at, true)
}
