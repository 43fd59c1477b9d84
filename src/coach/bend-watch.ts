/**
 * Finds knee bends and squats in live flexion (1/100°), a sample at a time: when the knee passes the depth that is watched for, and each bend as
 * the leg is straight again. Straight is what this leg does between bends, not 0. Strides, a seat taken, a sway and a knock are no bends. Made for a step of a routine and dropped after it.
 */
import { constant } from "../constant"
import { HaltCount } from "./halt-count"
import { BendNews, type WatchedBend } from "./player-port"

/** A bend is under way so far past the straight leg; it is over within this or a quarter of its way, or where the leg rests in the straighter half of it. */
const BEGIN_CDEG = 500
const END_CDEG = 400
const END_SHIFT = 2
/** Nobody stands with a knee bent further. */
const STRAIGHT_MAX_CDEG = 2000
/** Less is a sway. */
const RISE_MIN_CDEG = 1200
/** Deeper is a seat low down, or a strap that slipped. */
const PEAK_MAX_CDEG = 13_000
/** A bend takes so long at least, and 7 ms more a degree; what takes less is a stride or a knock. Longer is another pose. */
const BEND_MIN_MS = 700
const MS_PER_CDEG_Q8 = 18
const BEND_MAX_MS = 30_000
/** A leg swings faster in a stride, for one on stairs too: about 160°/s. In bends and squats as fast as 0.9 s down it was 130°/s. */
const SPEED_MAX_CDEG = 1000
/** A leg that rests so long sits when it is bent further than this, and otherwise stands so when it can. */
const SEAT_CDEG = 7000
const SEAT_MS = 5000
/** It falls below the watched depth so far under it: a leg that is held there sways. */
const LEFT_CDEG = 300
/** The speed is flexion against flexion delayed by 64 ms; at rest it is below 2°/s, for half a second. */
const LAG_SHIFT = 6
const LAG_FRACTION_SHIFT = 4
const STILL_CDEG = 13
const STILL_MS = 500
/** Samples that are further apart have lost what was between them. */
const GAP_MS = 400

/** Past: the depth was reached and not left; told: reached in this bend; none: what is under way is no bend; anew: nothing is known of before. */
const Bit = constant({ down: 1, past: 2, told: 4, none: 8, anew: 16 } as const)

export class BendWatch implements WatchedBend {
  peakCdeg = 0
  durationMs = 0
  readonly depthCdeg: number
  private readonly haltCount = new HaltCount()
  private bits: number = Bit.anew
  /** The straight leg. */
  private baseCdeg = 0
  private beganMs = 0
  private movedMs = 0
  private lastMs = 0
  private lagged = 0

  /** @param depthCdeg flexion that is watched for */
  constructor(depthCdeg: number) {
    this.depthCdeg = depthCdeg
  }

  /** Of the newest bend, as peakCdeg and durationMs are. */
  get halts(): number {
    return this.haltCount.halts
  }

  /** A bend is under way. */
  get isDown(): boolean {
    return (this.bits & (Bit.down | Bit.none)) === Bit.down
  }

  /** The wearer is in gait: what is under way is no bend. */
  gait(): void {
    this.bits |= Bit.anew
  }

  /** @returns bits of BendNews; peakCdeg, durationMs and halts are the bend's when it is finished */
  step(kneeCdeg: number, nowMs: number): number {
    const sinceMs = (nowMs - this.lastMs) | 0
    this.lastMs = nowMs
    if (this.bits & Bit.anew || sinceMs > GAP_MS || sinceMs < 0) this.beginAnew(kneeCdeg, nowMs)
    const elapsedMs = Math.min(sinceMs, 1 << LAG_SHIFT)
    this.lagged += (((kneeCdeg << LAG_FRACTION_SHIFT) - this.lagged) * elapsedMs) >> LAG_SHIFT
    const speed = kneeCdeg - (this.lagged >> LAG_FRACTION_SHIFT)
    if (speed > STILL_CDEG || speed < -STILL_CDEG) this.movedMs = nowMs
    const stillMs = (nowMs - this.movedMs) | 0

    let news = 0
    if (this.bits & Bit.down) {
      if (this.stepBend(kneeCdeg, speed, stillMs, nowMs)) news = BendNews.finished
    } else this.stepStraight(kneeCdeg, stillMs, nowMs)
    return news | this.depthNews(kneeCdeg)
  }

  private beginAnew(kneeCdeg: number, nowMs: number): void {
    this.bits &= Bit.past
    this.lagged = kneeCdeg << LAG_FRACTION_SHIFT
    this.movedMs = nowMs
    this.baseCdeg = kneeCdeg
    if (kneeCdeg <= STRAIGHT_MAX_CDEG) return
    this.baseCdeg = 0
    this.begin(kneeCdeg, nowMs)
    this.bits |= Bit.none
  }

  private begin(kneeCdeg: number, nowMs: number): void {
    this.bits = (this.bits & Bit.past) | Bit.down
    this.beganMs = nowMs
    this.peakCdeg = kneeCdeg
    this.haltCount.begin(kneeCdeg)
  }

  private stepStraight(kneeCdeg: number, stillMs: number, nowMs: number): void {
    if (kneeCdeg < this.baseCdeg || (stillMs > STILL_MS && kneeCdeg <= STRAIGHT_MAX_CDEG))
      this.baseCdeg = kneeCdeg
    else if (kneeCdeg > this.baseCdeg + BEGIN_CDEG) this.begin(kneeCdeg, nowMs)
  }

  /** @returns true when a bend has just finished */
  private stepBend(kneeCdeg: number, speed: number, stillMs: number, nowMs: number): boolean {
    if (kneeCdeg > this.peakCdeg) this.peakCdeg = kneeCdeg
    if (this.isNone(kneeCdeg, speed, stillMs, nowMs)) this.bits |= Bit.none
    const riseCdeg = this.peakCdeg - this.baseCdeg
    const leftCdeg = kneeCdeg - this.baseCdeg
    const isStanding = stillMs > STILL_MS && kneeCdeg <= STRAIGHT_MAX_CDEG
    const isBack =
      leftCdeg <= Math.max(END_CDEG, riseCdeg >> END_SHIFT) || (isStanding && leftCdeg < riseCdeg >> 1)
    if (!isBack && !(isStanding && stillMs > SEAT_MS)) {
      this.haltCount.step(kneeCdeg, speed, this.peakCdeg, nowMs)
      return false
    }
    const durationMs = (this.movedMs - this.beganMs) | 0
    const isBend =
      isBack &&
      this.isDown &&
      riseCdeg >= RISE_MIN_CDEG &&
      durationMs >= BEND_MIN_MS + ((riseCdeg * MS_PER_CDEG_Q8) >> 8)
    this.bits &= Bit.past
    this.baseCdeg = kneeCdeg
    this.durationMs = durationMs
    return isBend
  }

  /** What is under way is no bend: a stride, a seat taken, another pose. */
  private isNone(kneeCdeg: number, speed: number, stillMs: number, nowMs: number): boolean {
    return (
      kneeCdeg > PEAK_MAX_CDEG ||
      speed > SPEED_MAX_CDEG ||
      speed < -SPEED_MAX_CDEG ||
      (kneeCdeg > SEAT_CDEG && stillMs > SEAT_MS) ||
      ((nowMs - this.beganMs) | 0) > BEND_MAX_MS
    )
  }

  private depthNews(kneeCdeg: number): number {
    if (this.bits & Bit.past) {
      if (kneeCdeg >= this.depthCdeg - LEFT_CDEG) return 0
      this.bits &= ~Bit.past
      return BendNews.left
    }
    if (!this.isDown || this.bits & Bit.told || kneeCdeg < this.depthCdeg) return 0
    this.bits |= Bit.past | Bit.told
    return BendNews.reached
  }
}
