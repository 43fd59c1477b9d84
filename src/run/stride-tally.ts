/** Everything that is counted alike over a bout and over a run: strides in; sums, cadence and medians out. */
import type { Stride } from "../motion/stride"
import { Cadence } from "./cadence"
import { CONTACT_BIN_MS, CONTACT_BINS, Histogram, PEAK_BIN_CDEG, PEAK_BINS } from "./histogram"
import type { Totals } from "./summary"
import { addToTotals, clearTotals, newTotals } from "./totals"

export class StrideTally {
  readonly totals: Totals = newTotals()
  readonly cadence = new Cadence()
  readonly peaksCdeg = new Histogram(PEAK_BIN_CDEG, PEAK_BINS)
  readonly contactTimesMs = new Histogram(CONTACT_BIN_MS, CONTACT_BINS)

  clear(): void {
    clearTotals(this.totals)
    this.cadence.clear()
    this.peaksCdeg.clear()
    this.contactTimesMs.clear()
  }

  add(stride: Readonly<Stride>, cdegSeconds: number, thresholdCdeg: number): void {
    addToTotals(this.totals, stride, cdegSeconds, thresholdCdeg)
    this.cadence.add(stride)
    this.peaksCdeg.add(stride.peakFlexionCdeg)
    this.contactTimesMs.add(stride.contactTimeMs)
  }
}
