/** How the partition of the runs is divided: a journal of the open run, then the archive of the closed ones. */
import { constant } from "../constant"
import type { Region } from "./segment-ring"

/** The flash partition's label. */
export const FLASH_PATH = "runs"
/** A segment has room for the longest record, and for several of most. */
export const BLOCKS_PER_SEGMENT = 4
const JOURNAL_SEGMENTS = 6
/** Two are kept free, one is written and one is emptied. */
const ARCHIVE_SEGMENTS_LEAST = 4

export const RegionId = constant({ journal: 1, archive: 2 } as const)

/** @throws RangeError when the partition has too few blocks */
export function divide(blocks: number): { journal: Region; archive: Region } {
  const archiveSegments = Math.floor(blocks / BLOCKS_PER_SEGMENT) - JOURNAL_SEGMENTS
  if (archiveSegments < ARCHIVE_SEGMENTS_LEAST) {
    const least = (JOURNAL_SEGMENTS + ARCHIVE_SEGMENTS_LEAST) * BLOCKS_PER_SEGMENT
    throw new RangeError(`flash: ${blocks} blocks for runs; ${least} are needed at least`)
  }
  const journal = {
    id: RegionId.journal,
    firstBlock: 0,
    segments: JOURNAL_SEGMENTS,
    blocksPerSegment: BLOCKS_PER_SEGMENT,
  }
  const archive = {
    id: RegionId.archive,
    firstBlock: JOURNAL_SEGMENTS * BLOCKS_PER_SEGMENT,
    segments: archiveSegments,
    blocksPerSegment: BLOCKS_PER_SEGMENT,
  }
  return { journal, archive }
}
