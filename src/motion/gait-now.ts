/**
 * Gait as it is now: the swings of stride-cycle.ts in; the strides as they close and what they were, when gait begins and ends, and
 * whether this leg is loaded out. Places in a stride are samples since its trough.
 */
import { classifyStride, isSwing, type StrideSwing } from "./gait"
import type { SampleTime } from "./sample-time"
import { Activity } from "./stride"
import { STRIDE_CLOSED, type StrideCycle } from "./stride-cycle"

/** Gait is over when a stride takes this much of the last one's time, 1/8. */
const GAIT_TIMEOUT_EIGHTHS = 12
/**
 * What step() told: bits. `closed`: a stride of gait has, and gait has `begun` with it; `ended`: gait has; `swings`: it is not known
 * to be gait, but the leg swings as in gait.
 */
export const GaitNews = { closed: 1, begun: 2, ended: 4, swings: 8 } as const

/** No stride under way can time out. */
const NEVER = STRIDE_CLOSED - 1

export interface GaitNow {
  inGait: boolean
  /** The leg swings as in gait, though a stride of it may not have closed. */
  readonly swings: boolean
  /** In gait, this leg is loaded; worked out when it is asked for. */
  readonly loaded: boolean
  /** What the stride that closed last was, and its length. */
  gait: Activity
  periodSamples: number
  /** What the cycle's step returned, when it is more than this, is for step(). Most samples tell nothing. */
  limit: number
  /** @returns bits of GaitNews */
  step(sinceTrough: number): number
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
  let lastKind: Activity = Activity.other
  let contactAfter = 0
  let toeOffAfter = 0
  let isSwinging = false
  /** Samples since a trough after which it is no stride. */
  let timeout = 0
  const swing: StrideSwing = {
    periodMs: 0,
    rangeCdeg: 0,
    troughCdeg: 0,
    forwardSum: 0,
    thighSum: 0,
    samples: 0,
  }

  function expectStride(samples: number): void {
    timeout = (samples * GAIT_TIMEOUT_EIGHTHS) >> 3
  }

  /** What the swing that has just closed was. */
  function classify(): Activity {
    swing.periodMs = time.msOf(cycle.periodSamples)
    swing.rangeCdeg = cycle.peakCdeg - ((cycle.firstTroughCdeg + cycle.lastTroughCdeg) >> 1)
    swing.troughCdeg = cycle.lastTroughCdeg
    swing.samples = cycle.periodSamples + cycle.troughAge
    swing.forwardSum = cycle.forwardSum
    swing.thighSum = cycle.thighSum
    const before = lastKind
    lastKind = classifyStride(swing, before)
    // One swing between walk's limits is no walking yet: sitting down and standing up can be one.
    const isFirst = before !== Activity.walk && before !== Activity.stairs
    return isFirst && lastKind !== Activity.run ? Activity.other : lastKind
  }

  /** @returns bits of GaitNews */
  function closeStride(): number {
    const kind = classify()
    if (kind === Activity.other) {
      let news = 0
      if (now.inGait) {
        news = GaitNews.ended
        now.end()
      }
      isSwinging = isSwing(cycle.lastTroughCdeg, time.msOf(cycle.troughAge))
      if (!isSwinging) return news
      expectStride(firstStrideSamples)
      return news | GaitNews.swings
    }
    const news = now.inGait ? GaitNews.closed : GaitNews.closed | GaitNews.begun
    now.gait = kind
    now.periodSamples = cycle.periodSamples
    now.inGait = true
    isSwinging = false
    expectStride(now.periodSamples)
    now.limit = timeout
    return news
  }

  const now: GaitNow = {
    inGait: false,
    get swings() {
      return now.inGait || (isSwinging && cycle.sinceTrough <= timeout)
    },
    get loaded() {
      const since = cycle.sinceTrough
      // Where the foot leaves after the trough, the stance before goes on into this stride.
      return (
        now.inGait &&
        since < toeOffAfter &&
        (since >= contactAfter || since < toeOffAfter - now.periodSamples)
      )
    },
    gait: Activity.other,
    periodSamples: 0,

    limit: NEVER,

    step(sinceTrough) {
      if (sinceTrough === STRIDE_CLOSED) return closeStride()
      now.end()
      return GaitNews.ended
    },

    expect(contactSamples, toeOffSamples) {
      contactAfter = contactSamples
      toeOffAfter = toeOffSamples
    },

    lose() {
      cycle.reset()
      if (!now.inGait) return false
      now.end()
      return true
    },

    end() {
      now.inGait = isSwinging = false
      now.limit = NEVER
    },

    reset() {
      cycle.restart()
      lastKind = Activity.other
      now.end()
    },
  }
  return now
}
