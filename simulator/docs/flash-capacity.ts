/** How many runs the archive holds (docs/flash-format.md): reckoned from the format, for runs that are broken up more or less. */
import { encodeRunRecord, type Run } from "../../src/ble/run-codec"
import { RESERVED_SEGMENTS } from "../../src/storage/archive-emptying"
import { BLOCKS_PER_SEGMENT, divide } from "../../src/storage/flash-layout"
import { recordBytes } from "../../src/storage/flash-record"
import { DATA_AT, DIRECTORY_SLOTS } from "../../src/storage/run-directory"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "./example-run"
import { markdownTable } from "./markdown-table"

export const BLOCK_BYTES = 4096
/** 1 MB. */
export const BLOCKS = 256

/** A run's record with so many bouts, minutes, buzzes and pain marks. */
export function runOf(bouts: number, minutes: number, buzzes: number, pains = 0): Run {
  const [bout] = EXAMPLE_RUN.bouts
  const [block] = EXAMPLE_RUN.blocks
  const [buzz] = EXAMPLE_RUN.buzzes
  const [pain] = EXAMPLE_RUN.pains
  if (!bout || !block || !buzz || !pain)
    throw new Error("flash capacity: the example run has a list without rows")
  return {
    ...EXAMPLE_RUN,
    bouts: Array.from({ length: bouts }, () => bout),
    blocks: Array.from({ length: minutes }, () => block),
    buzzes: Array.from({ length: buzzes }, () => buzz),
    pains: Array.from({ length: pains }, () => pain),
  }
}

/** Bytes of its payload; how many lie in a segment; how many are there for certain when the oldest has just been emptied. */
export function capacity(run: Run, blocks = BLOCKS): { bytes: number; inSegment: number; runs: number } {
  const bytes = encodeRunRecord(run, EXAMPLE_FIRMWARE).length
  const room = BLOCKS_PER_SEGMENT * BLOCK_BYTES - DATA_AT
  const inSegment = Math.min(Math.floor(room / recordBytes(bytes)), DIRECTORY_SLOTS)
  // Of the newest, the first run may be the only one.
  const full = divide(blocks).archive.segments - RESERVED_SEGMENTS - 1
  return { bytes, inSegment, runs: full * inSegment + 1 }
}

const RUNS: readonly [what: string, run: Run][] = [
  ["an hour, without a pause", runOf(1, 60, 0)],
  ["an hour in 4 bouts, 2 buzzes", runOf(4, 60, 2)],
  ["an hour in 64 bouts, 20 buzzes, 32 pain marks: as long as it can be", runOf(64, 60, 20, 32)],
  ["5 minutes in 2 bouts", runOf(2, 5, 0)],
]

export function capacityTable(): string {
  const rows = RUNS.map(([what, run]) => {
    const { bytes, inSegment, runs } = capacity(run)
    return [what, `${bytes}`, `${recordBytes(bytes)}`, `${inSegment}`, `${runs}`]
  })
  return markdownTable(["a run of", "payload, bytes", "in flash", "in a segment", "in 1 MB, at least"], rows)
}
