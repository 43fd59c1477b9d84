/**
 * Closed runs in flash, each a record of its own (docs/flash-format.md), newest last. Segments are filled one after the other round the ring; how
 * they are emptied again is told in archive-emptying.ts.
 */
import { ArchiveEmptying } from "./archive-emptying"
import { RecordType, recordBytes } from "./flash-record"
import { DATA_AT } from "./run-directory"

export type { RunEntry } from "./archive-reading"

/** Runs are numbered in two bytes: three a day for sixty years. */
const LARGEST_RUN = 0xffff

export class RunArchive extends ArchiveEmptying {
  /**
   * Adds a run with a number beyond all others. @throws RangeError when it is no such number, or longer than a segment; Error when no segment can be
   * written any more
   */
  add(run: number, record: Uint8Array): void {
    if (run <= this.newestRun || run > LARGEST_RUN)
      throw new RangeError(`run archive: run ${run} after run ${this.newestRun}`)
    const bytes = recordBytes(record.length)
    if (DATA_AT + bytes > this.ring.segmentBytes)
      throw new RangeError(`run archive: a record of ${record.length} bytes is longer than a segment`)
    for (let left = this.ring.segments; left > 0; left--) {
      if (!this.makeRoom(bytes)) break
      if (!this.write(run, record)) continue
      this.newestRun = run
      this.count++
      this.changed()
      return
    }
    throw new Error("run archive: no segment of the flash can be written")
  }

  /** A phone has it whole. @returns false when there is no such run */
  acknowledge(run: number): boolean {
    if (!this.seek(run)) return false
    if (this.entry.isAcknowledged) return true
    if (this.entry.acknowledge()) this.acknowledged++
    return this.entry.isAcknowledged
  }

  /** Drops those of the runs from `first` to `last` that a phone has whole. @returns how many */
  dropWithin(first: number, last: number): number {
    const entry = this.entry
    let dropped = 0
    this.rewind()
    while (this.next())
      if (entry.run >= first && entry.run <= last && entry.isPresent && entry.isAcknowledged && entry.drop())
        dropped++
    this.count -= dropped
    this.acknowledged -= dropped
    this.changed()
    return dropped
  }

  /**
   * Drops all runs, whether a phone has them or not: the wearer wants it. They are no lost ones, so each is marked as a phone's first. Power that goes
   * meanwhile leaves the younger. @throws Error when some cannot be dropped
   */
  eraseAll(): void {
    const entry = this.entry
    this.rewind()
    while (this.next()) {
      if (!entry.isPresent) continue
      entry.acknowledge()
      entry.drop()
    }
    this.recount()
    if (this.count > 0) throw new Error(`run archive: ${this.count} runs cannot be erased`)
  }

  /** Writes down when a run began, where it is not known. @returns false when there is no such run */
  stamp(run: number, unixS: number, zoneQuarters: number): boolean {
    if (!this.find(run)) return false
    return this.entry.unixS !== 0 || this.entry.stamp(unixS, zoneQuarters)
  }

  private write(run: number, record: Uint8Array): boolean {
    const ring = this.ring
    const writer = this.writer
    const start = ring.startOf(ring.head)
    writer.begin(start + this.tail, ring.endOf(ring.head))
    for (let at = 0; at < record.length; at++) writer.u8(record[at] as number)
    return this.enter(run, record.length, writer.end(RecordType.run, run))
  }
}
