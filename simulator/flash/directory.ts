/** The directory of an archive segment: an entry for each run, with cells that were written later. */
import type { Findings, FlashImage } from "./image"
import { PLACE_BYTES } from "./records"
import { SEGMENT_HEAD_BYTES, type Segment } from "./segments"

const SLOTS = 32
const ENTRY_BYTES = 32
export const DATA_AT = SEGMENT_HEAD_BYTES + SLOTS * ENTRY_BYTES
/** Of an entry, what is written first. */
const IDENTITY_BYTES = 8
const CHECK_AT = 6
const ACKNOWLEDGED_AT = 8
const DROPPED_AT = 12
const CLOCKS_AT = [16, 24] as const
const CLOCK_BYTES = 8
const CELL_BITS = 32

export interface Slot {
  slot: number
  at: number
  end: number
  segment: Segment
  isAcknowledged: boolean
  isDropped: boolean
}

export interface Entry extends Slot {
  run: number
  /** In the image. */
  recordAt: number
  length: number
  /** When it began; 0: unknown. */
  unixS: number
  zoneQuarters: number
}

export interface Directory {
  entries: Entry[]
  /** Neither blank nor an entry. */
  spoilt: Slot[]
}

/** Cells that are half written are told as notes. */
export function readDirectory(image: FlashImage, segment: Segment, { damages, notes }: Findings): Directory {
  const directory: Directory = { entries: [], spoilt: [] }
  let isPastEnd = false
  for (let slot = 0; slot < SLOTS; slot++) {
    const at = segment.start + SEGMENT_HEAD_BYTES + slot * ENTRY_BYTES
    const end = at + ENTRY_BYTES
    if (image.isErased(at, at + IDENTITY_BYTES)) {
      isPastEnd = true
      if (!image.isErased(at, end))
        notes.push({
          byte: at,
          bytes: ENTRY_BYTES,
          what: `slot ${slot} is free, but its cells are not erased`,
        })
      continue
    }
    if (isPastEnd) {
      const what = `slot ${slot} is written behind a free one, where the device does not look`
      damages.push({ byte: at, bytes: ENTRY_BYTES, what })
    }
    const isAcknowledged = isSet(image.u32(at + ACKNOWLEDGED_AT))
    const isDropped = isSet(image.u32(at + DROPPED_AT))
    const known: Slot = { slot, at, end, segment, isAcknowledged, isDropped }
    if (!image.isChecked(at, at + CHECK_AT)) {
      directory.spoilt.push(known)
      continue
    }
    const run = image.u16(at)
    const recordAt = segment.start + image.u16(at + 2) * PLACE_BYTES
    const time = readTime(image, at, run, notes)
    directory.entries.push({ ...known, run, recordAt, length: image.u16(at + 4), ...time })
    for (const [name, cell] of [
      ["acknowledged", at + ACKNOWLEDGED_AT],
      ["dropped", at + DROPPED_AT],
    ] as const) {
      const clear = clearBits(image.u32(cell))
      if (clear > 0 && clear < CELL_BITS) {
        const counts = isSet(image.u32(cell)) ? "counts" : "does not count"
        const what = `run ${run}: ${clear} of ${CELL_BITS} bits of “${name}” are clear: it ${counts}`
        notes.push({ byte: cell, bytes: 4, what })
      }
    }
  }
  return directory
}

function clearBits(word: number): number {
  let clear = 0
  for (let bit = 0; bit < CELL_BITS; bit++) if (((word >>> bit) & 1) === 0) clear++
  return clear
}

function isSet(cell: number): boolean {
  return clearBits(cell) >= CELL_BITS / 2
}

/** The first of the two that is whole. */
function readTime(
  image: FlashImage,
  entry: number,
  run: number,
  notes: Findings["notes"],
): { unixS: number; zoneQuarters: number } {
  let time = { unixS: 0, zoneQuarters: 0 }
  for (const cell of [...CLOCKS_AT].reverse()) {
    const at = entry + cell
    if (image.isErased(at, at + CLOCK_BYTES)) continue
    if (image.isChecked(at, at + CHECK_AT)) time = { unixS: image.u32(at), zoneQuarters: image.i8(at + 4) }
    else
      notes.push({
        byte: at,
        bytes: CLOCK_BYTES,
        what: `run ${run}: its time was not written whole, or has changed since`,
      })
  }
  return time
}
