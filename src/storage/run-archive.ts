/**
 * Closed runs in flash, each a record of its own (docs/flash-format.md), newest last. Segments are filled one after the other round the ring; to
 * have two free ones ahead, the oldest is emptied: what a phone has whole goes, the rest is moved to the newest, and only when no phone has
 * any run that is left the oldest segment's are lost, and counted.
 */
import type { KeyValueStorage } from "../board"
import { CHUNK_BYTES, RecordReader, RecordType, type RecordWriter, recordBytes } from "./flash-record"
import { keep, readKept, StorageKey } from "./kept-value"
import { DATA_AT, DIRECTORY_SLOTS, RunDirectory, SlotUse } from "./run-directory"
import { type Region, SegmentRing } from "./segment-ring"

/** Segments that are free between two runs: one to go on in, one in case that fails. */
export const RESERVED_SEGMENTS = 2
/** Runs are numbered in two bytes: three a day for sixty years. */
const LARGEST_RUN = 0xffff
const LOST_FORMAT = 1
/** All, the segment that was counted last, and how many of them lay in it: u32 each. */
const LOST_BYTES = 12

export interface RunEntry {
  readonly id: number
  readonly recordBytes: number
  readonly isAcknowledged: boolean
  /** When it began, s since 1970; 0: unknown. */
  readonly unixS: number
  readonly zoneQuarters: number
}

export class RunArchive {
  /** Of the newest run that was ever added; 0: none. */
  newestRun = 0
  /** Runs that are there, and how many of them a phone has whole. */
  count = 0
  acknowledged = 0
  /** Runs that no phone had when their room was needed, ever. */
  lost = 0
  readonly #writer: RecordWriter
  readonly #storage: KeyValueStorage
  readonly #ring: SegmentRing
  readonly #entry: RunDirectory
  /** Where the next run goes in the newest segment; slot -1: not there. */
  #slot = -1
  #offset = 0
  /** What lies from there on is erased. */
  #isTailKnown = false
  /** Emptying a segment may have been cut short: a run of the oldest may lie in a newer one too. */
  #mayHaveCopies = true
  // The segment whose lost runs were counted last, by its sequence number.
  #lostSequence = 0
  #lostThere = 0
  // Where at() was last: asked in order, it goes on from there.
  #atIndex = -1
  #atSegment = 0
  #atSlot = 0

  /** Mounts it: reads each segment's header and directory. */
  constructor(writer: RecordWriter, region: Region, storage: KeyValueStorage) {
    this.#writer = writer
    this.#storage = storage
    this.#ring = new SegmentRing(writer, region)
    this.#entry = new RunDirectory(writer, this.#ring)
    this.#ring.mount()
    this.readLost()
    this.survey()
    this.#mayHaveCopies = this.#ring.free < RESERVED_SEGMENTS
    this.restoreReserve(false)
  }

  /** A row for each run, in the order of the flash: oldest first, but that moved ones stand behind younger. Made anew for each call. */
  get length(): number {
    return this.count
  }

  /** @throws Error when some cannot be read any more: then `length` is what is left */
  at(index: number): RunEntry | undefined {
    if (index < 0 || index >= this.count) return undefined
    const entry = this.#entry
    if (index !== this.#atIndex + 1 || this.#atIndex < 0) {
      this.#atIndex = -1
      this.#atSegment = this.#ring.oldest
      this.#atSlot = -1
    }
    while (this.#atIndex < index) {
      if (!this.next()) {
        this.recount()
        throw new Error(`run archive: runs cannot be read any more; ${this.count} are left`)
      }
      if (entry.isPresent) this.#atIndex++
    }
    return {
      id: entry.run,
      recordBytes: entry.length,
      isAcknowledged: entry.isAcknowledged,
      unixS: entry.unixS,
      zoneQuarters: entry.zoneQuarters,
    }
  }

  /** The record as it was added; undefined when there is no such run. @throws Error when it cannot be read whole */
  record(run: number): Uint8Array | undefined {
    return this.find(run) ? this.read(run, this.#entry.length) : undefined
  }

  /** As record(), its first `bytes` alone. */
  beginning(run: number, bytes: number): Uint8Array | undefined {
    return this.find(run) ? this.read(run, Math.min(bytes, this.#entry.length)) : undefined
  }

  /**
   * Adds a run with a number beyond all others. @throws RangeError when it is no such number, or longer than a segment; Error when no segment can be
   * written any more
   */
  add(run: number, record: Uint8Array): void {
    if (run <= this.newestRun || run > LARGEST_RUN)
      throw new RangeError(`run archive: run ${run} after run ${this.newestRun}`)
    const bytes = recordBytes(record.length)
    if (DATA_AT + bytes > this.#ring.segmentBytes)
      throw new RangeError(`run archive: a record of ${record.length} bytes is longer than a segment`)
    for (let left = this.#ring.segments; left > 0; left--) {
      if (!this.makeRoom(bytes)) break
      if (!this.write(run, record)) continue
      this.newestRun = run
      this.count++
      this.#atIndex = -1
      return
    }
    throw new Error("run archive: no segment of the flash can be written")
  }

  /** A phone has it whole. @returns false when there is no such run */
  acknowledge(run: number): boolean {
    if (!this.find(run)) return false
    if (this.#entry.isAcknowledged) return true
    if (this.#entry.acknowledge()) this.acknowledged++
    return this.#entry.isAcknowledged
  }

  /** Drops a run that a phone has whole. @returns false when there is none */
  drop(run: number): boolean {
    if (!this.find(run) || !this.#entry.isAcknowledged || !this.#entry.drop()) return false
    this.count--
    this.acknowledged--
    this.#atIndex = -1
    return true
  }

  /** Writes down when a run began, where it is not known. @returns false when there is no such run */
  stamp(run: number, unixS: number, zoneQuarters: number): boolean {
    if (!this.find(run)) return false
    return this.#entry.unixS !== 0 || this.#entry.stamp(unixS, zoneQuarters)
  }

  private read(run: number, bytes: number): Uint8Array {
    const { flash } = this.#writer
    const start = this.#ring.startOf(this.#entry.segment) + this.#entry.offset
    const reader = new RecordReader(flash)
    if (
      !this.isReadable() ||
      !reader.open(start) ||
      reader.type !== RecordType.run ||
      reader.sequence !== run
    )
      throw new Error(`run archive: run ${run} at byte ${start} cannot be read whole`)
    const record = new Uint8Array(bytes)
    reader.readInto(record)
    return record
  }

  /** Reads all directories. */
  private survey(): void {
    const ring = this.#ring
    const entry = this.#entry
    if (ring.head < 0) return
    this.newestRun = ring.info
    this.recount()
    // Where the newest segment's directory ended.
    this.#slot = 0
    this.#offset = DATA_AT
    for (let slot = 0; slot < DIRECTORY_SLOTS && entry.read(ring.head, slot) !== SlotUse.blank; slot++) {
      this.#slot = slot + 1
      if (entry.use === SlotUse.entry) this.#offset = entry.offset + recordBytes(entry.length)
    }
  }

  /** Counts the runs that can be read. */
  private recount(): void {
    const entry = this.#entry
    this.count = 0
    this.acknowledged = 0
    this.#atIndex = -1
    this.#atSegment = this.#ring.oldest
    this.#atSlot = -1
    while (this.next()) {
      if (entry.run > this.newestRun) this.newestRun = entry.run
      if (entry.isDropped) continue
      this.count++
      if (entry.isAcknowledged) this.acknowledged++
    }
  }

  /** Reads the next entry, dropped ones too, round from #atSegment and #atSlot. @returns false after the newest segment's last */
  private next(): boolean {
    const ring = this.#ring
    if (ring.head < 0) return false
    for (;;) {
      const slot = this.#atSlot + 1
      if (slot < DIRECTORY_SLOTS) {
        const use = this.#entry.read(this.#atSegment, slot)
        if (use !== SlotUse.blank) {
          this.#atSlot = slot
          if (use === SlotUse.entry) return true
          continue
        }
      }
      if (this.#atSegment === ring.head) return false
      do this.#atSegment = ring.after(this.#atSegment)
      while (!ring.isUsed(this.#atSegment))
      this.#atSlot = -1
    }
  }

  /** Reads the entry of a run that is there, its newest copy. */
  private find(run: number): boolean {
    const ring = this.#ring
    const entry = this.#entry
    if (ring.head < 0) return false
    this.#atIndex = -1
    for (let back = 0; back < ring.segments; back++) {
      const segment = (ring.head - back + ring.segments) % ring.segments
      if (!ring.isUsed(segment)) continue
      for (let slot = 0; slot < DIRECTORY_SLOTS; slot++) {
        const use = entry.read(segment, slot)
        if (use === SlotUse.blank) break
        if (use === SlotUse.entry && entry.run === run && !entry.isDropped) return true
      }
    }
    return false
  }

  /** Room in the newest segment, or a new one. @returns false when there is none to be had */
  private makeRoom(bytes: number): boolean {
    const ring = this.#ring
    for (let left = ring.segments; left > 0; left--) {
      if (this.fits(bytes)) return true
      if (ring.head >= 0 && ring.free === 0) this.restoreReserve(true)
      if (!this.open()) return false
      this.restoreReserve(true)
    }
    return false
  }

  /** @param mayLose as for empty() */
  private restoreReserve(mayLose: boolean): void {
    const ring = this.#ring
    if (ring.head < 0) return
    for (let left = ring.segments; left > 0 && ring.free < RESERVED_SEGMENTS; left--)
      if (!this.empty(mayLose)) return
  }

  private fits(bytes: number): boolean {
    const ring = this.#ring
    if (ring.head < 0 || this.#slot < 0 || this.#slot >= DIRECTORY_SLOTS) return false
    // In a segment whose header has gone bad no run would be found again.
    if (ring.sequenceOf(ring.head) !== ring.sequence) return false
    if (!this.#isTailKnown) this.passOver()
    return this.#offset + bytes <= ring.segmentBytes
  }

  /** What was being written when power went lies behind the last run. */
  private passOver(): void {
    const ring = this.#ring
    const start = ring.startOf(ring.head)
    let end = ring.segmentBytes
    while (end - CHUNK_BYTES >= this.#offset && this.#writer.isBlank(start + end - CHUNK_BYTES, start + end))
      end -= CHUNK_BYTES
    this.#offset = end
    this.#isTailKnown = true
  }

  private open(): boolean {
    if (!this.#ring.open(false, this.newestRun)) return false
    this.#slot = 0
    this.#offset = DATA_AT
    this.#isTailKnown = true
    return true
  }

  private write(run: number, record: Uint8Array): boolean {
    const ring = this.#ring
    const writer = this.#writer
    const start = ring.startOf(ring.head)
    writer.begin(start + this.#offset, ring.endOf(ring.head))
    for (let at = 0; at < record.length; at++) writer.u8(record[at] as number)
    return this.enter(run, record.length, writer.end(RecordType.run, run))
  }

  /** @param bytes that the record takes; 0 when it could not be written: nothing more is written into this segment */
  private enter(run: number, length: number, bytes: number): boolean {
    const isEntered = bytes > 0 && this.#entry.enter(this.#ring.head, this.#slot, run, this.#offset, length)
    this.#slot = isEntered ? this.#slot + 1 : -1
    this.#offset += bytes
    return isEntered
  }

  /**
   * Empties the oldest segment. @param mayLose its runs, when no phone has any
   * @returns false when there is nothing to empty, or it cannot be
   */
  private empty(mayLose: boolean): boolean {
    const ring = this.#ring
    const entry = this.#entry
    const oldest = ring.oldest
    if (oldest < 0 || oldest === ring.head) return false
    this.#atIndex = -1
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
    this.#mayHaveCopies = false
    if (isDamaged) this.recount()
    return true
  }

  /** Is the record of the entry read last whole? */
  private isReadable(): boolean {
    return this.#writer.isWhole(this.#ring.startOf(this.#entry.segment) + this.#entry.offset)
  }

  /** Drops what goes of a segment: what a phone has, or all when no phone has any run of the archive. */
  private choose(segment: number, mayLose: boolean): void {
    const entry = this.#entry
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
    const entry = this.#entry
    let lost = 0
    for (let slot = 0; slot < DIRECTORY_SLOTS; slot++) {
      const use = entry.read(segment, slot)
      if (use === SlotUse.blank) break
      if (use === SlotUse.entry && entry.isDropped && !entry.isAcknowledged) lost++
    }
    const sequence = this.#ring.sequenceOf(segment)
    if (sequence !== this.#lostSequence) this.#lostThere = 0
    if (lost === this.#lostThere && more === 0) return
    this.lost += lost - this.#lostThere + more
    this.#lostThere = lost
    this.#lostSequence = sequence
    const payload = new Uint8Array(LOST_BYTES)
    const view = new DataView(payload.buffer)
    view.setUint32(0, this.lost, true)
    view.setUint32(4, sequence, true)
    view.setUint32(8, lost, true)
    try {
      keep(this.#storage, StorageKey.lostRuns, LOST_FORMAT, payload)
    } catch {
      // The count is told until the power goes; no run hangs on it.
    }
  }

  /** Moves a run to the newest segment; its old entry is no loss. @returns false, and the entry is read, when it cannot be */
  private move(segment: number, slot: number): boolean {
    const ring = this.#ring
    const entry = this.#entry
    const { run, length, offset, unixS, zoneQuarters } = entry
    const bytes = recordBytes(length)
    const from = ring.startOf(segment) + offset
    if (this.#mayHaveCopies && this.find(run) && entry.segment !== segment) {
      // It was counted twice, and may not have its time yet.
      this.count--
      if (unixS !== 0 && entry.unixS === 0) entry.stamp(unixS, zoneQuarters)
      return true
    }
    for (let left = this.isReadable() ? ring.segments : 0; left > 0; left--) {
      if (!this.fits(bytes) && !this.open()) break
      const to = ring.startOf(ring.head) + this.#offset
      const copied = this.#writer.copy(from, to, ring.endOf(ring.head))
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
    const payload = readKept(this.#storage, StorageKey.lostRuns, LOST_FORMAT)
    if (typeof payload !== "object" || payload.length < LOST_BYTES) return
    const view = new DataView(payload.buffer)
    this.lost = view.getUint32(0, true)
    this.#lostSequence = view.getUint32(4, true)
    this.#lostThere = view.getUint32(8, true)
  }
}
