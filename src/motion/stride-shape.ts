/**
 * The shape of a closed stride as numbers: thigh inclination, forward and upward acceleration of every sample in, the
 * features that the flexion model reads out. They are sampled at sixteenths of the stride, some at a time between motion samples,
 * so that closing a stride costs no sample much.
 *
 * Features: [0] stride time in ms; [1…16] thigh inclination at 0/16 to 15/16 of the stride, 1/100°; [17…31] and [32…46]
 * how far the sensor has come forward and up since the first trough at 1/16 to 15/16, 1/10 mm, against an even run: over a
 * stride the runner neither gains nor loses speed, and is where such a run would be.
 */

export const PHASES = 16
const PERIOD = 0
export const THIGH = 1
export const FORWARD = THIGH + PHASES
export const UP = FORWARD + PHASES - 1
export const FEATURES = UP + PHASES - 1

/** Accelerometer count in 1/10 mm/s²: 0.488 mg (LSM6DSO data sheet, ±16 g) × 9.80665 m/s² per g. */
const COUNT_DMM_S2 = 0.488 * 98.0665
/** Speeds are summed in units of 16 counts × samples: 0.7 mm/s at 104 Hz. */
const SPEED_SHIFT = 4
/** Sixteenths that are sampled at a time, and those whose way is settled. */
const SAMPLED_AT_A_TIME = 4
const SETTLED_AT_A_TIME = 8
/** No sensor on a thigh goes further from an even run, 1/10 mm: what says so is no stride. */
const WAY_MAX_DMM = 10_000

/** The ring holds this much: the longest stride (1.6 s) and the time to sample it. */
const RING_US = 2_200_000

/** Plain: an element of a typed array costs twice as much to read, and features are read more often than made. */
export type Features = number[]

export interface StrideShape {
  readonly features: Features
  /** Keeps a sample. */
  step(thighCdeg: number, forwardCounts: number, upCounts: number): void
  /** Thigh inclination so many samples ago, 0 for the newest; as far back as the longest stride. */
  thighAgo(samples: number): number
  /** Speed forward and up gained in the sample so many samples ago, counts × samples. */
  forwardAgo(samples: number): number
  upAgo(samples: number): number
  /** The sensor's clock as it is known now, µs. */
  setPeriod(periodUs: number): void
  /** Begins to sample the stride that ended `troughAgeQ4` ago and took `periodQ4`, both in 1/16 sample. */
  begin(periodQ4: number, troughAgeQ4: number): void
  /** A part of the stride last begun: they are kept for long enough. @returns true when it is sampled */
  sample(): boolean
}

/** @param periodUs sample period in µs */
export function createStrideShape(periodUs: number): StrideShape {
  let length = 64
  while (length * periodUs < RING_US) length <<= 1
  const mask = length - 1
  const thighRing = new Int16Array(length)
  const forwardRing = new Int32Array(length)
  const upRing = new Int32Array(length)
  const features: Features = new Array(FEATURES).fill(0)
  // 16 counts × samples² in 1/10 mm, and the longest way in them.
  let dmmQ16 = 0
  let wayMax = 0
  let periodMsQ8 = 0

  let newest = 0
  let forwardSpeed = 0
  let upSpeed = 0
  // The sample before the first trough, and by how much the trough was later, 1/256 sample.
  let first = 0
  let firstPart = 0
  let period = 0
  // Sixteenths sampled, then those settled.
  let phase = PHASES
  let settled = PHASES
  // The sample up to which ways are summed, and speeds at the first trough.
  let summed = 0
  let forwardFirst = 0
  let upFirst = 0
  let forwardWay = 0
  let upWay = 0
  // The bow that an even gain of speed over the stride puts into the ways, 1/64 of its height.
  let forwardBow = 0
  let upBow = 0

  /** A part (1/256) of a sample after `at`. */
  function between(ring: Int16Array | Int32Array, at: number, part: number): number {
    const value = ring[at & mask] as number
    return (value + (((((ring[(at + 1) & mask] as number) - value) | 0) * part) >> 8)) | 0
  }

  /** The way in that part, at the speed above this. */
  function wayBetween(ring: Int32Array, at: number, part: number, speed: number): number {
    return (((((ring[(at + 1) & mask] as number) - speed) | 0) >> SPEED_SHIFT) * part) >> 8
  }

  /** Thigh and ways at the next sixteenths; at the last, the ways' ends. */
  function samplePhases(): void {
    const end = phase + SAMPLED_AT_A_TIME
    while (phase < end) {
      phase++
      const way = phase * period + firstPart
      const at = first + (way >> 8)
      const part = way & 255
      while (summed < at) {
        summed++
        forwardWay =
          (forwardWay + ((((forwardRing[summed & mask] as number) - forwardFirst) | 0) >> SPEED_SHIFT)) | 0
        upWay = (upWay + ((((upRing[summed & mask] as number) - upFirst) | 0) >> SPEED_SHIFT)) | 0
      }
      const next = (at + 1) & mask
      const forwardStep = (((forwardRing[next] as number) - forwardFirst) | 0) >> SPEED_SHIFT
      const upStep = (((upRing[next] as number) - upFirst) | 0) >> SPEED_SHIFT
      const forward = forwardWay + ((forwardStep * part) >> 8)
      const up = upWay + ((upStep * part) >> 8)
      if (phase === PHASES) {
        forwardWay = forward
        upWay = up
        return
      }
      const thigh = thighRing[at & mask] as number
      features[THIGH + phase] = thigh + ((((thighRing[next] as number) - thigh) * part) >> 8)
      features[FORWARD + phase - 1] = forward
      features[UP + phase - 1] = up
    }
  }

  /**
   * Of the next ways, in 1/10 mm, what does not come of a speed and a gain of speed that the runner does not have.
   * @returns true when all is done
   */
  function settle(): boolean {
    const forwardSlope = forwardWay >> 4
    const upSlope = upWay >> 4
    const least = 0 - wayMax
    for (let left = SETTLED_AT_A_TIME; left > 0 && settled < PHASES; left--, settled++) {
      const bow = settled * (PHASES - settled)
      const forwardAt = FORWARD + settled - 1
      const upAt = UP + settled - 1
      const forward = (features[forwardAt] as number) - forwardSlope * settled + forwardBow * bow
      const up = (features[upAt] as number) - upSlope * settled + upBow * bow
      features[forwardAt] =
        (((forward > wayMax ? wayMax : forward < least ? least : forward) >> 3) * dmmQ16) >> 13
      features[upAt] = (((up > wayMax ? wayMax : up < least ? least : up) >> 3) * dmmQ16) >> 13
    }
    return settled === PHASES
  }

  const shape: StrideShape = {
    features,

    thighAgo(samples) {
      return thighRing[(newest - samples) & mask] as number
    },
    forwardAgo(samples) {
      const at = newest - samples
      return ((forwardRing[at & mask] as number) - (forwardRing[(at - 1) & mask] as number)) | 0
    },
    upAgo(samples) {
      const at = newest - samples
      return ((upRing[at & mask] as number) - (upRing[(at - 1) & mask] as number)) | 0
    },

    setPeriod(trackedUs) {
      const periodS = trackedUs / 1_000_000
      dmmQ16 = Math.round(COUNT_DMM_S2 * periodS * periodS * (1 << SPEED_SHIFT) * 65536)
      wayMax = Math.round((WAY_MAX_DMM * 65536) / dmmQ16)
      periodMsQ8 = Math.round((trackedUs / 1000) * 256)
    },

    begin(periodQ4, troughAgeQ4) {
      period = periodQ4
      const beganAgo = troughAgeQ4 + periodQ4
      first = newest - ((beganAgo + 15) >> 4)
      firstPart = ((0 - beganAgo) & 15) << 4
      const end = newest - ((troughAgeQ4 + 15) >> 4)
      const endPart = ((0 - troughAgeQ4) & 15) << 4
      phase = 0
      settled = 1
      summed = first
      features[PERIOD] = (periodQ4 * periodMsQ8) >> 12
      features[THIGH] = between(thighRing, first, firstPart)
      forwardFirst = between(forwardRing, first, firstPart)
      upFirst = between(upRing, first, firstPart)
      const forwardGain = (between(forwardRing, end, endPart) - forwardFirst) | 0
      const upGain = (between(upRing, end, endPart) - upFirst) | 0
      forwardBow = ((forwardGain >> (SPEED_SHIFT + 1)) * periodQ4) >> 12
      upBow = ((upGain >> (SPEED_SHIFT + 1)) * periodQ4) >> 12
      // Of the first sample's way, only what comes after the trough belongs to the stride.
      forwardWay = 0 - wayBetween(forwardRing, first, firstPart, forwardFirst)
      upWay = 0 - wayBetween(upRing, first, firstPart, upFirst)
    },

    sample() {
      // Apart: every variable that a function knows of costs it something at each call.
      if (phase === PHASES) return settle()
      samplePhases()
      return false
    },

    step(thighCdeg, forwardCounts, upCounts) {
      newest++
      forwardSpeed = (forwardSpeed + forwardCounts) | 0
      upSpeed = (upSpeed + upCounts) | 0
      const slot = newest & mask
      thighRing[slot] = thighCdeg
      forwardRing[slot] = forwardSpeed
      upRing[slot] = upSpeed
    },
  }
  shape.setPeriod(periodUs)
  return shape
}
