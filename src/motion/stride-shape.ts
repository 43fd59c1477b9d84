/**
 * The shape of a closed stride as numbers: thigh inclination and forward acceleration of every sample in, the features
 * that the flexion model reads out. They are sampled at sixteenths of the stride, one sixteenth a motion sample, so that
 * closing a stride costs no more than any other sample.
 *
 * Features: [0] stride time in ms; [1] thigh inclination at the stride's last trough; [2…17] the inclination at 0/16 to
 * 15/16 of the stride, 1/100°; [18…32] the forward velocity at 1/16 to 15/16 against the first trough, mm/s, with the
 * stride's mean acceleration taken off (over a stride the runner neither gains nor loses speed).
 */

export const PHASES = 16
const PERIOD = 0
export const LAST_TROUGH = 1
export const THIGH = 2
export const VELOCITY = THIGH + PHASES
export const FEATURES = VELOCITY + PHASES - 1

/** Accelerometer count in mm/s²: 0.488 mg (LSM6DSO data sheet, ±16 g) × 9.80665 m/s² per g. */
const COUNT_MM_S2 = 0.488 * 9.80665

/** The ring holds this much: the longest stride (1.6 s) and the time to sample it. */
const RING_US = 2_200_000

export interface StrideShape {
  readonly features: Int32Array
  /** Keeps a sample. @returns true when the stride last begun is sampled */
  step(thighCdeg: number, forwardCounts: number): boolean
  /** The sensor's clock as it is known now, µs. */
  setPeriod(periodUs: number): void
  /** Begins to sample the stride that ended `troughAge` samples ago and took `periodSamples`. */
  begin(periodSamples: number, troughAge: number, lastTroughCdeg: number): void
  /** What was begun is not wanted any more. */
  cancel(): void
}

/** @param periodUs sample period in µs */
export function createStrideShape(periodUs: number): StrideShape {
  let length = 64
  while (length * periodUs < RING_US) length <<= 1
  const mask = length - 1
  const thighRing = new Int16Array(length)
  const velocityRing = new Int32Array(length)
  const features = new Int32Array(FEATURES)
  // counts × samples to mm/s, Q12
  let mmsQ12 = 0
  let periodMsQ8 = 0

  let newest = 0
  let velocity = 0
  let first = 0
  let period = 0
  let phase = PHASES
  let velocityFirst = 0
  let velocityGain = 0

  const shape: StrideShape = {
    features,

    setPeriod(trackedUs) {
      mmsQ12 = Math.round(COUNT_MM_S2 * (trackedUs / 1_000_000) * 4096)
      periodMsQ8 = Math.round((trackedUs / 1000) * 256)
    },

    begin(periodSamples, troughAge, lastTroughCdeg) {
      period = periodSamples
      first = newest - troughAge - periodSamples
      phase = 0
      velocityFirst = velocityRing[first & mask] as number
      velocityGain = ((velocityRing[(first + period) & mask] as number) - velocityFirst) | 0
      features[PERIOD] = (period * periodMsQ8) >> 8
      features[LAST_TROUGH] = lastTroughCdeg
    },

    cancel() {
      phase = PHASES
    },

    step(thighCdeg, forwardCounts) {
      newest++
      velocity = (velocity + forwardCounts) | 0
      thighRing[newest & mask] = thighCdeg
      velocityRing[newest & mask] = velocity
      if (phase === PHASES) return false

      const way = phase * period
      const at = first + (way >> 4)
      const part = way & 15
      const thigh = thighRing[at & mask] as number
      const next = thighRing[(at + 1) & mask] as number
      features[THIGH + phase] = thigh + (((next - thigh) * part) >> 4)
      if (phase > 0) {
        const here = ((velocityRing[at & mask] as number) - velocityFirst) | 0
        const step = ((velocityRing[(at + 1) & mask] as number) - velocityFirst - here) | 0
        const gained = here + ((step * part) >> 4) - ((velocityGain * phase) >> 4)
        features[VELOCITY + phase - 1] = ((gained >> 2) * mmsQ12) >> 10
      }
      phase++
      return phase === PHASES
    },
  }
  shape.setPeriod(periodUs)
  return shape
}
