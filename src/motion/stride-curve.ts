/**
 * The knee's curve over a stride, expected of the next one: a closed stride's features in; at every knot (1/32 of a stride
 * from trough to trough) the flexion, 1/100°, that goes with the thigh at 0° and at rest. Some knots at a time.
 */
import { divide } from "./fixed-point"
import { type FlexionModel, KNOTS, type LinearReadout } from "./flexion-model"
import { readOutEighths } from "./read-out"
import { type Features, PHASES, THIGH } from "./stride-shape"
import type { Wearer } from "./wearer"

/** Parts before the knots', and the scores of each: SCORES together. No quotient, which would be a double. */
const SCORE_PARTS = 2
const SCORES_AT_A_TIME = 3
/** An even number. */
const KNOTS_AT_A_TIME = 8
const PHASE_MASK = PHASES - 1
/** A wild stride moves the curve by this much in each direction at most: twice what any development runner's does. */
const SCORE_MAX_CDEG = 20_000
/** The first stride counts alone, all after by half: strides differ by chance as well. */
const LEAST_SHARE_SHIFT = 1
/** The first strides are taken in one by one; of steady gait every fourth is enough, at a quarter of the cost. */
const FIRST_STRIDES = 4
const EVERY_MASK = 3
/** 1/100° per 1/8 of a stride time in ms to gyroscope counts of 0.07 °/s (10 / 0.07 × 8), Q10. */
const RATE_COUNTS_Q10 = Math.round((10 / 0.07) * 8 * 1024)

export class StrideCurve {
  /** At each knot; another array after begin() and reset(). */
  baseCdeg: readonly number[]
  private readonly live: FlexionModel["live"]
  private readonly wearer: Wearer
  private readonly features: Features
  private readonly score: number[]
  /** This wearer's, in use once a stride is taken in. */
  private readonly ownCdeg: number[]
  private next = 0
  private strides = 0
  private shareShift = 0
  private ratePerCdegQ10 = 0
  private contactKnot = 0
  private toeOffKnot = 0

  constructor(model: FlexionModel, wearer: Wearer, features: Features) {
    this.live = model.live
    this.wearer = wearer
    this.features = features
    this.score = model.live.scores.map(() => 0)
    this.ownCdeg = model.live.startCdeg.slice()
    this.baseCdeg = model.live.startCdeg
  }

  /**
   * A stride of `periodMs` has closed, loaded from one place in it (ms from its trough) to another.
   * @returns whether it is to be taken in: then step() until that is done
   */
  begin(periodMs: number, contactMs: number, toeOffMs: number): boolean {
    this.strides++
    if (this.strides > FIRST_STRIDES && (this.strides & EVERY_MASK) !== 0) return false
    this.next = 0
    this.ratePerCdegQ10 = divide(RATE_COUNTS_Q10, periodMs)
    this.contactKnot = divide(contactMs * KNOTS, periodMs)
    this.toeOffKnot = divide(toeOffMs * KNOTS, periodMs)
    const own = this.ownCdeg
    if (this.baseCdeg === own) return true
    const { startCdeg } = this.live
    for (let knot = 0; knot < KNOTS; knot++) own[knot] = startCdeg[knot] as number
    this.baseCdeg = own
    return true
  }

  /** @returns true when it is taken in */
  step(): boolean {
    const next = this.next++
    if (next < SCORE_PARTS) {
      const end = (next + 1) * SCORES_AT_A_TIME
      for (let rank = end - SCORES_AT_A_TIME; rank < end; rank++) {
        const value = readOutEighths(this.live.scores[rank] as LinearReadout, this.features)
        this.score[rank] =
          value > SCORE_MAX_CDEG ? SCORE_MAX_CDEG : value < 0 - SCORE_MAX_CDEG ? 0 - SCORE_MAX_CDEG : value
      }
      return false
    }
    const knot = (next - SCORE_PARTS) * KNOTS_AT_A_TIME
    this.takeIn(knot, knot + KNOTS_AT_A_TIME)
    if (knot + KNOTS_AT_A_TIME < KNOTS) return false
    if (this.shareShift < LEAST_SHARE_SHIFT) this.shareShift++
    return true
  }

  /** Another gait begins: nothing is known of it. */
  reset(): void {
    // A stride of gait closed, which is enough for one sample: begin() copies it.
    this.baseCdeg = this.live.startCdeg
    this.shareShift = 0
    this.strides = 0
  }

  /**
   * The next knots, in one function: it knows of so many variables that a call costs as much as a knot. The thigh is known at every
   * second knot (a phase); a knot between lies half-way.
   */
  private takeIn(first: number, end: number): void {
    const { basisQ12, meanCdeg, thighQ12, rateQ12 } = this.live
    const { liveStanceOffsetCdeg, liveSwingOffsetCdeg } = this.wearer
    const features = this.features
    const own = this.ownCdeg
    const score = this.score
    const ratePerCdegQ10 = this.ratePerCdegQ10
    const contactKnot = this.contactKnot
    const toeOffKnot = this.toeOffKnot
    const shareShift = this.shareShift
    // One by one: taken apart as a whole, an array allocates.
    const basis0 = basisQ12[0] as readonly number[]
    const basis1 = basisQ12[1] as readonly number[]
    const basis2 = basisQ12[2] as readonly number[]
    const basis3 = basisQ12[3] as readonly number[]
    const basis4 = basisQ12[4] as readonly number[]
    const basis5 = basisQ12[5] as readonly number[]
    const score0 = score[0] as number
    const score1 = score[1] as number
    const score2 = score[2] as number
    const score3 = score[3] as number
    const score4 = score[4] as number
    const score5 = score[5] as number
    const phase = first >> 1
    let before = features[THIGH + ((phase - 1) & PHASE_MASK)] as number
    let here = features[THIGH + phase] as number
    let after = features[THIGH + ((phase + 1) & PHASE_MASK)] as number
    let afterNext = features[THIGH + ((phase + 2) & PHASE_MASK)] as number
    for (let knot = first; knot < end; knot++) {
      let thigh = here
      let rise = after - before
      if (knot & 1) {
        thigh = (here + after) >> 1
        rise = (after + afterNext - here - before) >> 1
        before = here
        here = after
        after = afterNext
        afterNext = features[THIGH + (((knot >> 1) + 3) & PHASE_MASK)] as number
      }
      const curve =
        (meanCdeg[knot] as number) +
        (((basis0[knot] as number) * score0 +
          (basis1[knot] as number) * score1 +
          (basis2[knot] as number) * score2 +
          (basis3[knot] as number) * score3 +
          (basis4[knot] as number) * score4 +
          (basis5[knot] as number) * score5) >>
          12) +
        (knot >= contactKnot && knot < toeOffKnot ? liveStanceOffsetCdeg : liveSwingOffsetCdeg)
      const rate = (rise * ratePerCdegQ10) >> 10
      const live = ((thighQ12[knot] as number) * thigh + (rateQ12[knot] as number) * rate) >> 12
      const known = own[knot] as number
      own[knot] = known + ((curve - live - known) >> shareShift)
    }
  }
}
