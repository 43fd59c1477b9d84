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
/** Both accelerations are kept in one int32, in units of four counts. */
const KEPT_COUNTS = 4
/** Up, which is in the lower half, is kept from here on, so that it is never negative. */
const UP_ZERO = 32768
/** Sixteenths that are sampled at a time, and those whose ways are settled. */
const SAMPLED_AT_A_TIME = 6
const SETTLED_AT_A_TIME = 8
/** No sensor on a thigh goes further from an even run, 1/10 mm: what says so is no stride. */
const WAY_MAX_DMM = 10_000

/** The ring holds this much: the longest stride (1.6 s) and the time to sample it. */
const RING_US = 2_200_000

/** Plain: an element of a typed array costs twice as much to read, and features are read more often than made. */
export type Features = number[]

/** The newest samples, in a ring. Apart from the rest, and closures: each sample pays for it. */
interface Samples {
  readonly mask: number
  readonly thigh: Int16Array
  /** Forward in the upper half, up in the lower. */
  readonly pushes: Int32Array
  /** Where the newest is. */
  newest(): number
  keep(thighCdeg: number, forwardCounts: number, upCounts: number): void
}

function createSamples(periodUs: number): Samples {
  let length = 64
  while (length * periodUs < RING_US) length <<= 1
  const mask = length - 1
  const thigh = new Int16Array(length)
  const pushes = new Int32Array(length)
  let newest = 0
  return {
    mask,
    thigh,
    pushes,
    newest: () => newest,
    keep(thighCdeg, forwardCounts, upCounts) {
      newest = (newest + 1) & mask
      thigh[newest] = thighCdeg
      // KEPT_COUNTS; UP_ZERO. It may wrap: no thigh is pushed by 64 g.
      pushes[newest] = ((((forwardCounts >> 2) << 16) | 0) + ((upCounts >> 2) + 32768)) | 0
    },
  }
}

export class StrideShape {
  readonly features: Features = new Array(FEATURES).fill(0)
  /** Keeps a sample. */
  readonly step: Samples["keep"]
  private readonly samples: Samples
  /** 1/10 mm in a unit of way (KEPT_COUNTS × samples²), and the longest way in such units. */
  private dmmQ20 = 0
  private wayMax = 0
  private periodMsQ8 = 0

  // Of the stride last begun: its sixteenths that are sampled, then those that are settled.
  private phase = PHASES
  private settled = PHASES
  private periodQ4 = 0
  /** The sample before the first trough; where the last sampled sixteenth is after it, 1/256 sample. */
  private first = 0
  private place = 0
  /** Samples after the first whose ways are summed; how fast it is there against the first trough, and how far it came since. */
  private summed = 0
  private forwardSpeed = 0
  private upSpeed = 0
  private forwardWay = 0
  private upWay = 0
  /** The bow that an even gain of speed over the stride puts into the ways, 1/64 of its height. */
  private forwardBow = 0
  private upBow = 0

  /** @param periodUs sample period in µs */
  constructor(periodUs: number) {
    this.samples = createSamples(periodUs)
    this.step = this.samples.keep
    this.setPeriod(periodUs)
  }

  /** Thigh inclination so many samples ago, 0 for the newest; as far back as the longest stride. */
  thighAgo(samples: number): number {
    const { thigh, newest, mask } = this.samples
    return thigh[(newest() - samples) & mask] as number
  }

  /** Speed forward and up gained in the sample so many samples ago, counts × samples. */
  forwardAgo(samples: number): number {
    const { pushes, newest, mask } = this.samples
    return ((pushes[(newest() - samples) & mask] as number) >> 16) * KEPT_COUNTS
  }

  upAgo(samples: number): number {
    const { pushes, newest, mask } = this.samples
    return (((pushes[(newest() - samples) & mask] as number) & 0xffff) - UP_ZERO) * KEPT_COUNTS
  }

  /** The sensor's clock as it is known now, µs. */
  setPeriod(periodUs: number): void {
    const periodS = periodUs / 1_000_000
    this.dmmQ20 = Math.round(COUNT_DMM_S2 * KEPT_COUNTS * periodS * periodS * (1 << 20))
    this.wayMax = Math.round((WAY_MAX_DMM * (1 << 20)) / this.dmmQ20)
    this.periodMsQ8 = Math.round((periodUs / 1000) * 256)
  }

  /** Begins to sample the stride that ended `troughAgeQ4` ago and took `periodQ4`, both in 1/16 sample. */
  begin(periodQ4: number, troughAgeQ4: number): void {
    const { thigh, pushes, newest, mask } = this.samples
    const beganAgo = troughAgeQ4 + periodQ4
    const first = newest() - ((beganAgo + 15) >> 4)
    const part = ((0 - beganAgo) & 15) << 4
    const next = (first + 1) & mask
    const push = pushes[next] as number
    const forward = push >> 16
    const up = (push & 0xffff) - UP_ZERO
    const thighFirst = thigh[first & mask] as number
    this.features[PERIOD] = (periodQ4 * this.periodMsQ8) >> 12
    this.features[THIGH] = thighFirst + ((((thigh[next] as number) - thighFirst) * part) >> 8)
    this.phase = 0
    this.settled = 1
    this.periodQ4 = periodQ4
    this.first = first
    this.place = part
    // Of the first sample, only what comes after the trough belongs to the stride.
    this.summed = 1
    this.forwardSpeed = (forward * (256 - part)) >> 8
    this.upSpeed = (up * (256 - part)) >> 8
    this.forwardWay = (this.forwardSpeed * (256 - part)) >> 8
    this.upWay = (this.upSpeed * (256 - part)) >> 8
  }

  /** A part of the stride last begun: its samples are kept for long enough. @returns true when it is sampled */
  sample(): boolean {
    if (this.phase === PHASES) return this.settle()
    this.samplePhases()
    return false
  }

  /** Thigh and ways at the next sixteenths. Ways are summed to the end of the sample that a sixteenth lies in, and taken back to it. */
  private samplePhases(): void {
    const { thigh, pushes, mask } = this.samples
    const features = this.features
    const first = this.first
    const periodQ4 = this.periodQ4
    const end = this.phase + SAMPLED_AT_A_TIME < PHASES ? this.phase + SAMPLED_AT_A_TIME : PHASES
    let place = this.place
    let summed = this.summed
    let forwardSpeed = this.forwardSpeed
    let upSpeed = this.upSpeed
    let forwardWay = this.forwardWay
    let upWay = this.upWay
    let push = 0
    let back = 0
    let last = 0
    let before = 0
    for (let phase = this.phase + 1; phase <= end; phase++) {
      place += periodQ4
      last = (place >> 8) + 1
      while (summed < last) {
        push = pushes[(first + ++summed) & mask] as number
        forwardSpeed += push >> 16
        forwardWay += forwardSpeed
        upSpeed += (push & 0xffff) - 32768
        upWay += upSpeed
      }
      // No runner gains so much speed (some 100 m/s), and no sum of it leaves int32.
      if (forwardSpeed > 262143) forwardSpeed = 262143
      else if (forwardSpeed < -262143) forwardSpeed = -262143
      if (upSpeed > 262143) upSpeed = 262143
      else if (upSpeed < -262143) upSpeed = -262143
      back = 256 - (place & 255)
      if (phase === PHASES) {
        forwardWay -= (forwardSpeed * back) >> 8
        upWay -= (upSpeed * back) >> 8
        push = pushes[(first + last) & mask] as number
        forwardSpeed -= ((push >> 16) * back) >> 8
        upSpeed -= (((push & 0xffff) - UP_ZERO) * back) >> 8
        this.forwardBow = ((forwardSpeed >> 3) * periodQ4) >> 10
        this.upBow = ((upSpeed >> 3) * periodQ4) >> 10
        break
      }
      before = thigh[(first + last - 1) & mask] as number
      features[THIGH + phase] =
        before + ((((thigh[(first + last) & mask] as number) - before) * (place & 255)) >> 8)
      features[FORWARD - 1 + phase] = forwardWay - ((forwardSpeed * back) >> 8)
      features[UP - 1 + phase] = upWay - ((upSpeed * back) >> 8)
    }
    this.phase = end
    this.place = place
    this.summed = summed
    this.forwardSpeed = forwardSpeed
    this.upSpeed = upSpeed
    this.forwardWay = forwardWay
    this.upWay = upWay
  }

  /**
   * Of the next ways, in 1/10 mm, what does not come of a speed and a gain of speed that the runner does not have.
   * @returns true when all is done
   */
  private settle(): boolean {
    const features = this.features
    const forwardSlope = this.forwardWay >> 4
    const upSlope = this.upWay >> 4
    const forwardBow = this.forwardBow
    const upBow = this.upBow
    const dmmQ20 = this.dmmQ20
    const most = this.wayMax
    const least = 0 - most
    let phase = this.settled
    const end = phase + SETTLED_AT_A_TIME < PHASES ? phase + SETTLED_AT_A_TIME : PHASES
    let upAt = UP - 1 + phase
    let bow = 0
    let way = 0
    for (let at = FORWARD - 1 + phase; phase < end; at++, upAt++, phase++) {
      bow = phase * (PHASES - phase)
      way = (features[at] as number) - forwardSlope * phase + forwardBow * bow
      features[at] = (((way > most ? most : way < least ? least : way) >> 3) * dmmQ20) >> 17
      way = (features[upAt] as number) - upSlope * phase + upBow * bow
      features[upAt] = (((way > most ? most : way < least ? least : way) >> 3) * dmmQ20) >> 17
    }
    this.settled = end
    return end === PHASES
  }
}
