/** Which seeds a series has, and how they are dealt to its parts: like cards, so that each part has as many as another, or one more. */

/** One part of several, counted from 1. */
export interface Shard {
  index: number
  of: number
}

export interface SeedRange {
  firstSeed: number
  runs: number
}

/** The part's seeds in ascending order; all when it is left out. Parts 1/N to N/N have each seed once. */
export function seedsOf(
  { firstSeed, runs }: SeedRange,
  { index, of }: Shard = { index: 1, of: 1 },
): number[] {
  const seeds: number[] = []
  for (let place = index - 1; place < runs; place += of) seeds.push(firstSeed + place)
  return seeds
}

/** Seeds of the range that are not in `there`, ascending. */
export function missingSeeds(range: SeedRange, there: ReadonlySet<number>): number[] {
  return seedsOf(range).filter((seed) => !there.has(seed))
}

/** As many as a person reads: "3, 11, 19, 27, 35 and 120 more". */
export function seedWords(seeds: readonly number[]): string {
  const named = seeds.slice(0, NAMED).join(", ")
  return seeds.length > NAMED ? `${named} and ${seeds.length - NAMED} more` : named
}

const NAMED = 8
