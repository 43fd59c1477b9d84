/**
 * Reads an image of the runs' partition by docs/flash-format.md alone: it shares no code with the firmware's log, so that each can be held
 * against the other. Out comes what is there, and every byte range that is not as it ought to be. Never throws.
 */
import { type ArchivedRun, readArchive } from "./archive"
import { BLOCK_BYTES, type Finding, type Findings, FlashImage, SEGMENT_BYTES } from "./image"
import { type JournalState, readJournal } from "./journal"
import { LEAST_BYTES, type RegionName, readSegments, SEGMENT_HEADER_BYTES, type Segment } from "./segments"

export interface RegionUse {
  segments: number
  used: number
  /** Erased, or to be erased when they are opened. */
  free: number
  /** Of a format that this reader does not know. */
  foreign: number
  /** Sequence number of the newest; 0: none was opened. */
  newest: number
}

export interface FlashLog extends Findings {
  partition: { bytes: number; blocks: number } & Record<RegionName, RegionUse>
  /** By number. */
  runs: ArchivedRun[]
  /** The run that was open when the device was last alive. */
  open: JournalState | undefined
}

/** So many segments may be half erased, by a power cut in each region: with more the image is of something else. */
const HALF_ERASED_MOST = 2

export function readFlashLog(bytes: Uint8Array): FlashLog {
  const image = new FlashImage(bytes)
  const findings: Findings = { damages: [], notes: [] }
  const journal = readSegments(image, "journal")
  const archive = readSegments(image, "archive")
  const all = [...journal, ...archive]
  const partition = {
    bytes: image.size,
    blocks: Math.floor(image.size / BLOCK_BYTES),
    journal: useOf(journal),
    archive: useOf(archive),
  }
  tellSize(image, all, findings)
  const stranger = strangerWords(image, all)
  if (stranger !== undefined) {
    findings.damages.push({ byte: 0, bytes: image.size, what: stranger })
    return { partition, runs: [], open: undefined, ...findings }
  }
  for (const segments of [journal, archive]) {
    tellMissing(segments, findings)
    tellOthers(image, segments, findings)
  }
  const { newest, runs: journalled } = readJournal(image, journal, findings)
  const { runs, newestRun } = readArchive(image, archive, journalled, findings)
  const open = newest && newest.run > newestRun ? newest : undefined
  const inOrder = (list: Finding[]) => list.sort((one, other) => one.byte - other.byte)
  return { partition, runs, open, damages: inOrder(findings.damages), notes: inOrder(findings.notes) }
}

function useOf(segments: readonly Segment[]): RegionUse {
  const count = (...standings: Segment["standing"][]) =>
    segments.filter(({ standing }) => standings.includes(standing)).length
  return {
    segments: segments.length,
    used: count("used"),
    free: count("free", "voided", "spoilt"),
    foreign: count("foreign"),
    newest: Math.max(0, ...segments.map(({ sequence }) => sequence)),
  }
}

/** An image that is shorter than what it is of. */
function tellSize({ size }: FlashImage, segments: readonly Segment[], { damages }: Findings): void {
  const tell = (what: string) => damages.push({ byte: size, bytes: 0, what: `the image ends here: ${what}` })
  const last = segments.at(-1)
  if (size % BLOCK_BYTES !== 0) tell(`${size} bytes are no whole blocks of ${BLOCK_BYTES}; it was cut short`)
  else if (size < LEAST_BYTES) tell(`the partition has ${LEAST_BYTES} bytes at least; it was cut short`)
  else if (last && last.end > size) tell(`within a segment of ${SEGMENT_BYTES} bytes; it was cut short`)
}

/** Why this is no image of a log, in words. */
function strangerWords(image: FlashImage, segments: readonly Segment[]): string | undefined {
  if (segments.some(({ standing }) => standing === "used" || standing === "foreign")) return undefined
  if (
    segments.length > 0 &&
    segments.every(({ start, end }) => image.isZero(start, Math.min(end, image.size)))
  )
    return "every byte is 0: this is no image of flash, which is 0xff where nothing was written"
  const spoilt = segments.filter(({ standing }) => standing === "spoilt").length
  if (spoilt <= HALF_ERASED_MOST) return undefined
  return `none of ${segments.length} segments has a valid header: this is no image of the runs' partition`
}

/** Each region's numbers count up by one. */
function tellMissing(segments: readonly Segment[], { damages }: Findings): void {
  const numbered = segments
    .filter(({ sequence }) => sequence > 0)
    .sort((one, other) => one.sequence - other.sequence)
  // Those are told of by themselves.
  const others = segments.filter(({ standing }) => standing === "spoilt" || standing === "foreign").length
  numbered.forEach(({ start, region, sequence }, index) => {
    const before = numbered[index - 1]?.sequence ?? sequence - 1
    if (sequence - before - 1 > others || sequence === before) {
      const missing = sequence - before - 1
      const words =
        missing > 0 ? `before it ${missing} of the region are missing` : "there is another of this number"
      const what = `${region}: segment number ${sequence}: ${words}`
      damages.push({ byte: start, bytes: SEGMENT_HEADER_BYTES, what })
    }
  })
}

/** Segments that are neither used nor wholly erased. */
function tellOthers(image: FlashImage, segments: readonly Segment[], { notes }: Findings): void {
  for (const { region, start, end, standing, what } of segments) {
    const finding = { byte: start, bytes: end - start }
    if (standing === "voided")
      notes.push({ ...finding, what: `${region}: a segment that was to be erased, or cannot be; it is free` })
    if (standing === "foreign")
      notes.push({
        ...finding,
        what: `${region}: a segment of format ${what}, which this reader does not know`,
      })
    if (standing === "free" && !image.isErased(start, end))
      notes.push({ ...finding, what: `${region}: a segment that is erased in part; it is free` })
  }
}
