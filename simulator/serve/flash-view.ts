/** The device's flash as one sees it from above: what each block is for, how worn it is, and where the runs lie. By docs/flash-format.md alone. */
import { readFlashLog } from "../flash/flash-log"
import { BLOCK_BYTES, FlashImage } from "../flash/image"
import { recordBytes } from "../flash/records"
import { readSegments, type Segment } from "../flash/segments"
import type { FlashView } from "./messages"

/** @param erases how often each block was erased */
export function flashView(bytes: Uint8Array, erases: readonly number[]): FlashView {
  const image = new FlashImage(bytes)
  const segments = [...readSegments(image, "journal"), ...readSegments(image, "archive")]
  const letters = Array.from(erases, (_, block) => letterOf(image, block, segments))
  const { runs } = readFlashLog(bytes)
  return {
    blocks: letters.join(""),
    erases: [...erases],
    runs: runs
      .filter(({ standing }) => standing === "kept")
      .map(({ run, recordAt, length }) => ({ id: run, blocks: blocksOf(recordAt, recordBytes(length)) })),
    usedShare: letters.filter((letter) => letter !== "f").length / Math.max(1, letters.length),
  }
}

function letterOf(image: FlashImage, block: number, segments: readonly Segment[]): string {
  const [start, end] = [block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES]
  const segment = segments.find((candidate) => candidate.start <= start && start < candidate.end)
  if (!segment || segment.standing === "foreign") return "o"
  if (segment.standing === "spoilt") return "x"
  if (image.isErased(start, end) || segment.standing !== "used") return "f"
  return segment.region === "journal" ? "j" : "a"
}

function blocksOf(start: number, bytes: number): number[] {
  const first = Math.floor(start / BLOCK_BYTES)
  const last = Math.floor((start + Math.max(1, bytes) - 1) / BLOCK_BYTES)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
