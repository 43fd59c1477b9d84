/**
 * The thigh's swing to and fro, cut into strides: thigh inclination in, the part of the stride and its turning points
 * out. A stride runs from one trough (the thigh farthest back, just after toe-off) to the next; between them the thigh
 * swings forward to its peak, reaches for the ground and pushes off. While it stands on the ground the thigh can rise
 * once more by some degrees, so a trough counts only when the thigh has come up from it by more than that.
 */

export const StridePart = {
  /** From the trough to the peak: the leg swings forward. */
  swing: 0,
  /** From the peak until the thigh has clearly fallen: the foot reaches the ground in here. */
  reach: 1,
  /** From there to the trough: the body passes over the foot and pushes off. */
  push: 2,
} as const

/** The thigh has come up from a trough by this much: more than its second rise in stance (up to 10°). */
const TROUGH_RISE_CDEG = 1500
/** It has come down from the peak by this much, and the peak is this far forward at least. */
const PEAK_FALL_CDEG = 250
const PEAK_MIN_CDEG = 1000
/** Nobody reaches for the ground so long (1.2 s at the fastest rate): peak and trough were none, and would hold it for ever. */
const REACH_MAX_SAMPLES = 256
/** Push-off begins where the thigh has fallen by this share of its range (1/1024): at initial contact in fast running. */
const PUSH_SHARE_Q10 = 353

export interface StrideCycle {
  /** One of StridePart. */
  readonly part: number
  /** Samples since the turning point that this part began with. */
  readonly sincePart: number
  /** Samples since the last trough. */
  sinceTrough: number
  /** At a closed stride: its length in samples, and how many samples ago its last trough was. */
  periodSamples: number
  troughAge: number
  /** Inclination at the stride's two troughs and at its peak, 1/100°. */
  firstTroughCdeg: number
  lastTroughCdeg: number
  peakCdeg: number
  /** @returns true at the sample at which a stride closes */
  step(thighCdeg: number): boolean
  reset(): void
}

export function createStrideCycle(): StrideCycle {
  let lowest = 0
  let sinceLowest = 0
  let highest = 0
  let sinceHighest = 0
  let troughCdeg = 0
  let lastPeakCdeg = 0
  let part: number = StridePart.push
  let sincePart = 0

  const cycle: StrideCycle = {
    get part() {
      return part
    },
    get sincePart() {
      return sincePart
    },
    sinceTrough: 0,
    periodSamples: 0,
    troughAge: 0,
    firstTroughCdeg: 0,
    lastTroughCdeg: 0,
    peakCdeg: 0,

    step(thigh) {
      sincePart++
      cycle.sinceTrough++
      if (part === StridePart.push) {
        sinceLowest++
        if (thigh < lowest) {
          lowest = thigh
          sinceLowest = 0
        } else if (thigh > lowest + TROUGH_RISE_CDEG) {
          cycle.periodSamples = cycle.sinceTrough - sinceLowest
          cycle.troughAge = sinceLowest
          cycle.firstTroughCdeg = troughCdeg
          cycle.lastTroughCdeg = lowest
          cycle.peakCdeg = lastPeakCdeg
          troughCdeg = lowest
          part = StridePart.swing
          sincePart = sinceLowest
          cycle.sinceTrough = sinceLowest
          highest = thigh
          sinceHighest = 0
          return true
        }
      } else if (part === StridePart.swing) {
        sinceHighest++
        if (thigh >= highest) {
          highest = thigh
          sinceHighest = 0
        } else if (thigh < highest - PEAK_FALL_CDEG && thigh > PEAK_MIN_CDEG) {
          part = StridePart.reach
          sincePart = sinceHighest
          lastPeakCdeg = highest
        } else if (thigh < highest - TROUGH_RISE_CDEG) {
          lastPeakCdeg = highest
          part = StridePart.push
          sincePart = 0
          lowest = thigh
          sinceLowest = 0
        }
      } else {
        if (thigh > highest) {
          highest = thigh
          sinceHighest = 0
          part = StridePart.swing
          sincePart = cycle.sinceTrough
        } else if (
          thigh < lastPeakCdeg - (((lastPeakCdeg - troughCdeg) * PUSH_SHARE_Q10) >> 10) ||
          sincePart > REACH_MAX_SAMPLES
        ) {
          part = StridePart.push
          sincePart = 0
          lowest = thigh
          sinceLowest = 0
        }
      }
      return false
    },

    reset() {
      part = StridePart.push
      sincePart = 0
      cycle.sinceTrough = 0
      lowest = sinceLowest = highest = sinceHighest = troughCdeg = lastPeakCdeg = 0
    },
  }
  return cycle
}
