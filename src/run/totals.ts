/**
 * Sums over counted strides (summary.ts, `Totals`). A sum that would pass an int32 stays at its largest value: a day of
 * running at the worst plausible values stays below it (tests/run/long-run.test.ts).
 */
import { constant } from "../constant"
import type { Stride } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"
import { DEPTH_BANDS_DEG, type Totals } from "./summary"

export const CDEG_PER_DEG = 100
const DEPTH_BANDS_CDEG: readonly number[] = constant(DEPTH_BANDS_DEG.map((deg) => deg * CDEG_PER_DEG))
const BANDS = DEPTH_BANDS_CDEG.length
const LARGEST_SUM = 0x7fff_ffff

export function newTotals(): Totals {
  return {
    strides: 0,
    loadCycles: 0,
    compressions: 0,
    compressionsByDepth: DEPTH_BANDS_DEG.map(() => 0),
    msPastThreshold: 0,
    cdegSecondsPastThreshold: 0,
    milliLoad: 0,
    milliLoadPeakWeighted: 0,
  }
}

const NO_TOTALS: Readonly<Totals> = constant(newTotals())

export function clearTotals(totals: Totals): void {
  assignTotals(totals, NO_TOTALS)
}

export function copyTotals(totals: Readonly<Totals>): Totals {
  const copy = newTotals()
  assignTotals(copy, totals)
  return copy
}

export function assignTotals(into: Totals, from: Readonly<Totals>): void {
  into.strides = from.strides
  into.loadCycles = from.loadCycles
  into.compressions = from.compressions
  for (let band = 0; band < BANDS; band++) {
    into.compressionsByDepth[band] = from.compressionsByDepth[band] ?? 0
  }
  into.msPastThreshold = from.msPastThreshold
  into.cdegSecondsPastThreshold = from.cdegSecondsPastThreshold
  into.milliLoad = from.milliLoad
  into.milliLoadPeakWeighted = from.milliLoadPeakWeighted
}

/** What came to `totals` since it was `mark`, into `difference`. */
export function subtractTotals(difference: Totals, totals: Readonly<Totals>, mark: Readonly<Totals>): void {
  difference.strides = totals.strides - mark.strides
  difference.loadCycles = totals.loadCycles - mark.loadCycles
  difference.compressions = totals.compressions - mark.compressions
  for (let band = 0; band < BANDS; band++) {
    difference.compressionsByDepth[band] =
      (totals.compressionsByDepth[band] as number) - (mark.compressionsByDepth[band] as number)
  }
  difference.msPastThreshold = totals.msPastThreshold - mark.msPastThreshold
  difference.cdegSecondsPastThreshold = totals.cdegSecondsPastThreshold - mark.cdegSecondsPastThreshold
  difference.milliLoad = totals.milliLoad - mark.milliLoad
  difference.milliLoadPeakWeighted = totals.milliLoadPeakWeighted - mark.milliLoadPeakWeighted
}

export function writeTotals(out: StateWriter, totals: Readonly<Totals>): void {
  out.u32(totals.strides)
  out.u32(totals.loadCycles)
  out.u32(totals.compressions)
  for (let band = 0; band < BANDS; band++) out.u32(totals.compressionsByDepth[band] as number)
  out.u32(totals.msPastThreshold)
  out.u32(totals.cdegSecondsPastThreshold)
  out.u32(totals.milliLoad)
  out.u32(totals.milliLoadPeakWeighted)
}

export function readTotals(state: StateReader, totals: Totals): void {
  totals.strides = state.u32()
  totals.loadCycles = state.u32()
  totals.compressions = state.u32()
  for (let band = 0; band < BANDS; band++) totals.compressionsByDepth[band] = state.u32()
  totals.msPastThreshold = state.u32()
  totals.cdegSecondsPastThreshold = state.u32()
  totals.milliLoad = state.u32()
  totals.milliLoadPeakWeighted = state.u32()
}

/** A stride of running is one load cycle; it is a compression when its stance peak is past the threshold. */
export function addToTotals(
  totals: Totals,
  stride: Readonly<Stride>,
  cdegSeconds: number,
  thresholdCdeg: number,
): void {
  const peakCdeg = stride.peakFlexionCdeg
  const byDepth = totals.compressionsByDepth
  totals.strides += 1
  totals.loadCycles += 1
  if (peakCdeg > thresholdCdeg) totals.compressions += 1
  for (let band = 0; band < BANDS && peakCdeg > (DEPTH_BANDS_CDEG[band] as number); band++)
    byDepth[band] = (byDepth[band] as number) + 1
  totals.msPastThreshold = addSaturating(totals.msPastThreshold, stride.msPastThreshold)
  totals.cdegSecondsPastThreshold = addSaturating(totals.cdegSecondsPastThreshold, cdegSeconds)
  totals.milliLoad = addSaturating(totals.milliLoad, stride.milliLoad)
  totals.milliLoadPeakWeighted = addSaturating(totals.milliLoadPeakWeighted, stride.milliLoadPeakWeighted)
}

function addSaturating(sum: number, amount: number): number {
  return amount > LARGEST_SUM - sum ? LARGEST_SUM : sum + amount
}
