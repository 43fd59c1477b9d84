/**
 * Room in the archive of closed runs: the newest segment is written from its tail on, and to have free ones ahead, the oldest is emptied. What a
 * phone has whole goes, the rest is moved to the newest, and only when no phone has any run that is left the oldest segment's are lost, and counted.
 */
import type { KeyValueStorage } from "../io"
import { ArchiveReading } from "./archive-reading"
import { CHUNK_BYTES, type RecordWriter, recordBytes } from "./flash-record"
import { keep, readKept, StorageKey } from "./kept-value"
import { DATA_AT, DIRECTORY_SLOTS, SlotUse } from "./run-directory"
import type { Region } from "./segment-ring"

/** Segments that are free between two runs: one to go on in, one in case that fails. */
export const RESERVED_SEGMENTS = 2
const LOST_FORMAT = 1
/** All, the segment that was counted last, and how many of them lay in it: u32 each. */
const LOST_BYTES = 12

export class ArchiveEmptying extends ArchiveReading {
  /** Runs that no phone had when their room was needed, ever. */
  lost = 0
  private readonly storage: KeyValueStorage
  /** Where the next run goes in the newest segment; slot -1: not there. */
  private slot = -1
  protected tail = 0
  /** What lies from there on is erased. */
  private isTailKnown = false
  /** Emptying a segment may have been cut short: a run of the oldest may lie in a newer one too. */
  private mayHaveCopies = true
  // The segment whose lost runs were counted last, by its sequence number.
  private lostSequence = 0
  private lostThere = 0

  /** Mounts it: reads each segment's header and directory. */
  constructor(writer: RecordWriter, region: Region, storage: KeyValueStorage) {
    super(writer, region)
    this.storage = storage
    this.readLost()
    this.survey()
    this.mayHaveCopies = this.ring.free < RESERVED_SEGMENTS
    this.restoreReserve(false)
  }

  /** Room in the newest segment, or a new one. @returns false when there is none to be had */
  protected makeRoom(bytes: number): boolean {
    const ring = this.ring
    for (let left = ring.segments; left > 0; left--) {
      if (this.fits(bytes)) return true
      if (ring.head >= 0 && ring.free === 0) this.restoreReserve(true)
      if (!this.openNext()) return false
      this.restoreReserve(true)
    }
    return false
  }

  /** @param bytes that the record takes; 0 when it could not be written: nothing more is written into this segment */
  protected enter(run: number, length: number, bytes: number): boolean {
    const isEntered = bytes > 0 && this.entry.enter(this.ring.head, this.slot, run, this.tail, length)
    this.slot = isEntered ? this.slot + 1 : -1
    this.tail += bytes
    return isEntered
  }

  /** Reads all directories. */
  private survey(): void {
    const ring = this.ring
    const entry = this.entry
    if (ring.head < 0) return
    this.newestRun = ring.info
    this.recount()
    // Where the newest segment's directory ended.
    this.slot = 0
    this.tail = DATA_AT
    for (let slot = 0; slot < DIRECTORY_SLOTS && entry.read(ring.head, slot) !== SlotUse.blank; slot++) {
      this.slot = slot + 1
      if (entry.use === SlotUse.entry) this.tail = entry.offset + recordBytes(entry.length)
    }
  }

  /** @param mayLose as for empty() */
  private restoreReserve(mayLose: boolean): void {
    const ring = this.ring
    if (ring.head < 0) return
    for (let left = ring.segments; left > 0 && ring.free < RESERVED_SEGMENTS; left--)
      if (!this.empty(mayLose)) return
  }

  private fits(bytes: number): boolean {
    const ring = this.ring
    if (ring.head < 0 || this.slot < 0 || this.slot >= DIRECTORY_SLOTS) return false
    // In a segment whose header has gone bad no run would be found again.
    if (ring.sequenceOf(ring.head) !== ring.sequence) return false
    if (!this.isTailKnown) this.passOver()
    return this.tail + bytes <= ring.segmentBytes
  }

  /** What was being written when power went lies behind the last run. */
  private passOver(): void {
    const ring = this.ring
    const start = ring.startOf(ring.head)
    let end = ring.segmentBytes
    while (end - CHUNK_BYTES >= this.tail && this.writer.isBlank(start + end - CHUNK_BYTES, start + end))
      end -= CHUNK_BYTES
    this.tail = end
    this.isTailKnown = true
  }

  private openNext(): boolean {
    if (!this.ring.open(false, this.newestRun)) return false
    this.slot = 0
    this.tail = DATA_AT
    this.isTailKnown = true
    return true
  }

  /**
   * Empties the oldest segment. @param mayLose its runs, when no phone has any
   * @returns false when there is nothing to empty, or it cannot be
   */
  private empty(mayLose: boolean): boolean {
    const ring = this.ring
    const entry = this.entry
    const oldest = ring.oldest
    if (oldest < 0 || oldest === ring.head) return false
    this.changed()
    this.choose(oldest, mayLose)
    this.countLost(oldest)
    let isDamaged = false
    for (let slot = 0; slot < DIRECTORY_SLOTS; slot++) {
      const use = entry.read(oldest, slot)
      if (use === SlotUse.blank) break
      if (use === SlotUse.spoilt) isDamaged = true
      if (!entry.isPresent) continue
      // One that a phone has and that could not be dropped goes with its segment.
      const isGoing = entry.isAcknowledged
      if (!isGoing && this.move(oldest, slot)) continue
      // It cannot be read, or there is nowhere to go.
      if (!isGoing && !mayLose && this.isReadable()) return false
      isDamaged = !entry.drop() || isDamaged
      this.countLost(oldest, isGoing || entry.isDropped ? 0 : 1)
      this.count--
      if (isGoing) this.acknowledged--
    }
    ring.release(oldest)
    this.mayHaveCopies = false
    if (isDamaged) this.recount()
    return true
  }

  /** Drops what goes of a segment: what a phone has, or all when no phone has any run of the archive. */
  private choose(segment: number, mayLose: boolean): void {
    const entry = this.entry
    let isLosing = mayLose && this.acknowledged === 0
    for (let slot = 0; slot < DIRECTORY_SLOTS; slot++) {
      const use = entry.read(segment, slot)
      if (use === SlotUse.blank) break
      if (use === SlotUse.spoilt) continue
      // Losing was cut short: it goes on.
      if (entry.isDropped && !entry.isAcknowledged) isLosing = true
      if (entry.isDropped || !(entry.isAcknowledged || isLosing)) continue
      if (!entry.drop()) continue
      this.count--
      if (entry.isAcknowledged) this.acknowledged--
    }
  }

  /** Counts the runs of a segment that no phone had, each once. @param more that could not be marked so */
  private countLost(segment: number, more = 0): void {
    const entry = this.entry
    let lost = 0
    for (let slot = 0; slot < DIRECTORY_SLOTS; slot++) {
      const use = entry.read(segment, slot)
      if (use === SlotUse.blank) break
      if (use === SlotUse.entry && entry.isDropped && !entry.isAcknowledged) lost++
    }
    const sequence = this.ring.sequenceOf(segment)
    if (sequence !== this.lostSequence) this.lostThere = 0
    if (lost === this.lostThere && more === 0) return
    this.lost += lost - this.lostThere + more
    this.lostThere = lost
    this.lostSequence = sequence
    const payload = new Uint8Array(LOST_BYTES)
    const view = new DataView(payload.buffer)
    view.setUint32(0, this.lost, true)
    view.setUint32(4, sequence, true)
    view.setUint32(8, lost, true)
    try {
      keep(this.storage, StorageKey.lostRuns, LOST_FORMAT, payload)
    } catch {
      // The count is told until the power goes; no run hangs on it.
    }
  }

  /** Moves a run to the newest segment; its old entry is no loss. @returns false, and the entry is read, when it cannot be */
  private move(segment: number, slot: number): boolean {
    const ring = this.ring
    const entry = this.entry
    const { run, length, offset, unixS, zoneQuarters } = entry
    const bytes = recordBytes(length)
    const from = ring.startOf(segment) + offset
    if (this.mayHaveCopies && this.find(run) && entry.segment !== segment) {
      // It was counted twice, and may not have its time yet.
      this.count--
      if (unixS !== 0 && entry.unixS === 0) entry.stamp(unixS, zoneQuarters)
      return true
    }
    for (let left = this.isReadable() ? ring.segments : 0; left > 0; left--) {
      if (!this.fits(bytes) && !this.openNext()) break
      const to = ring.startOf(ring.head) + this.tail
      const copied = this.writer.copy(from, to, ring.endOf(ring.head))
      if (!this.enter(run, length, copied)) continue
      if (unixS !== 0) entry.stamp(unixS, zoneQuarters)
      entry.read(segment, slot)
      entry.acknowledge()
      entry.drop()
      return true
    }
    entry.read(segment, slot)
    return false
  }

  private readLost(): void {
    const payload = readKept(this.storage, StorageKey.lostRuns, LOST_FORMAT)
    if (typeof payload !== "object" || payload.length < LOST_BYTES) return
    const view = new DataView(payload.buffer)
    this.lost = view.getUint32(0, true)
    this.lostSequence = view.getUint32(4, true)
    this.lostThere = view.getUint32(8, true)
  }
}
