/**
 * What lies in the archive of closed runs: the directories' entries as rows, and records by their run's number. It writes nothing.
 */
import { RECORD_HEAD_BYTES, RecordType, type RecordWriter } from "./flash-record"
import type { RecordBytes } from "./record-bytes"
import { DIRECTORY_SLOTS, RunDirectory, SlotUse } from "./run-directory"
import { type Region, SegmentRing } from "./segment-ring"
import { type RunPlaces, StoredRun } from "./stored-run"

/** Where every version of a run record names the boot in which the run began, u32 (src/ble/run-layouts.ts). */
const BOOT_AT = 4
const BOOT_BYTES = 4
const LONGEST = 0xffff

export interface RunEntry {
  readonly id: number
  /** Boot in which it began; 0: it cannot be read. */
  readonly bootId: number
  readonly recordBytes: number
  readonly isAcknowledged: boolean
  /** When it began, s since 1970; 0: unknown. */
  readonly unixS: number
  readonly zoneQuarters: number
}

export class ArchiveReading implements RunPlaces {
  /** Of the newest run that was ever added; 0: none. */
  newestRun = 0
  /** Runs that are there, and how many of them a phone has whole. */
  count = 0
  acknowledged = 0
  /** Another number whenever a run came, went or was moved. */
  generation = 0
  protected readonly writer: RecordWriter
  protected readonly ring: SegmentRing
  protected readonly entry: RunDirectory
  // Where at() was last: asked in order, it goes on from there.
  private atIndex = -1
  private atSegment = 0
  private atSlot = 0
  // The run that seek() found last; -1: none.
  private soughtSegment = -1
  private soughtSlot = 0

  constructor(writer: RecordWriter, region: Region) {
    this.writer = writer
    this.ring = new SegmentRing(writer, region)
    this.entry = new RunDirectory(writer, this.ring)
    this.ring.mount()
  }

  /** A row for each run, in the order of the flash: oldest first, but that moved ones stand behind younger. Made anew for each call. */
  get length(): number {
    return this.count
  }

  /** @throws Error when some cannot be read any more: then `length` is what is left */
  at(index: number): RunEntry | undefined {
    if (index < 0 || index >= this.count) return undefined
    const entry = this.entry
    if (index !== this.atIndex + 1 || this.atIndex < 0) this.rewind()
    while (this.atIndex < index) {
      if (!this.next()) {
        this.recount()
        throw new Error(`run archive: runs cannot be read any more; ${this.count} are left`)
      }
      if (entry.isPresent) this.atIndex++
    }
    return {
      id: entry.run,
      bootId: this.bootId(),
      recordBytes: entry.length,
      isAcknowledged: entry.isAcknowledged,
      unixS: entry.unixS,
      zoneQuarters: entry.zoneQuarters,
    }
  }

  /** The record as it was added; undefined when there is no such run. @throws Error when it cannot be read whole */
  record(run: number): Uint8Array | undefined {
    return this.beginning(run, LONGEST)
  }

  /** As record(), to be had by parts; reads it through once. @throws Error likewise */
  open(run: number): RecordBytes | undefined {
    const start = this.locate(run)
    if (start < 0) return undefined
    const { length } = this.entry
    return new StoredRun(this, run, start, length)
  }

  /** As record(), its first `bytes` alone. */
  beginning(run: number, bytes: number): Uint8Array | undefined {
    const start = this.locate(run)
    if (start < 0) return undefined
    const record = new Uint8Array(Math.min(bytes, this.entry.length))
    if (!this.writer.read(record, start)) throw new Error(`run archive: run ${run} cannot be read again`)
    return record
  }

  /**
   * Finds a run and reads it through; crc is its record's then. @returns where its first byte lies; -1 when there is no such run
   * @throws Error when it cannot be read whole
   */
  locate(run: number): number {
    if (!this.seek(run)) return -1
    const start = this.startOf()
    if (!this.isReadable() || !this.writer.isOf(RecordType.run, run))
      throw new Error(`run archive: run ${run} at byte ${start} cannot be read whole`)
    return start + RECORD_HEAD_BYTES
  }
  get crc(): number {
    return this.writer.payloadCrc
  }
  copy(from: number, into: Uint8Array): boolean {
    return this.writer.read(into, from)
  }

  /** What rows and places were told before does not hold any more. */
  protected changed(): void {
    this.generation++
    this.atIndex = -1
  }

  /** To before the oldest segment's first entry. */
  protected rewind(): void {
    this.atIndex = -1
    this.atSegment = this.ring.oldest
    this.atSlot = -1
  }

  /** Counts the runs that can be read. */
  protected recount(): void {
    const entry = this.entry
    this.count = 0
    this.acknowledged = 0
    this.changed()
    this.rewind()
    while (this.next()) {
      if (entry.run > this.newestRun) this.newestRun = entry.run
      if (entry.isDropped) continue
      this.count++
      if (entry.isAcknowledged) this.acknowledged++
    }
  }

  /** Reads the next entry, dropped ones too, round from atSegment and atSlot. @returns false after the newest segment's last */
  protected next(): boolean {
    const ring = this.ring
    if (ring.head < 0) return false
    for (;;) {
      const slot = this.atSlot + 1
      if (slot < DIRECTORY_SLOTS) {
        const use = this.entry.read(this.atSegment, slot)
        if (use !== SlotUse.blank) {
          this.atSlot = slot
          if (use === SlotUse.entry) return true
          continue
        }
      }
      if (this.atSegment === ring.head) return false
      this.atSegment = this.segmentAfter(this.atSegment)
      this.atSlot = -1
    }
  }

  /** As find(), first where it found one last, and behind it: phones ask for one run after the other, and for each again and again. */
  protected seek(run: number): boolean {
    const { ring, entry, soughtSegment, soughtSlot } = this
    // In the oldest segment may lie what was copied to a newer one.
    if (soughtSegment >= 0 && soughtSegment !== ring.oldest) {
      this.atIndex = -1
      if (this.isThere(soughtSegment, soughtSlot, run)) return true
      const isLast =
        soughtSlot + 1 === DIRECTORY_SLOTS || entry.read(soughtSegment, soughtSlot + 1) === SlotUse.blank
      const segment = isLast ? this.segmentAfter(soughtSegment) : soughtSegment
      if (this.isThere(segment, isLast ? 0 : soughtSlot + 1, run)) return true
    }
    this.soughtSegment = -1
    if (!this.find(run)) return false
    this.soughtSegment = entry.segment
    this.soughtSlot = entry.slot
    return true
  }

  private isThere(segment: number, slot: number, run: number): boolean {
    const { entry } = this
    if (entry.read(segment, slot) !== SlotUse.entry || entry.run !== run || entry.isDropped) return false
    this.soughtSegment = segment
    this.soughtSlot = slot
    return true
  }

  private segmentAfter(segment: number): number {
    const { ring } = this
    let after = segment
    if (after !== ring.head)
      do after = ring.after(after)
      while (!ring.isUsed(after))
    return after
  }

  /** Reads the entry of a run that is there, its newest copy. */
  protected find(run: number): boolean {
    const ring = this.ring
    const entry = this.entry
    if (ring.head < 0) return false
    this.atIndex = -1
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

  /** Is the record of the entry read last whole? */
  protected isReadable(): boolean {
    return this.writer.isWhole(this.ring.startOf(this.entry.segment) + this.entry.offset)
  }

  /** Of the entry read last. */
  private startOf(): number {
    return this.ring.startOf(this.entry.segment) + this.entry.offset
  }

  private bootId(): number {
    const { writer, entry } = this
    const { head, headView } = writer
    if (entry.length < BOOT_AT + BOOT_BYTES) return 0
    return writer.read(head, this.startOf() + RECORD_HEAD_BYTES) ? headView.getUint32(BOOT_AT, true) : 0
  }
}
