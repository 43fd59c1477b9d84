/** What fuzzing has shown: how much was tried, what memory did meanwhile, and the first thing that went wrong, as short as it could be made. */

export interface Failure {
  /** Both as --seed and --path take them. */
  seed: number
  path: string
  /** What the device did that it must not do. */
  wrong: string
  /** It does so too when it has just been booted; otherwise only after all that came before. */
  isAlone: boolean
  /** What led to it, a line each. */
  operations: string[]
}

/** Bytes of live heap, once most that is made lazily was made, and at the end. */
export interface HeapUse {
  early: number
  late: number
}

export interface FuzzResult {
  operations: number
  sequences: number
  heaps: HeapUse[]
  failure?: Failure | undefined
}

export function nothingTried(): FuzzResult {
  return { operations: 0, sequences: 0, heaps: [] }
}

export function addResult(sum: FuzzResult, more: FuzzResult): void {
  sum.operations += more.operations
  sum.sequences += more.sequences
  sum.heaps.push(...more.heaps)
  sum.failure ??= more.failure
}

/** Of the lane in which it grew most; 0 when nothing was measured. */
export function heapGrowth({ heaps }: FuzzResult): number {
  return heaps.length === 0 ? 0 : Math.max(...heaps.map(({ early, late }) => late - early))
}
