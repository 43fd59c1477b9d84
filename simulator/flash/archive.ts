/** The archive: its runs by their entries, each record held against its entry and CRC. */
import { decodeRunRecord, type RunRecord } from "../../src/ble/run-codec"
import { checkRecord } from "./archive-record"
import { DATA_AT, type Directory, type Entry, readDirectory, type Slot } from "./directory"
import type { Findings, FlashImage } from "./image"
import {
  type FoundRecord,
  findRecords,
  RECORD_HEAD_BYTES,
  RecordType,
  type Remains,
  recordBytes,
} from "./records"
import { SEGMENT_HEADER_BYTES, type Segment, usedSegments } from "./segments"

/** kept: there; dropped: a phone has it, and it was dropped; lost: no phone had it when its room was needed. */
export type RunStanding = "kept" | "dropped" | "lost"

export interface ArchivedRun extends Entry {
  standing: RunStanding
  /** Undefined when it cannot be read, or is no longer there. */
  payload: Uint8Array | undefined
  decoded: RunRecord | undefined
}

export interface Archive {
  runs: ArchivedRun[]
  /** The highest number that was ever given to a run. */
  newestRun: number
}

/** What lies in a segment. */
interface Content extends Directory {
  segment: Segment
  records: FoundRecord[]
  remains: Remains[]
}

/**
 * @param segments of the archive
 * @param journalled runs that have a state in the journal: they are no loss where they are not in the archive
 */
export function readArchive(
  image: FlashImage,
  segments: readonly Segment[],
  journalled: ReadonlySet<number>,
  findings: Findings,
): Archive {
  const used = usedSegments(segments)
  const contents = used.map((segment) => readContent(image, segment, findings))
  for (const segment of segments)
    if (segment.standing === "spoilt") contents.unshift(...readSpoilt(image, segment, findings))
  const entries = contents.flatMap((content) => content.entries)
  const known = new Set([...entries.map(({ run }) => run), ...journalled])
  for (const content of contents) tellRest(content, known, findings)
  const newestRun = Math.max(0, ...entries.map(({ run }) => run), ...used.map((segment) => segment.newestRun))
  return { runs: newestCopies(entries, findings).map((entry) => readRun(image, entry, findings)), newestRun }
}

function readContent(image: FlashImage, segment: Segment, findings: Findings): Content {
  const directory = readDirectory(image, segment, findings)
  return { segment, ...directory, ...findRecords(image, segment.start + DATA_AT, segment.end) }
}

/** A segment that was being erased holds no run any more; where one is left whole, it is the header that is damaged. */
function readSpoilt(image: FlashImage, segment: Segment, { damages, notes }: Findings): Content[] {
  const content = readContent(image, segment, { damages: [], notes: [] })
  const isLeft = (entry: Entry) =>
    !entry.isDropped && content.records.some(({ at, isWhole }) => isWhole && at === entry.recordAt)
  const left = content.entries.filter(isLeft)
  const finding = { byte: segment.start, bytes: SEGMENT_HEADER_BYTES }
  if (left.length === 0) {
    notes.push({ ...finding, what: `archive: a segment begun or erased half (${segment.what}): it is free` })
    return []
  }
  const runs = left.map(({ run }) => run).join(", ")
  const what = `archive: no valid segment header (${segment.what}): out of the device's sight are runs ${runs}`
  damages.push({ ...finding, what })
  return [{ ...content, entries: left, spoilt: [], remains: [] }]
}

/** What no entry tells of: torn writes, and entries that are damaged. */
function tellRest(content: Content, known: ReadonlySet<number>, { damages, notes }: Findings): void {
  const { entries, spoilt, records } = content
  const taken = new Set(entries.map(({ recordAt }) => recordAt))
  const alone = records.filter(({ at, type }) => type === RecordType.run && !taken.has(at))
  const lost = alone.filter(({ isWhole, sequence }) => isWhole && !known.has(sequence))
  const isOfEntry = ({ at, end }: Remains) =>
    entries.some(({ recordAt, length }) => at < recordAt + recordBytes(length) && recordAt < end)
  const remains = content.remains.filter((remain) => !isOfEntry(remain))
  for (const slot of spoilt) {
    const finding = { byte: slot.at, bytes: slot.end - slot.at }
    const what = slotDamage(slot, lost, remains.length > 0 && alone.length === 0)
    if (what === undefined) notes.push({ ...finding, what: `slot ${slot.slot}: no entry, passed over` })
    else damages.push({ ...finding, what: `slot ${slot.slot}: ${what}` })
  }
  for (const { at, end, sequence } of alone)
    notes.push({ byte: at, bytes: end - at, what: `a record of run ${sequence} without entry, passed over` })
  for (const { at, end } of remains)
    notes.push({ byte: at, bytes: end - at, what: "archive: a write that was cut short, passed over" })
}

/** An entry that power cut short has its cells erased, and its run was entered again or is still in the journal. */
function slotDamage(slot: Slot, lost: readonly FoundRecord[], isRecordGone: boolean): string | undefined {
  if (slot.isDropped) return undefined
  const runs = lost.map(({ sequence }) => sequence).join(", ")
  if (runs !== "")
    return `its check does not match; the run it tells of is among ${runs}, whole in this segment`
  if (slot.isAcknowledged || isRecordGone)
    return "its check does not match, and its record is not to be found"
  return undefined
}

/** One of each run, by number: of those that are kept the newest, or else the newest. @param entries oldest segment first */
function newestCopies(entries: readonly Entry[], { notes }: Findings): Entry[] {
  const byRun = new Map<number, Entry>()
  for (const entry of entries) {
    const other = byRun.get(entry.run)
    const counts = other === undefined || isNewer(entry, other)
    if (counts) byRun.set(entry.run, entry)
    const copy = counts ? other : entry
    if (copy)
      notes.push({
        byte: copy.at,
        bytes: copy.end - copy.at,
        what: `run ${copy.run}: the older copy of a moved run`,
      })
  }
  return [...byRun.values()].sort((one, other) => one.run - other.run)
}

function isNewer(entry: Entry, other: Entry): boolean {
  if (entry.isDropped !== other.isDropped) return other.isDropped
  return entry.segment !== other.segment
}

function readRun(image: FlashImage, entry: Entry, findings: Findings): ArchivedRun {
  const standing = !entry.isDropped ? "kept" : entry.isAcknowledged ? "dropped" : "lost"
  const run: ArchivedRun = { ...entry, standing, payload: undefined, decoded: undefined }
  const payload = checkRecord(image, entry, standing === "kept" ? findings : { damages: [], notes: [] })
  if (!payload) return run
  try {
    const decoded = decodeRunRecord(payload)
    if (decoded.run.id !== entry.run) {
      const what = `run ${entry.run}: the payload says that it is of run ${decoded.run.id}`
      findings.damages.push({ byte: entry.recordAt + RECORD_HEAD_BYTES, bytes: entry.length, what })
    }
    return { ...run, payload, decoded }
  } catch (error) {
    const finding = { byte: entry.recordAt + RECORD_HEAD_BYTES, bytes: entry.length }
    const what = `run ${entry.run}: whole, but not read: ${(error as Error).message}`
    if (standing === "kept") findings.notes.push({ ...finding, what })
    return { ...run, payload }
  }
}
