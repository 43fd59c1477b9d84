/** Which cuts are made: at every operation before, within and after it; within, as often as there is something else to leave half done. */
import { Chance } from "../../hosts/virtual/chance"
import { CutPoint } from "../../hosts/virtual/power"
import type { Cut, Operation } from "./operation"
import type { PlayedOperation } from "./reference"

/** An erase leaves what chance has it leave, a write a prefix; a value of the key-value storage is there or not. */
const WITHIN = { program: 6, erase: 8, write: 2, delete: 2 } as const satisfies Record<
  Operation["kind"],
  number
>
/** Between the seeds of two tries: odd, so that in time every prefix of a write has its turn. */
const SEED_STEP = 11

export function allCuts(operations: readonly PlayedOperation[]): Cut[] {
  return operations.flatMap(({ operation: { kind } }, index) => {
    const operation = index + 1
    const within = Array.from({ length: WITHIN[kind] }, (_, nth) => ({
      operation,
      point: CutPoint.within,
      seed: (operation * WITHIN[kind] + nth) * SEED_STEP,
    }))
    return [
      { operation, point: CutPoint.before, seed: 0 },
      ...within,
      { operation, point: CutPoint.after, seed: 0 },
    ]
  })
}

/** So many of them, from all over the scenario; the same each time. */
export function sampleOf<Item>(items: readonly Item[], count: number): Item[] {
  if (count >= items.length) return [...items]
  const chance = new Chance(count)
  const apart = items.length / count
  return Array.from({ length: count }, (_, nth) => {
    const first = Math.floor(nth * apart)
    return items[first + chance.below(Math.max(1, Math.floor((nth + 1) * apart) - first))] as Item
  })
}
