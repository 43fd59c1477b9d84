/**
 * When samples were taken: the time of a batch's first sample (ms since boot) and the sensor's clock in; the time of any sample near it,
 * and how long so many samples take, out, in ms.
 */
export class SampleTime {
  /** The sample period, ms in Q8. */
  periodMsQ8 = 0
  private periodUs = 0
  private batchMs = 0
  private batchSample = 0

  /** @param nominalUs sample period in µs, until a batch tells it */
  constructor(nominalUs: number) {
    this.setPeriod(nominalUs)
  }

  /** The samples from `firstSample` on were taken at `timeMs`, every `periodUs`. */
  beginBatch(firstSample: number, timeMs: number, periodUs: number): void {
    if (periodUs !== this.periodUs) this.setPeriod(periodUs)
    this.batchMs = Math.round(timeMs)
    this.batchSample = firstSample
  }

  msAt(sample: number): number {
    return this.batchMs + this.msOf(sample - this.batchSample)
  }

  /** In 1/16 sample. */
  msAtQ4(sampleQ4: number): number {
    return this.batchMs + this.msOfQ4(sampleQ4 - (this.batchSample << 4))
  }

  msOf(samples: number): number {
    return (samples * this.periodMsQ8) >> 8
  }

  msOfQ4(samplesQ4: number): number {
    return (samplesQ4 * this.periodMsQ8) >> 12
  }

  private setPeriod(periodUs: number): void {
    this.periodUs = periodUs
    this.periodMsQ8 = Math.round((periodUs / 1000) * 256)
  }
}
