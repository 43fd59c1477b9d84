/**
 * Runs in flash as the device has them: the archive of closed runs, whose times are written down once a phone has told the clock, and the
 * journal of the open one. Where no flash works the newest run is all that is kept, in memory.
 */
import { decodeRunSummary, RUN_SUMMARY_BYTES, runIdentity } from "../ble/run-codec"
import type { Board } from "../board"
import type { Rows } from "../run/summary"
import { type BootRecord, type ClockAnchor, unixSAt } from "../storage/boot-record"
import { crc32 } from "../storage/crc32"
import { divide, FLASH_PATH } from "../storage/flash-layout"
import { RecordWriter } from "../storage/flash-record"
import { HeldBytes, type RecordBytes } from "../storage/record-bytes"
import { RunArchive, type RunEntry } from "../storage/run-archive"
import { type LeftRun, RunJournal } from "../storage/run-journal"

/** A run that is in memory alone. */
class UnkeptRun implements RunEntry {
  readonly unixS = 0
  readonly zoneQuarters = 0
  isAcknowledged = false
  isDropped = false
  readonly id: number
  readonly record: Uint8Array
  /** How many there were before it, and how many of them a phone dropped. */
  readonly before: number

  constructor(id: number, record: Uint8Array, before: number) {
    this.id = id
    this.record = record
    this.before = before
  }

  get recordBytes(): number {
    return this.record.length
  }
  get bootId(): number {
    return runIdentity(this.record).bootId
  }
  /** Counts up with each change. */
  get changes(): number {
    return this.before + (this.isDropped ? 2 : 1)
  }
}

/** Runs of an older boot than this many before get no time any more: writing it down was cut short again and again. */
const BOOTS_BACK = 3

export class RunStorage implements Rows<RunEntry> {
  /** Undefined where no flash works. */
  readonly journal: RunJournal | undefined
  /** What was wrong with the flash. */
  readonly note: string | undefined
  /** The run that was open when the device stopped. */
  left: LeftRun | undefined
  /** A run went on over a reset: the clock of the boot that it began in is so much ahead of this one's. */
  resumed: { bootId: number; shiftMs: number } | undefined
  private readonly archive: RunArchive | undefined
  /** The newest run, where it could not be added to the archive. */
  private unkept: UnkeptRun | undefined

  /** Never throws. */
  constructor({ flash: storage, keyValue }: Board) {
    try {
      const flash = storage.open({ path: FLASH_PATH })
      const writer = new RecordWriter(flash)
      const { archive, journal } = divide(flash.status().blocks)
      this.archive = new RunArchive(writer, archive, keyValue)
      this.journal = new RunJournal(writer, journal)
      const left = this.journal.left()
      // Otherwise it was closed.
      if (left && left.runId > this.newestId) this.left = left
    } catch (error) {
      this.note = `flash of the runs: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  /** Of the newest run that was ever closed; 0: none. */
  get newestId(): number {
    return Math.max(this.archive?.newestRun ?? 0, this.unkept?.id ?? 0)
  }
  /** A row for each run that can be read, in the archive's order. */
  get length(): number {
    return (this.archive?.length ?? 0) + (this.held ? 1 : 0)
  }
  /** Another number whenever a run came, went or was moved. */
  get generation(): number {
    return (this.archive?.generation ?? 0) + (this.unkept?.changes ?? 0)
  }
  /** Runs that made room before any phone had them. */
  get lost(): number {
    return this.archive?.lost ?? 0
  }
  at(index: number): RunEntry | undefined {
    const archived = this.archive?.length ?? 0
    if (index < archived) return this.archive?.at(index)
    return index === archived ? this.held : undefined
  }

  /** The newest boot that a run knows. */
  get newestBootId(): number {
    const { newestId } = this
    const newest = newestId > 0 ? this.summaryOf(newestId) : undefined
    return Math.max(newest?.bootId ?? 0, this.left?.bootId ?? 0)
  }

  /** Power was lost in the newest run. */
  get isNewestCutShort(): boolean {
    const { newestId } = this
    return newestId > 0 && (this.summaryOf(newestId)?.dataQuality.cutShort ?? false)
  }

  /** @throws Error when it cannot be read whole */
  record(id: number): Uint8Array | undefined {
    return this.held?.id === id ? this.held.record : this.archive?.record(id)
  }

  /** As record(), to be had by parts. @throws Error likewise */
  open(id: number): RecordBytes | undefined {
    const { held } = this
    return held?.id === id ? new HeldBytes(held.record, crc32(held.record)) : this.archive?.open(id)
  }

  /** @throws Error when it could not be added to the archive: then it is kept in memory in place of the last that was */
  add(id: number, record: Uint8Array): void {
    try {
      if (!this.archive) throw new Error("no flash")
      this.archive.add(id, record)
    } catch (error) {
      this.unkept = new UnkeptRun(id, record, this.unkept?.changes ?? 0)
      throw error
    }
  }

  /** A phone has it whole. @returns false when there is no such run, or it cannot be written down */
  acknowledge(id: number): boolean {
    const { held } = this
    if (held?.id !== id) return this.archive?.acknowledge(id) ?? false
    held.isAcknowledged = true
    return true
  }

  /** Drops those of the runs from `first` to `last` that a phone has whole. @returns how many */
  dropWithin(first: number, last: number): number {
    const dropped = this.archive?.dropWithin(first, last) ?? 0
    const { held } = this
    if (!held?.isAcknowledged || held.id < first || held.id > last) return dropped
    held.isDropped = true
    return dropped + 1
  }

  /** Drops all, whether a phone has them or not; their numbers are not given again. @throws Error when some cannot be dropped */
  eraseAll(): void {
    const { held } = this
    if (held) held.isDropped = true
    this.archive?.eraseAll()
  }

  /** What was there when the device started can still be read. */
  get isWorking(): boolean {
    if (!this.archive || this.note !== undefined) return false
    try {
      const { length } = this.archive
      return length === 0 || this.archive.at(length - 1) !== undefined
    } catch {
      return false
    }
  }

  private get held(): UnkeptRun | undefined {
    return this.unkept?.isDropped ? undefined : this.unkept
  }

  /**
   * Writes down when the runs of the anchor's boot began, where that is not known; and of a run that went on into this boot.
   * @param from the oldest run that may not know
   */
  stamp({ anchor, bootId }: BootRecord, from = 1): void {
    if (!anchor || anchor.bootId + BOOTS_BACK < bootId) return
    this.stampBoot(anchor, from)
    const { resumed } = this
    if (resumed && anchor.bootId === bootId)
      this.stampBoot({ ...anchor, bootId: resumed.bootId, uptimeMs: anchor.uptimeMs + resumed.shiftMs }, from)
  }

  private stampBoot(anchor: ClockAnchor, from: number): void {
    // Those that are there are soon found; of all the numbers before them each would be looked for everywhere.
    let left = this.length
    for (let id = this.newestId; id >= from && left > 0; id--) {
      const run = this.summaryOf(id)
      if (run) left--
      if (!run || run.bootId > anchor.bootId) continue
      if (run.bootId < anchor.bootId) return
      this.archive?.stamp(id, unixSAt(anchor, run.startMs), anchor.zoneQuarters)
    }
  }

  /** Undefined also for a run that cannot be read. */
  private summaryOf(id: number): ReturnType<typeof decodeRunSummary>["run"] | undefined {
    try {
      const beginning = this.archive?.beginning(id, RUN_SUMMARY_BYTES)
      return beginning && decodeRunSummary(beginning).run
    } catch {
      return undefined
    }
  }
}
