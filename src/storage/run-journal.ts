/**
 * The open run in flash (docs/flash-format.md): its state every few seconds, and its bouts and minutes when one closes. After power loss the newest
 * state, with the lists before it in the same segment, is what is left of the run.
 */
import type { StateReader, StateWriter } from "../state-bytes"
import { RECORD_HEAD_BYTES, RecordReader, RecordType, type RecordWriter, recordBytes } from "./flash-record"
import { type Region, SEGMENT_HEAD_BYTES, SegmentRing } from "./segment-ring"

/** Segments that are tried before it is given up. */
const TRIES = 3
const NO_LISTS = -1
/** No clock outlives a reset. */
export const NOT_RETAINED = 0xffff_ffff

/** A run that writes itself down. */
export interface JournalledRun {
  /** A stride that is half counted is counted to its end, which may close a minute: then the lists are others. */
  finishStride(): void
  writeState(out: StateWriter): void
  writeLists(out: StateWriter): void
  /** Changes with what writeLists() writes. */
  readonly listsVersion: number
}

/** Which run it is, and the clocks when a state was written. */
export interface JournalMark {
  readonly runId: number
  readonly bootId: number
  readonly uptimeMs: number
  /** By the clock that a reset does not stop, or NOT_RETAINED. */
  readonly retainedMs: number
}

/** What was found when it was mounted. */
export interface LeftRun extends JournalMark {
  readonly state: StateReader
  readonly lists: StateReader
}

export class RunJournal {
  private readonly writer: RecordWriter
  private readonly ring: SegmentRing
  /** Of the next record in the newest segment; 0: a new one is opened first. */
  private offset = 0
  private sequence = 0
  /** Those that stand in the newest segment. */
  private listsVersion = NO_LISTS

  constructor(writer: RecordWriter, region: Region) {
    this.writer = writer
    this.ring = new SegmentRing(writer, region)
    this.ring.mount()
  }

  /** Reads back the newest state that is whole, with its lists. */
  left(): LeftRun | undefined {
    const ring = this.ring
    let segment = ring.head
    for (let back = 0; back < ring.segments && segment >= 0; back++) {
      const found = ring.isUsed(segment) ? this.readableLeft(segment) : undefined
      if (found) return found
      segment = (segment + ring.segments - 1) % ring.segments
    }
    return undefined
  }

  /** Nothing is left in a segment that cannot be read. */
  private readableLeft(segment: number): LeftRun | undefined {
    try {
      return this.leftIn(segment)
    } catch {
      return undefined
    }
  }

  /** Another run: its lists are not those that were written. */
  runStarted(): void {
    this.listsVersion = NO_LISTS
  }

  /**
   * Writes down how the run stands.
   * @returns false when the flash takes it nowhere
   */
  keep(run: JournalledRun, mark: JournalMark): boolean {
    // First: a state whose lists come after it would be of no use when power goes between the two.
    run.finishStride()
    for (let left = TRIES; left > 0; left--) {
      if (this.offset > 0 && this.write(run, mark)) return true
      // In the next segment, lists and all.
      this.listsVersion = NO_LISTS
      this.offset = this.ring.open(true, 0) ? SEGMENT_HEAD_BYTES : 0
    }
    return false
  }

  private write(run: JournalledRun, mark: JournalMark): boolean {
    const writer = this.writer
    if (run.listsVersion !== this.listsVersion) {
      this.begin()
      run.writeLists(writer)
      if (!this.end(RecordType.lists)) return false
      this.listsVersion = run.listsVersion
    }
    this.begin()
    writer.u32(mark.bootId)
    writer.u32(mark.uptimeMs)
    writer.u32(mark.retainedMs)
    writer.u16(mark.runId)
    run.writeState(writer)
    return this.end(RecordType.state)
  }

  private begin(): void {
    const ring = this.ring
    this.writer.begin(ring.startOf(ring.head) + this.offset, ring.endOf(ring.head))
  }

  private end(type: RecordType): boolean {
    const bytes = this.writer.end(type, ++this.sequence)
    this.offset += bytes
    return bytes > 0
  }

  /** The newest whole state of a segment and the newest whole lists before it. */
  private leftIn(segment: number): LeftRun | undefined {
    const ring = this.ring
    const { flash } = this.writer
    const end = ring.endOf(segment)
    const header = new RecordReader(flash)
    let state = 0
    let lists = 0
    let listsOfState = 0
    let at = ring.startOf(segment) + SEGMENT_HEAD_BYTES
    while (at + RECORD_HEAD_BYTES <= end && header.open(at)) {
      if (header.sequence > this.sequence) this.sequence = header.sequence
      if (this.writer.isWhole(at)) {
        if (header.type === RecordType.lists) lists = at
        else if (header.type === RecordType.state && lists > 0) {
          state = at
          listsOfState = lists
        }
      }
      at += recordBytes(header.length)
    }
    if (state === 0) return undefined
    const stateReader = new RecordReader(flash)
    const listsReader = new RecordReader(flash)
    stateReader.open(state)
    listsReader.open(listsOfState)
    return {
      bootId: stateReader.u32(),
      uptimeMs: stateReader.u32(),
      retainedMs: stateReader.u32(),
      runId: stateReader.u16(),
      state: stateReader,
      lists: listsReader,
    }
  }
}
