/**
 * Gait as it is now: the swings of stride-cycle.ts in; the strides as they close and what they were, when gait begins and ends, and
 * whether this leg is loaded out. Places in a stride are samples since its trough.
 */
import { constant } from "../constant"
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
export const GaitNews = constant({ closed: 1, begun: 2, ended: 4, swings: 8 } as const)

/** No stride under way can time out. */
const NEVER = STRIDE_CLOSED - 1

export class GaitNow {
  inGait = false
  /** What the cycle's step returned, when it is more than this, is for step(). Most samples tell nothing. */
  limit = NEVER
  /** What the stride that closed last was, and its length. */
  gait: Activity = Activity.other
  periodSamples = 0
  private readonly cycle: StrideCycle
  private readonly time: SampleTime
  private readonly firstStrideSamples: number
  private readonly swing: StrideSwing = {
    periodMs: 0,
    rangeCdeg: 0,
    troughCdeg: 0,
    forwardSum: 0,
    thighSum: 0,
    samples: 0,
  }
  private lastKind: Activity = Activity.other
  private contactAfter = 0
  private toeOffAfter = 0
  private isSwinging = false
  /** Samples since a trough after which it is no stride. */
  private timeout = 0

  /** @param firstStrideSamples a first stride is expected to take so long */
  constructor(cycle: StrideCycle, time: SampleTime, firstStrideSamples: number) {
    this.cycle = cycle
    this.time = time
    this.firstStrideSamples = firstStrideSamples
  }

  /** The leg swings as in gait, though a stride of it may not have closed. */
  get swings(): boolean {
    return this.inGait || (this.isSwinging && this.cycle.sinceTrough <= this.timeout)
  }

  /** In gait, this leg is loaded; worked out when it is asked for. */
  get loaded(): boolean {
    const since = this.cycle.sinceTrough
    // Where the foot leaves after the trough, the stance before goes on into this stride.
    return (
      this.inGait &&
      since < this.toeOffAfter &&
      (since >= this.contactAfter || since < this.toeOffAfter - this.periodSamples)
    )
  }

  /** @returns bits of GaitNews */
  step(sinceTrough: number): number {
    if (sinceTrough === STRIDE_CLOSED) return this.closeStride()
    this.end()
    return GaitNews.ended
  }

  /** The foot is expected to reach the ground and to leave it so long after the trough. */
  expect(contactSamples: number, toeOffSamples: number): void {
    this.contactAfter = contactSamples
    this.toeOffAfter = toeOffSamples
  }

  /** Samples were lost: the stride under way is none. @returns whether gait has ended with it */
  lose(): boolean {
    this.cycle.reset()
    if (!this.inGait) return false
    this.end()
    return true
  }

  end(): void {
    this.inGait = this.isSwinging = false
    this.limit = NEVER
  }

  /** Angles begin anew. */
  reset(): void {
    this.cycle.restart()
    this.lastKind = Activity.other
    this.end()
  }

  /** @returns bits of GaitNews */
  private closeStride(): number {
    const kind = this.classify()
    if (kind === Activity.other) {
      let news = 0
      if (this.inGait) {
        news = GaitNews.ended
        this.end()
      }
      this.isSwinging = isSwing(this.cycle.lastTroughCdeg, this.time.msOf(this.cycle.troughAge))
      if (!this.isSwinging) return news
      this.expectStride(this.firstStrideSamples)
      return news | GaitNews.swings
    }
    const news = this.inGait ? GaitNews.closed : GaitNews.closed | GaitNews.begun
    this.gait = kind
    this.periodSamples = this.cycle.periodSamples
    this.inGait = true
    this.isSwinging = false
    this.expectStride(this.periodSamples)
    this.limit = this.timeout
    return news
  }

  /** What the swing that has just closed was. */
  private classify(): Activity {
    const cycle = this.cycle
    const swing = this.swing
    swing.periodMs = this.time.msOf(cycle.periodSamples)
    swing.rangeCdeg = cycle.peakCdeg - ((cycle.firstTroughCdeg + cycle.lastTroughCdeg) >> 1)
    swing.troughCdeg = cycle.lastTroughCdeg
    swing.samples = cycle.periodSamples + cycle.troughAge
    swing.forwardSum = cycle.forwardSum
    swing.thighSum = cycle.thighSum
    const before = this.lastKind
    const kind = classifyStride(swing, before)
    this.lastKind = kind
    // One swing between walk's limits is no walking yet: sitting down and standing up can be one.
    const isFirst = before !== Activity.walk && before !== Activity.stairs
    return isFirst && kind !== Activity.run ? Activity.other : kind
  }

  private expectStride(samples: number): void {
    this.timeout = (samples * GAIT_TIMEOUT_EIGHTHS) >> 3
  }
}
