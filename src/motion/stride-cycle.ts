/**
 * The thigh's swing to and fro, cut into strides: thigh inclination and forward acceleration in, the part of the stride, its turning
 * points and what was summed over it out. A stride runs from one trough (the thigh farthest back, just after toe-off) to the next; between them the thigh
 * swings forward to its peak, reaches for the ground and pushes off. While it stands on the ground the thigh can rise
 * once more by some degrees, so a trough counts only when the thigh has come up from it by more than that.
 */
import { constant } from "../constant"
import { divide } from "./fixed-point"

export const StridePart = constant({
  /** From the trough to the peak: the leg swings forward. */
  swing: 0,
  /** From the peak until the thigh has clearly fallen: the foot reaches the ground in here. */
  reach: 1,
  /** From there to the trough: the body passes over the foot and pushes off. */
  push: 2,
} as const)

/** The thigh has come up from a trough by this much: more than its second rise in stance (up to 10°). */
const TROUGH_RISE_CDEG = 1500
/** It has come down from the peak by this much, and the peak is this far forward at least. */
const PEAK_FALL_CDEG = 250
const PEAK_MIN_CDEG = 1000
/** Nobody reaches for the ground so long (1.2 s at the fastest rate): peak and trough were none, and would hold it for ever. */
const REACH_MAX_SAMPLES = 256
/** Push-off begins where the thigh has fallen by this share of its range (1/1024): at initial contact in fast running. */
const PUSH_SHARE_Q10 = 353

/** What step() returns at the sample at which a stride closes: more than any stride takes. */
export const STRIDE_CLOSED = 0x7fffffff

/**
 * By how much later than its lowest sample the thigh was farthest back, 1/16 sample, -8 to 8: the lowest point of the parabola through that
 * sample and its neighbours.
 */
export function troughPartQ4(before: number, lowest: number, after: number): number {
  const bow = before + after - (lowest << 1)
  if (bow <= 0) return 0
  const part = divide((before - after) << 3, bow)
  return part > 8 ? 8 : part < -8 ? -8 : part
}

export class StrideCycle {
  // What every sample needs comes first: XS looks for a property from the first on.
  /** @returns samples since the last trough, or STRIDE_CLOSED */
  readonly step: (thighCdeg: number, forwardCounts: number) => number
  /** One of StridePart. */
  part: number = StridePart.push
  private partAt = 0
  private troughCdeg = 0
  private highestCdeg = 0
  /** At a closed stride: its length in samples, and how many samples ago its last trough was. */
  periodSamples = 0
  troughAge = 0
  /** Inclination at the stride's two troughs and at its peak, 1/100°. */
  firstTroughCdeg = 0
  lastTroughCdeg = 0
  peakCdeg = 0
  /** Sums over the samples since the stride before closed: of |forward acceleration|, counts, and of the inclination, 1/100°. */
  forwardSum = 0
  thighSum = 0
  private readonly samples: CycleSamples

  constructor() {
    this.samples = cycleSamples(this)
    this.step = this.samples.step
  }

  /** Samples since the last trough. */
  get sinceTrough(): number {
    return this.samples.since()
  }
  /** Samples since the turning point that this part began with. */
  get sincePart(): number {
    return this.sinceTrough - this.partAt
  }

  /** The stride under way is none. */
  reset(): void {
    this.samples.reset(false)
    this.become(StridePart.push, 0)
    this.troughCdeg = this.highestCdeg = 0
  }

  /** Nothing is known. */
  restart(): void {
    this.reset()
    this.samples.reset(true)
  }

  /**
   * The thigh has come up from its lowest: there the next stride has begun. Times are samples since the trough before.
   * @returns samples since the new one
   */
  close(lowestCdeg: number, lowestAt: number, since: number, forwardSum: number, thighSum: number): number {
    this.periodSamples = lowestAt
    this.troughAge = since - lowestAt
    this.firstTroughCdeg = this.troughCdeg
    this.lastTroughCdeg = this.troughCdeg = lowestCdeg
    this.peakCdeg = this.highestCdeg
    this.forwardSum = forwardSum
    this.thighSum = thighSum
    this.become(StridePart.swing, 0)
    return this.troughAge
  }

  /** In the swing the thigh is lower than it was. @returns whether it pushes off: its lowest is looked for from here on */
  fall(thighCdeg: number, highestCdeg: number, highestAt: number, since: number): boolean {
    if (thighCdeg < highestCdeg - PEAK_FALL_CDEG && thighCdeg > PEAK_MIN_CDEG) {
      this.become(StridePart.reach, highestAt)
      this.highestCdeg = highestCdeg
    } else if (thighCdeg < highestCdeg - TROUGH_RISE_CDEG) {
      this.become(StridePart.push, since)
      this.highestCdeg = highestCdeg
      return true
    }
    return false
  }

  /** The foot reaches for the ground. @returns whether it is over: the next turning point is looked for from here on */
  reach(thighCdeg: number, highestCdeg: number, since: number): boolean {
    if (thighCdeg > highestCdeg) this.become(StridePart.swing, 0)
    else if (
      thighCdeg < highestCdeg - (((highestCdeg - this.troughCdeg) * PUSH_SHARE_Q10) >> 10) ||
      since - this.partAt > REACH_MAX_SAMPLES
    )
      this.become(StridePart.push, since)
    else return false
    return true
  }

  private become(part: number, at: number): void {
    this.part = part
    this.partAt = at
  }
}

interface CycleSamples {
  readonly step: StrideCycle["step"]
  since(): number
  /** @param isAll the sums begin anew, too */
  reset(isAll: boolean): void
}

/** What every sample goes through, and what it moves, in variables: fields would cost it more. What is seldomer is the cycle's. */
function cycleSamples(cycle: StrideCycle): CycleSamples {
  // Times of turning points are samples since the last trough, too: one counter is all that a sample moves.
  let since = 0
  let forwardSum = 0
  let thighSum = 0
  // The lowest while pushing off, the highest from then on.
  let extreme = 0
  let extremeAt = 0
  return {
    step(thigh, forward) {
      // In numbers: XS fetches a constant of the module that is named here at every sample (docs/performance.md). Between
      // strides, hours of standing may go by: the sum may wrap, but not leave int32. 1500 is TROUGH_RISE_CDEG.
      since++
      forwardSum = (forwardSum + (forward < 0 ? 0 - forward : forward)) & 0x3fffffff
      thighSum = (thighSum + thigh) | 0
      const part = cycle.part
      // Pushing off, and swinging.
      if (part === 2) {
        if (thigh < extreme) {
          extreme = thigh
          extremeAt = since
        } else if (thigh > extreme + 1500) {
          since = cycle.close(extreme, extremeAt, since, forwardSum, thighSum)
          forwardSum = thighSum = 0
          extreme = thigh
          extremeAt = since
          return 0x7fffffff
        }
      } else if (
        part === 0
          ? thigh >= extreme || cycle.fall(thigh, extreme, extremeAt, since)
          : cycle.reach(thigh, extreme, since)
      ) {
        extreme = thigh
        extremeAt = since
      }
      return since
    },
    since() {
      return since
    },
    reset(isAll) {
      since = extreme = extremeAt = 0
      if (isAll) forwardSum = thighSum = 0
    },
  }
}
