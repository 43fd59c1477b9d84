/** The blocks of the flash, to be drawn: what each is used for, how worn, and which runs lie in it. */
import type { FlashView } from "../serve/messages"

export interface BlockCell {
  number: number
  use: "archive" | "journal" | "free" | "bad" | "foreign"
  erases: number
  /** 0: as new, to 1: as worn as the most worn block. */
  wear: number
  runs: number[]
}

const USES: Readonly<Record<string, BlockCell["use"]>> = {
  a: "archive",
  j: "journal",
  f: "free",
  x: "bad",
  o: "foreign",
}

/** @throws RangeError at a letter that stands for no use */
export function blockCells({ blocks, erases, runs }: FlashView): BlockCell[] {
  const runsOf = new Map<number, number[]>()
  for (const run of runs)
    for (const block of run.blocks) runsOf.set(block, [...(runsOf.get(block) ?? []), run.id])
  const most = Math.max(1, ...erases)
  return [...blocks].map((letter, number) => {
    const use = USES[letter]
    if (!use) throw new RangeError(`flash block ${number}: "${letter}" stands for no use`)
    const erased = erases[number] ?? 0
    return { number, use, erases: erased, wear: erased / most, runs: runsOf.get(number) ?? [] }
  })
}

/** How many blocks have each use, in the order in which they are told. */
export function useCounts(cells: readonly BlockCell[]): { use: BlockCell["use"]; blocks: number }[] {
  return Object.values(USES)
    .map((use) => ({ use, blocks: cells.filter((cell) => cell.use === use).length }))
    .filter(({ use, blocks }) => blocks > 0 || use === "free")
}
