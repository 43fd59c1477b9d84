/** The journal: the newest state of a run with the lists before it, and what of the records is damaged. */
import type { Findings, FlashImage } from "./image"
import { CHUNK_BYTES, type FoundRecord, findRecords, isKnown, RECORD_HEAD_BYTES, RecordType } from "./records"
import { SEGMENT_HEAD_BYTES, SEGMENT_HEADER_BYTES, type Segment, usedSegments } from "./segments"

const NOT_RETAINED = 0xffff_ffff
/** Boot id, uptime, retained clock: u32 each. The recorder's own state begins with the run's number. */
const RUN_AT = 12
const STATE_BYTES_LEAST = RUN_AT + 2

/** A run as it stood when the journal was written last. */
export interface JournalState {
  run: number
  bootId: number
  /** Of that boot, when it was written. */
  uptimeMs: number
  /** By the clock that a reset does not stop; null: there was none. */
  retainedMs: number | null
  byte: number
  /** How many states of this run stand in the journal. */
  states: number
}

export interface Journal {
  newest: JournalState | undefined
  /** Numbers of all runs that have a state in it. */
  runs: Set<number>
}

/** @param segments of the journal */
export function readJournal(image: FlashImage, segments: readonly Segment[], findings: Findings): Journal {
  const runs: number[] = []
  let newest: JournalState | undefined
  let newestRecord = 0
  const used = usedSegments(segments)
  for (const segment of used) {
    const isNewest = segment === used.at(-1)
    let hasLists = false
    for (const record of visibleRecords(image, segment, isNewest, findings)) {
      if (record.sequence > newestRecord) newestRecord = record.sequence
      if (!record.isWhole || !isKnown(record)) continue
      if (record.type === RecordType.lists) hasLists = true
      if (record.type !== RecordType.state) continue
      const state = readState(image, record, findings)
      if (!state) continue
      runs.push(state.run)
      if (hasLists) newest = state
      else {
        const what = `run ${state.run}: a state without lists before it in its segment: not used`
        findings.damages.push({ byte: record.at, bytes: record.end - record.at, what })
      }
    }
  }
  for (const segment of segments)
    if (segment.standing === "spoilt") tellSpoilt(image, segment, newestRecord, findings)
  if (newest) newest.states = runs.filter((run) => run === newest.run).length
  return { newest, runs: new Set(runs) }
}

/** Those before the first that is none, as the device reads them. */
function visibleRecords(
  image: FlashImage,
  segment: Segment,
  isNewest: boolean,
  { damages, notes }: Findings,
): FoundRecord[] {
  const { records, remains } = findRecords(image, segment.start + SEGMENT_HEAD_BYTES, segment.end)
  for (const { at, end } of remains) {
    // Others may be headers by chance, among the bytes of what was cut short.
    const hidden = records.filter((record) => record.at >= end && record.isWhole)
    const bytes = end - at
    const before =
      records.filter((record) => record.end <= at).at(-1)?.end ?? segment.start + SEGMENT_HEAD_BYTES
    // A record that the segment's end left no room for, header and all: it stands in the next.
    if (at === before + RECORD_HEAD_BYTES && segment.end - end < CHUNK_BYTES) continue
    if (hidden.length === 0)
      notes.push({
        byte: at,
        bytes,
        what: "journal: a write that was cut short, or a header that is damaged",
      })
    else {
      const what = `journal: no record; the ${hidden.length} behind it in the segment are out of the device's sight`
      damages.push({ byte: at, bytes, what })
    }
  }
  const firstRemains = remains[0]?.at ?? segment.end
  const visible = records.filter(({ at }) => at < firstRemains)
  for (const record of records) {
    const finding = { byte: record.at, bytes: record.end - record.at }
    const isLast = record === records.at(-1)
    if (!isKnown(record))
      notes.push({
        ...finding,
        what: `journal: a record of version ${record.version}, which this reader does not know`,
      })
    else if (!record.isWhole && isLast && !isNewest)
      notes.push({
        ...finding,
        what: "journal: a write that did not take; the next segment goes on from there",
      })
    else if (!record.isWhole) {
      const what = `journal: CRC of the payload does not match (${recordWords(record)})`
      damages.push({ byte: record.at + RECORD_HEAD_BYTES, bytes: record.length, what })
    } else if (record.type !== RecordType.state && record.type !== RecordType.lists)
      damages.push({
        ...finding,
        what: `journal: a record of type ${record.type}, which does not belong here`,
      })
  }
  return visible
}

function recordWords({ type, sequence }: FoundRecord): string {
  const name = type === RecordType.state ? "state" : type === RecordType.lists ? "lists" : `type ${type}`
  return `${name}, number ${sequence}`
}

function readState(image: FlashImage, record: FoundRecord, { damages }: Findings): JournalState | undefined {
  const at = record.at + RECORD_HEAD_BYTES
  if (record.length < STATE_BYTES_LEAST) {
    const what = `journal: a state of ${record.length} bytes; it has ${STATE_BYTES_LEAST} at least`
    damages.push({ byte: record.at, bytes: record.end - record.at, what })
    return undefined
  }
  const retainedMs = image.u32(at + 8)
  return {
    run: image.u16(at + RUN_AT),
    bootId: image.u32(at),
    uptimeMs: image.u32(at + 4),
    retainedMs: retainedMs === NOT_RETAINED ? null : retainedMs,
    byte: record.at,
    states: 0,
  }
}

/** A segment that was being erased has old records behind what is left of its header; younger ones than any other's were lost with it. */
function tellSpoilt(
  image: FlashImage,
  segment: Segment,
  newestRecord: number,
  { damages, notes }: Findings,
): void {
  const { start, end, what } = segment
  const { records } = findRecords(image, start + SEGMENT_HEAD_BYTES, end)
  const younger = records.filter(({ isWhole, sequence }) => isWhole && sequence > newestRecord).length
  const finding = { byte: start, bytes: SEGMENT_HEADER_BYTES }
  if (younger > 0) {
    const lost = `${younger} records, the newest of the journal, are out of the device's sight`
    damages.push({ ...finding, what: `journal: no valid segment header (${what}): ${lost}` })
  } else notes.push({ ...finding, what: `journal: a segment begun or erased half (${what}): it is free` })
}
