/** What power cuts have shown: counts and the worst loss, and the first cut that went wrong. */

/** What is printed, as JSON or as a table. */
export interface PowerCuts {
  cuts: number
  lostClosedRuns: number
  inventedRecords: number
  worstOpenLossS: number
}

export interface CutFailure {
  /** As --only takes it. */
  cut: string
  wrong: readonly string[]
}

export interface CutResult extends PowerCuts {
  /** Cuts after which something was wrong. */
  failed: number
  /** The scenario's first. */
  failure?: CutFailure | undefined
}

const MS_PER_S = 1000

export function noCuts(): CutResult {
  return { cuts: 0, lostClosedRuns: 0, inventedRecords: 0, worstOpenLossS: 0, failed: 0 }
}

/** Adds `more` to `sum`. */
export function addCuts(sum: CutResult, more: CutResult): void {
  sum.cuts += more.cuts
  sum.lostClosedRuns += more.lostClosedRuns
  sum.inventedRecords += more.inventedRecords
  sum.worstOpenLossS = Math.max(sum.worstOpenLossS, more.worstOpenLossS)
  sum.failed += more.failed
  if (more.failure && (!sum.failure || operationOf(more.failure) < operationOf(sum.failure)))
    sum.failure = more.failure
}

/** Without what is not printed. */
export function printed({ cuts, lostClosedRuns, inventedRecords, worstOpenLossS }: PowerCuts): PowerCuts {
  return {
    cuts,
    lostClosedRuns,
    inventedRecords,
    worstOpenLossS: Math.round(worstOpenLossS * MS_PER_S) / MS_PER_S,
  }
}

function operationOf({ cut }: CutFailure): number {
  return Number.parseInt(cut, 10)
}
