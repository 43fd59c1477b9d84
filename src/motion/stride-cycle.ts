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

export interface StrideCycle {
  /** One of StridePart. */
  readonly part: number
  /** Samples since the turning point that this part began with. */
  readonly sincePart: number
  /** Samples since the last trough. */
  readonly sinceTrough: number
  /** At a closed stride: its length in samples, and how many samples ago its last trough was. */
  periodSamples: number
  troughAge: number
  /** Inclination at the stride's two troughs and at its peak, 1/100°. */
  firstTroughCdeg: number
  lastTroughCdeg: number
  peakCdeg: number
  /** Sums over the samples since the stride before closed: of |forward acceleration|, counts, and of the inclination, 1/100°. */
  forwardSum: number
  thighSum: number
  /** @returns samples since the last trough, or STRIDE_CLOSED */
  step(thighCdeg: number, forwardCounts: number): number
  /** The stride under way is none. */
  reset(): void
  /** Nothing is known. */
  restart(): void
}

export function createStrideCycle(): StrideCycle {
  // Times of turning points are samples since the last trough, too: one counter is all that a sample moves.
  let since = 0
  let part: number = StridePart.push
  let partAt = 0
  let isPush = true
  let isSwing = false
  let lowest = 0
  let lowestAt = 0
  let highest = 0
  let highestAt = 0
  let troughCdeg = 0
  let lastPeakCdeg = 0
  let forwardSum = 0
  let thighSum = 0

  const become = (next: number, at: number): void => {
    part = next
    partAt = at
    isPush = next === StridePart.push
    isSwing = next === StridePart.swing
  }

  const push = (thigh: number): void => {
    become(StridePart.push, since)
    lowest = thigh
    lowestAt = since
  }

  /** The thigh has come up from its lowest: there the next stride has begun. */
  const close = (thigh: number): number => {
    cycle.periodSamples = lowestAt
    since -= lowestAt
    cycle.troughAge = since
    cycle.firstTroughCdeg = troughCdeg
    cycle.lastTroughCdeg = lowest
    cycle.peakCdeg = lastPeakCdeg
    cycle.forwardSum = forwardSum
    cycle.thighSum = thighSum
    forwardSum = thighSum = 0
    troughCdeg = lowest
    become(StridePart.swing, 0)
    highest = thigh
    highestAt = since
    return STRIDE_CLOSED
  }

  /** The thigh falls from its peak, or the foot reaches for the ground. */
  const turn = (thigh: number): void => {
    if (isSwing) {
      if (thigh < highest - PEAK_FALL_CDEG && thigh > PEAK_MIN_CDEG) {
        become(StridePart.reach, highestAt)
        lastPeakCdeg = highest
      } else if (thigh < highest - TROUGH_RISE_CDEG) {
        lastPeakCdeg = highest
        push(thigh)
      }
    } else if (thigh > highest) {
      highest = thigh
      highestAt = since
      become(StridePart.swing, 0)
    } else if (
      thigh < lastPeakCdeg - (((lastPeakCdeg - troughCdeg) * PUSH_SHARE_Q10) >> 10) ||
      since - partAt > REACH_MAX_SAMPLES
    )
      push(thigh)
  }

  const cycle: StrideCycle = {
    get part() {
      return part
    },
    get sincePart() {
      return since - partAt
    },
    get sinceTrough() {
      return since
    },
    periodSamples: 0,
    troughAge: 0,
    firstTroughCdeg: 0,
    lastTroughCdeg: 0,
    peakCdeg: 0,
    forwardSum: 0,
    thighSum: 0,

    step(thigh, forward) {
      // In numbers: XS fetches a constant of the module that is named here at every sample (docs/performance.md). Between
      // strides, hours of standing may go by: the sum may wrap, but not leave int32. 1500 is TROUGH_RISE_CDEG.
      since++
      forwardSum = (forwardSum + (forward < 0 ? 0 - forward : forward)) & 0x3fffffff
      thighSum = (thighSum + thigh) | 0
      if (isPush) {
        if (thigh < lowest) {
          lowest = thigh
          lowestAt = since
        } else if (thigh > lowest + 1500) return close(thigh)
      } else if (isSwing && thigh >= highest) {
        highest = thigh
        highestAt = since
      } else turn(thigh)
      return since
    },

    reset() {
      since = 0
      become(StridePart.push, 0)
      lowest = lowestAt = highest = highestAt = troughCdeg = lastPeakCdeg = 0
    },

    restart() {
      cycle.reset()
      forwardSum = thighSum = 0
    },
  }
  return cycle
}
