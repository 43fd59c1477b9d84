/**
 * The knee as two sensors measure it: thigh inclination in, thigh − shank at the same instant out, 1/100°; and of a closed
 * stride the deepest measured flexion of its stance, and how long and how far it was past the threshold. Both inclinations are
 * 0 at the wearer's standing, so the knee is too.
 *
 * The plain difference: both filters average the same path of the body, so what is common to their errors drops out. The
 * common acceleration of the joint (Seel, Raisch & Schauer 2014, Sensors 14) was tried offline on 53 bouts of 18 runners: the
 * offset that it finds differs from the true one by 1.0° to 1.7° (SD, by low-pass), as much as the drift itself (1.3°).
 */
import { instantOf, type Shank } from "./shank"

/**
 * The error band of a run whose strides were all measured: mean absolute error of the stance peak, 1/100°, by
 * `npm run evaluate -- FOLDER --sensors 2` on 18 runners.
 */
export const MEASURED_PEAK_ERROR_CDEG = 170

/** Kept for the longest stride (1.6 s) and the time to read it out. */
const RING_US = 2_200_000
const FLEXION_MAX_CDEG = 15000

export interface MeasuredKnee {
  kneeCdeg: number
  /** Samples from before are stepped again: the shank's of that time are gone. */
  isPaused: boolean
  /** The next samples were taken from `timeMs` on, every `periodUs`. */
  beginBatch(timeMs: number, periodUs: number): void
  /** @returns true when both sensors measured at this sample */
  step(thighCdeg: number): boolean
  /** Samples were lost. */
  gap(): void
  /** Flexion so many samples ago; undefined when it was not measured. */
  kneeAt(age: number): number | undefined
  /** What `readStance` found; time in samples, area in 1/100° × samples. */
  peakCdeg: number
  samplesPast: number
  cdegSamplesPast: number
  /**
   * Reads the stance from `contactAge` up to (not including) `toeOffAge` samples ago.
   * @returns false when it was not measured all the time since `strideAge` samples ago
   */
  readStance(strideAge: number, contactAge: number, toeOffAge: number, thresholdCdeg: number): boolean
}

/** @param periodUs sample period of the thigh's sensor in µs */
export function createMeasuredKnee(
  periodUs: number,
  shank: Pick<Shank, "seek" | "inclinationCdeg">,
): MeasuredKnee {
  let length = 64
  while (length * periodUs < RING_US) length <<= 1
  const mask = length - 1
  const ring = new Int16Array(length)
  let newest = 0
  /** Samples in a row that were measured, the newest included. */
  let measured = 0
  let batchInstant = 0
  let sinceBatch = 0
  let periodQ4 = 0

  const knee: MeasuredKnee = {
    kneeCdeg: 0,
    isPaused: false,
    peakCdeg: 0,
    samplesPast: 0,
    cdegSamplesPast: 0,

    beginBatch(timeMs, us) {
      batchInstant = instantOf(timeMs)
      sinceBatch = 0
      periodQ4 = Math.round((us / 1000) * 64 * 16)
    },

    step(thighCdeg) {
      if (knee.isPaused) {
        measured = 0
        return false
      }
      const instant = (batchInstant + ((sinceBatch * periodQ4) >> 4)) | 0
      sinceBatch++
      newest++
      if (!shank.seek(instant)) {
        measured = 0
        return false
      }
      measured++
      const flexion = thighCdeg - shank.inclinationCdeg
      knee.kneeCdeg = flexion < 0 ? 0 : flexion > FLEXION_MAX_CDEG ? FLEXION_MAX_CDEG : flexion
      ring[newest & mask] = knee.kneeCdeg
      return true
    },

    gap() {
      measured = 0
    },

    kneeAt(age) {
      return age < measured && age < length ? (ring[(newest - age) & mask] as number) : undefined
    },

    readStance(strideAge, contactAge, toeOffAge, thresholdCdeg) {
      if (strideAge >= measured || strideAge >= length) return false
      let peak = 0
      let samples = 0
      let area = 0
      for (let age = contactAge; age > toeOffAge; age--) {
        const flexion = ring[(newest - age) & mask] as number
        if (flexion > peak) peak = flexion
        if (flexion > thresholdCdeg) {
          samples++
          area += flexion - thresholdCdeg
        }
      }
      knee.peakCdeg = peak
      knee.samplesPast = samples
      knee.cdegSamplesPast = area
      return true
    },
  }
  return knee
}
