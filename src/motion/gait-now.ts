/**
 * Gait as it is now: thigh inclination (1/100°) and forward acceleration (counts) of each sample in; the strides as they close and what
 * they were, when gait begins and ends, and whether this leg is loaded out. Places in a stride are samples since its trough.
 */
import { classifyStride, isSwing, type StrideSwing } from "./gait"
import type { SampleTime } from "./sample-time"
import { Activity } from "./stride"
import type { StrideCycle } from "./stride-cycle"

/** Gait is over when a stride takes this much of the last one's time, 1/8. */
const GAIT_TIMEOUT_EIGHTHS = 12
/** Between strides, hours of standing may go by: the sum may wrap, but not leave int32. */
const SUM_MASK = 0x3fffffff

/**
 * What a sample told: bits. `loaded`: in gait, this leg is; `closed`: a stride of gait has, and gait has `begun` with it; `ended`: gait has;
 * `swings`: it is not known to be gait, but the leg swings as in gait.
 */
export const GaitNews = { loaded: 1, closed: 2, begun: 4, ended: 8, swings: 16 } as const

export interface GaitNow {
  inGait: boolean
  /** The leg swings as in gait, but no stride of it has closed; until `timeout`. */
  swinging: boolean
  /** What the stride that closed last was, and its length. */
  gait: Activity
  periodSamples: number
  /** Samples since a trough after which it is no stride. */
  timeout: number
  /** @returns bits of GaitNews */
  step(thighCdeg: number, forwardCounts: number): number
  /** The foot is expected to reach the ground and to leave it so long after the trough. */
  expect(contactSamples: number, toeOffSamples: number): void
  /** Samples were lost: the stride under way is none. @returns whether gait has ended with it */
  lose(): boolean
  end(): void
  /** Angles begin anew. */
  reset(): void
}

/** @param firstStrideSamples a first stride is expected to take so long */
export function createGaitNow(cycle: StrideCycle, time: SampleTime, firstStrideSamples: number): GaitNow {
  let forwardSum = 0
  let thighSum = 0
  let lastKind: Activity = Activity.other
  let contactAfter = 0
  let toeOffAfter = 0
  // The properties once more: a closure's variable costs a sample less.
  let inGait = false
  let timeout = 0
  let periodSamples = 0
  const swing: StrideSwing = {
    periodMs: 0,
    rangeCdeg: 0,
    troughCdeg: 0,
    forwardSum: 0,
    thighSum: 0,
    samples: 0,
  }

  function expectStride(samples: number): void {
    timeout = now.timeout = (samples * GAIT_TIMEOUT_EIGHTHS) >> 3
  }

  /** What the swing that has just closed was. */
  function classify(): Activity {
    swing.periodMs = time.msOf(cycle.periodSamples)
    swing.rangeCdeg = cycle.peakCdeg - ((cycle.firstTroughCdeg + cycle.lastTroughCdeg) >> 1)
    swing.troughCdeg = cycle.lastTroughCdeg
    swing.samples = cycle.periodSamples + cycle.troughAge
    swing.forwardSum = forwardSum
    swing.thighSum = thighSum
    const before = lastKind
    lastKind = classifyStride(swing, before)
    forwardSum = thighSum = 0
    // One swing between walk's limits is no walking yet: sitting down and standing up can be one.
    const isFirst = before !== Activity.walk && before !== Activity.stairs
    return isFirst && lastKind !== Activity.run ? Activity.other : lastKind
  }

  /** @returns bits of GaitNews */
  function closeStride(): number {
    const kind = classify()
    if (kind === Activity.other) {
      let news = 0
      if (inGait) {
        news = GaitNews.ended
        now.end()
      }
      now.swinging = isSwing(cycle.lastTroughCdeg, time.msOf(cycle.troughAge))
      if (!now.swinging) return news
      expectStride(firstStrideSamples)
      return news | GaitNews.swings
    }
    const news = inGait ? GaitNews.closed : GaitNews.closed | GaitNews.begun
    now.gait = kind
    periodSamples = now.periodSamples = cycle.periodSamples
    inGait = now.inGait = true
    now.swinging = false
    expectStride(periodSamples)
    return news
  }

  const now: GaitNow = {
    inGait: false,
    swinging: false,
    gait: Activity.other,
    periodSamples: 0,
    timeout: 0,

    step(thigh, forward) {
      forwardSum = (forwardSum + (forward < 0 ? 0 - forward : forward)) & SUM_MASK
      thighSum = (thighSum + thigh) | 0
      let news = 0
      if (cycle.step(thigh)) news = closeStride()
      if (!inGait) return news
      const since = cycle.sinceTrough
      if (since > timeout) {
        now.end()
        return news | GaitNews.ended
      }
      // Where the foot leaves after the trough, the stance before goes on into this stride.
      if (since < toeOffAfter)
        if (since >= contactAfter || since < toeOffAfter - periodSamples) return news | GaitNews.loaded
      return news
    },

    expect(contactSamples, toeOffSamples) {
      contactAfter = contactSamples
      toeOffAfter = toeOffSamples
    },

    lose() {
      cycle.reset()
      if (!inGait) return false
      now.end()
      return true
    },

    end() {
      inGait = now.inGait = false
      now.swinging = false
    },

    reset() {
      cycle.reset()
      lastKind = Activity.other
      forwardSum = thighSum = 0
      now.end()
    },
  }
  return now
}
