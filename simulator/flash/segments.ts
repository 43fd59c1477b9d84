/** The segments of a region and what their headers say. */
import { type FlashImage, SEGMENT_BYTES } from "./image"

const MAGIC = 0x4c50
const FORMAT_VERSION = 1
/** What is written of the header. */
export const SEGMENT_HEADER_BYTES = 16
const CHECK_AT = 12
/** Bytes that are left for the header. */
export const SEGMENT_HEAD_BYTES = 32

export const REGIONS = { journal: 1, archive: 2 } as const
export type RegionName = keyof typeof REGIONS
const JOURNAL_SEGMENTS = 6
/** 160 KB: the smallest partition has four segments of the archive. */
export const LEAST_BYTES = (JOURNAL_SEGMENTS + 4) * SEGMENT_BYTES

/**
 * used: opened; free: nothing has been written since the header was erased; voided: its header was overwritten with zeros, as is done before it
 * is erased; foreign: of a later format; spoilt: its header is none.
 */
export type Standing = "used" | "free" | "voided" | "foreign" | "spoilt"

export interface Segment {
  region: RegionName
  start: number
  end: number
  standing: Standing
  /** 0 where there is no valid header of this format. */
  sequence: number
  /** Archive: the newest run when it was opened. */
  newestRun: number
  /** What is wrong with a spoilt header. */
  what: string
}

/** Of a region, by their place. A last piece that is no whole segment counts only if it has a header: the partition has a remainder. */
export function readSegments(image: FlashImage, region: RegionName): Segment[] {
  const first = region === "journal" ? 0 : JOURNAL_SEGMENTS
  const all = Math.ceil(image.size / SEGMENT_BYTES)
  const end = region === "journal" ? Math.min(JOURNAL_SEGMENTS, all) : all
  const segments: Segment[] = []
  for (let index = first; index < end; index++) {
    const segment = readSegment(image, region, index * SEGMENT_BYTES)
    const isWhole = segment.end <= image.size
    if (isWhole || segment.standing === "used" || image.size < LEAST_BYTES) segments.push(segment)
  }
  return segments
}

function readSegment(image: FlashImage, region: RegionName, start: number): Segment {
  const segment: Segment = {
    region,
    start,
    end: start + SEGMENT_BYTES,
    standing: "spoilt",
    sequence: 0,
    newestRun: 0,
    what: "its check does not match",
  }
  if (image.isErased(start, start + SEGMENT_HEADER_BYTES)) return { ...segment, standing: "free" }
  if (image.isZero(start, start + SEGMENT_HEADER_BYTES)) return { ...segment, standing: "voided" }
  if (!image.isChecked(start, start + CHECK_AT)) return segment
  const version = image.u8(start + 2)
  const sequence = image.u32(start + 4)
  if (image.u16(start) !== MAGIC)
    return { ...segment, what: `it begins with ${image.u16(start)}, not ${MAGIC}` }
  if (version !== FORMAT_VERSION) return { ...segment, standing: "foreign", what: `version ${version}` }
  if (image.u8(start + 3) !== REGIONS[region])
    return { ...segment, what: `it is of region ${image.u8(start + 3)} in the ${region}` }
  if (sequence === 0) return { ...segment, what: "its sequence number is 0" }
  return { ...segment, standing: "used", sequence, newestRun: image.u32(start + 8) }
}

/** Used ones, oldest first. */
export function usedSegments(segments: readonly Segment[]): Segment[] {
  return segments
    .filter(({ standing }) => standing === "used")
    .sort((one, other) => one.sequence - other.sequence)
}
