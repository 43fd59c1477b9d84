/**
 * What is counted of a run's strides and of its last bout's: strides in; sums, cadence and medians out. Sums are kept for the run; a bout's
 * are what came since it began.
 */
import type { Stride } from "../motion/stride"
import { Cadence } from "./cadence"
import { CONTACT_BIN_MS, CONTACT_BINS, Histogram, PEAK_BIN_CDEG, PEAK_BINS } from "./histogram"
import type { Bout, Totals } from "./summary"
import { addToTotals, assignTotals, clearTotals, newTotals, subtractTotals } from "./totals"

export class StrideTally {
  readonly totals: Totals = newTotals()
  readonly cadence = new Cadence()
  readonly peaksCdeg = new Histogram(PEAK_BIN_CDEG, PEAK_BINS)
  readonly contactTimesMs = new Histogram(CONTACT_BIN_MS, CONTACT_BINS)
  readonly #totalsBefore = newTotals()
  readonly #boutPeaksCdeg = new Histogram(PEAK_BIN_CDEG, PEAK_BINS)
  readonly #boutContactTimesMs = new Histogram(CONTACT_BIN_MS, CONTACT_BINS)

  clear(): void {
    clearTotals(this.totals)
    this.cadence.clear()
    this.peaksCdeg.clear()
    this.contactTimesMs.clear()
  }

  beginBout(): void {
    assignTotals(this.#totalsBefore, this.totals)
    this.cadence.beginBout()
  }

  add(stride: Readonly<Stride>, cdegSeconds: number, thresholdCdeg: number): void {
    const { peakFlexionCdeg, contactTimeMs } = stride
    addToTotals(this.totals, stride, cdegSeconds, thresholdCdeg)
    this.cadence.add(stride)
    this.peaksCdeg.add(peakFlexionCdeg)
    this.contactTimesMs.add(contactTimeMs)
    this.#boutPeaksCdeg.add(peakFlexionCdeg)
    this.#boutContactTimesMs.add(contactTimeMs)
  }

  endBout(bout: Bout): void {
    subtractTotals(bout, this.totals, this.#totalsBefore)
    bout.cadenceDspm = this.cadence.boutDspm
    bout.peakFlexionMedianCdeg = this.#boutPeaksCdeg.median()
    bout.contactTimeMedianMs = this.#boutContactTimesMs.median()
    this.#boutPeaksCdeg.clear()
    this.#boutContactTimesMs.clear()
  }
}
