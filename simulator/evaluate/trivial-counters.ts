/**
 * Two counters without a sensor, beside which the device's compressions stand: every stride counts, and every stride counts
 * with the development runners' mean share per band. They are given the true strides. Out: compressions per bout and band.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import counts from "./development-counts.json" with { type: "json" }
import type { SessionTruth, TruthBout } from "./truth"

/** Strides and compressions (in the order of DEPTH_BANDS_DEG) of one development runner, over all bouts. */
export interface RunnerCounts {
  session: string
  seed: number
  strides: number
  compressions: number[]
}

export const DEVELOPMENT_RUNNERS: readonly RunnerCounts[] = counts.runners

export function everyStride(bouts: TruthBout[]): number[][] {
  return bouts.map((bout) => DEPTH_BANDS_DEG.map(() => bout.strides))
}

/** The runner's own counts are left out when it is one of `runners`. */
export function meanShare(truth: SessionTruth, runners = DEVELOPMENT_RUNNERS): number[][] {
  const others = runners.filter((runner) => !isSameRunner(runner, truth))
  const shares = DEPTH_BANDS_DEG.map(
    (_, band) =>
      others.reduce((sum, runner) => sum + (runner.compressions[band] ?? 0) / runner.strides, 0) /
      others.length,
  )
  return truth.bouts.map((bout) => shares.map((share) => share * bout.strides))
}

/** By session and seed and the file's own word that it is a development runner: a foreign file may be named S01 too. */
export function isSameRunner(runner: { session: string; seed: number }, truth: SessionTruth): boolean {
  return truth.split === "dev" && runner.session === truth.session && runner.seed === truth.seed
}
