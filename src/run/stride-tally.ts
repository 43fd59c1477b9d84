/**
 * What is counted of a run's strides and of its last bout's: strides in; sums, cadence and medians out. Sums are kept for the run; a bout's
 * are what came since it began.
 */
import type { Stride } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"
import { Cadence } from "./cadence"
import { CONTACT_BINS_MS, Histogram, PEAK_BINS_CDEG } from "./histogram"
import type { Bout, Totals } from "./summary"
import {
  addToTotals,
  assignTotals,
  clearTotals,
  newTotals,
  readTotals,
  subtractTotals,
  writeTotals,
} from "./totals"

export class StrideTally {
  readonly totals: Totals = newTotals()
  readonly cadence = new Cadence()
  readonly peaksCdeg: Histogram
  readonly contactTimesMs: Histogram
  private readonly totalsBefore = newTotals()
  private readonly boutPeaksCdeg: Histogram
  private readonly boutContactTimesMs: Histogram

  constructor() {
    const peaks = PEAK_BINS_CDEG.count
    const half = peaks + CONTACT_BINS_MS.count
    // Parts of one buffer: four take nine slots more.
    const bins = new Uint16Array(2 * half)
    this.peaksCdeg = new Histogram(PEAK_BINS_CDEG, bins.subarray(0, peaks))
    this.contactTimesMs = new Histogram(CONTACT_BINS_MS, bins.subarray(peaks, half))
    this.boutPeaksCdeg = new Histogram(PEAK_BINS_CDEG, bins.subarray(half, half + peaks))
    this.boutContactTimesMs = new Histogram(CONTACT_BINS_MS, bins.subarray(half + peaks))
  }

  clear(): void {
    clearTotals(this.totals)
    this.cadence.clear()
    this.peaksCdeg.clear()
    this.contactTimesMs.clear()
  }

  beginBout(): void {
    assignTotals(this.totalsBefore, this.totals)
    this.cadence.beginBout()
  }

  add(stride: Readonly<Stride>, cdegSeconds: number, thresholdCdeg: number): void {
    const { peakFlexionCdeg, contactTimeMs } = stride
    addToTotals(this.totals, stride, cdegSeconds, thresholdCdeg)
    this.cadence.add(stride)
    this.peaksCdeg.add(peakFlexionCdeg)
    this.contactTimesMs.add(contactTimeMs)
    this.boutPeaksCdeg.add(peakFlexionCdeg)
    this.boutContactTimesMs.add(contactTimeMs)
  }

  get isBoutEmpty(): boolean {
    return this.totals.strides === this.totalsBefore.strides
  }

  /** The bout as it is so far, its times aside. */
  sumUpBout(bout: Bout): void {
    subtractTotals(bout, this.totals, this.totalsBefore)
    bout.cadenceDspm = this.cadence.boutDspm
    bout.peakFlexionMedianCdeg = this.boutPeaksCdeg.median()
    bout.contactTimeMedianMs = this.boutContactTimesMs.median()
  }

  endBout(): void {
    this.boutPeaksCdeg.clear()
    this.boutContactTimesMs.clear()
  }

  /** The run's; a bout does not go on where it is read. */
  write(out: StateWriter): void {
    writeTotals(out, this.totals)
    this.cadence.write(out)
    this.peaksCdeg.write(out)
    this.contactTimesMs.write(out)
  }

  read(state: StateReader): void {
    readTotals(state, this.totals)
    this.cadence.read(state)
    this.peaksCdeg.read(state)
    this.contactTimesMs.read(state)
  }
}
