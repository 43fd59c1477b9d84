/**
 * The directory at the beginning of an archive segment: an entry for each run that lies in it. An entry makes the record a run of the archive;
 * what becomes of the run later (a phone has it whole, it is dropped, its time is known) is written into cells of the entry that
 * were left erased. Bits only clear: a cell counts once half of its bits have.
 */
import { constant } from "../constant"
import { check16, type RecordWriter } from "./flash-record"
import type { SegmentRing } from "./segment-ring"
import { SEGMENT_HEAD_BYTES } from "./segment-ring"

export const DIRECTORY_SLOTS = 32
export const ENTRY_BYTES = 32
export const DATA_AT = SEGMENT_HEAD_BYTES + DIRECTORY_SLOTS * ENTRY_BYTES
/** Records begin at multiples of this. */
export const PLACE_BYTES = 16
const PLACE_AT = 2
const LENGTH_AT = 4
const CHECK_AT = 6
const ACKNOWLEDGED_AT = 8
const DROPPED_AT = 12
/** Two: one that a power cut has spoilt is followed by another. */
const CLOCKS_AT = 16
const CLOCK_BYTES = 8
const CLOCKS = 2
const ZONE_AT = 4
const CLOCK_CHECK_AT = 6
const CELL_BITS = 32
const ERASED_CELL = -1
const U8 = 0xff

/** A slot: blank, an entry, or what a power cut has left. */
export const SlotUse = constant({ blank: 0, entry: 1, spoilt: 2 } as const)
export type SlotUse = (typeof SlotUse)[keyof typeof SlotUse]

function clearBits(word: number): number {
  let clear = 0
  for (let rest = ~word; rest !== 0; rest &= rest - 1) clear++
  return clear
}

function isSet(cell: number): boolean {
  return cell !== ERASED_CELL && (cell === 0 || clearBits(cell) >= CELL_BITS / 2)
}

/** The entry that was read last, or that is written. */
export class RunDirectory {
  use: SlotUse = SlotUse.blank
  segment = 0
  slot = 0
  private readonly writer: RecordWriter
  private readonly ring: SegmentRing
  private readonly entry = new Uint8Array(ENTRY_BYTES)
  private readonly view = new DataView(this.entry.buffer)

  constructor(writer: RecordWriter, ring: SegmentRing) {
    this.writer = writer
    this.ring = ring
  }

  get run(): number {
    return this.view.getUint16(0, true)
  }
  /** In the segment. */
  get offset(): number {
    return this.view.getUint16(PLACE_AT, true) * PLACE_BYTES
  }
  /** Of the payload. */
  get length(): number {
    return this.view.getUint16(LENGTH_AT, true)
  }
  get isAcknowledged(): boolean {
    return isSet(this.view.getInt32(ACKNOWLEDGED_AT, true))
  }
  get isDropped(): boolean {
    return isSet(this.view.getInt32(DROPPED_AT, true))
  }
  /** When the run began, s since 1970; 0: nobody knows. */
  get unixS(): number {
    const at = this.clockAt()
    return at > 0 ? this.view.getUint32(at, true) : 0
  }
  get zoneQuarters(): number {
    const at = this.clockAt()
    return at > 0 ? this.view.getInt8(at + ZONE_AT) : 0
  }

  /** A run that is there. */
  get isPresent(): boolean {
    return this.use === SlotUse.entry && !this.isDropped
  }

  /** @returns what the slot is; one that cannot be read is spoilt */
  read(segment: number, slot: number): SlotUse {
    const view = this.view
    this.segment = segment
    this.slot = slot
    this.use = SlotUse.spoilt
    if (!this.writer.read(this.entry, this.start())) {
      // Of what cannot be read nothing holds, nor of what was about to be written.
      this.erase()
      return this.use
    }
    if (view.getInt32(0, true) === ERASED_CELL && view.getInt32(LENGTH_AT, true) === ERASED_CELL)
      this.use = SlotUse.blank
    else if (view.getUint16(CHECK_AT, true) === check16(this.entry, 0, CHECK_AT)) this.use = SlotUse.entry
    return this.use
  }

  /** Enters a run into a blank slot. @returns false when it is not there as it was written */
  enter(segment: number, slot: number, run: number, offset: number, length: number): boolean {
    const entry = this.entry
    const view = this.view
    this.segment = segment
    this.slot = slot
    this.erase()
    view.setUint16(0, run, true)
    view.setUint16(PLACE_AT, offset / PLACE_BYTES, true)
    view.setUint16(LENGTH_AT, length, true)
    view.setUint16(CHECK_AT, check16(entry, 0, CHECK_AT), true)
    // What is there counts, whatever the flash says: the next mount sees no more.
    this.writer.write(entry, this.start())
    return this.read(segment, slot) === SlotUse.entry && this.run === run
  }

  /** Of the entry read last. */
  acknowledge(): boolean {
    this.clearCell(ACKNOWLEDGED_AT)
    return this.isAcknowledged
  }

  drop(): boolean {
    this.clearCell(DROPPED_AT)
    return this.isDropped
  }

  /** Of the entry read last, which has no time. @returns false when it cannot be kept */
  stamp(unixS: number, zoneQuarters: number): boolean {
    const entry = this.entry
    const view = this.view
    for (let clock = 0; clock < CLOCKS; clock++) {
      const at = CLOCKS_AT + clock * CLOCK_BYTES
      if (!this.isBlank(at)) continue
      view.setUint32(at, unixS, true)
      view.setInt8(at + ZONE_AT, zoneQuarters)
      view.setUint8(at + ZONE_AT + 1, U8)
      view.setUint16(at + CLOCK_CHECK_AT, check16(entry, at, at + CLOCK_CHECK_AT), true)
      this.write()
      if (this.unixS === unixS) return true
    }
    return false
  }

  private start(): number {
    return this.ring.startOf(this.segment) + SEGMENT_HEAD_BYTES + this.slot * ENTRY_BYTES
  }

  private erase(): void {
    for (let at = 0; at < ENTRY_BYTES; at++) this.entry[at] = U8
  }

  private clearCell(cell: number): void {
    this.view.setInt32(cell, 0, true)
    this.write()
  }

  /** The entry as it is, and reads it back: bytes that are written twice do not change. */
  private write(): void {
    this.writer.write(this.entry, this.start())
    this.read(this.segment, this.slot)
  }

  private isBlank(at: number): boolean {
    const view = this.view
    return view.getInt32(at, true) === ERASED_CELL && view.getInt32(at + ZONE_AT, true) === ERASED_CELL
  }

  /** Where in the entry its time is; 0: it has none. */
  private clockAt(): number {
    for (let clock = 0; clock < CLOCKS; clock++) {
      const at = CLOCKS_AT + clock * CLOCK_BYTES
      if (this.view.getUint16(at + CLOCK_CHECK_AT, true) === check16(this.entry, at, at + CLOCK_CHECK_AT))
        return at
    }
    return 0
  }
}
