/**
 * When samples were taken: the time of a batch's first sample (ms since boot) and the sensor's clock in; the time of any sample near it,
 * and how long so many samples take, out, in ms.
 */
export interface SampleTime {
  /** The sample period, ms in Q8. */
  readonly periodMsQ8: number
  /** The samples from `firstSample` on were taken at `timeMs`, every `periodUs`. */
  beginBatch(firstSample: number, timeMs: number, periodUs: number): void
  msAt(sample: number): number
  msOf(samples: number): number
}

/** @param nominalUs sample period in µs, until a batch tells it */
export function createSampleTime(nominalUs: number): SampleTime {
  let periodMsQ8 = 0
  let periodUs = 0
  let batchMs = 0
  let batchSample = 0

  function setPeriod(us: number): void {
    periodUs = us
    periodMsQ8 = Math.round((us / 1000) * 256)
  }
  setPeriod(nominalUs)

  return {
    get periodMsQ8() {
      return periodMsQ8
    },
    beginBatch(firstSample, timeMs, us) {
      if (us !== periodUs) setPeriod(us)
      batchMs = Math.round(timeMs)
      batchSample = firstSample
    },
    msAt(sample) {
      return batchMs + (((sample - batchSample) * periodMsQ8) >> 8)
    },
    msOf(samples) {
      return (samples * periodMsQ8) >> 8
    },
  }
}
