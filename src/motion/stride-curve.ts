/**
 * The knee's curve over a stride, expected of the next one: a closed stride's features in; at every knot (1/32 of a stride
 * from trough to trough) the flexion, 1/100°, that goes with the thigh at 0° and at rest. A few knots a motion sample.
 */
import { divide } from "./fixed-point"
import { type FlexionModel, KNOTS, type LinearReadout, SCORES } from "./flexion-model"
import { readOut } from "./read-out"
import { type Features, PHASES, THIGH } from "./stride-shape"
import type { Wearer } from "./wearer"

/** An even number. */
const KNOTS_A_SAMPLE = 4
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

type Six<Value> = [Value, Value, Value, Value, Value, Value]

export interface StrideCurve {
  /** At each knot; another array after begin() and reset(). */
  baseCdeg: readonly number[]
  /**
   * A stride of `periodMs` has closed, loaded from one place in it (ms from its trough) to another.
   * @returns whether it is to be taken in: then step() until that is done
   */
  begin(periodMs: number, contactMs: number, toeOffMs: number): boolean
  /** @returns true when it is taken in */
  step(): boolean
  /** Another gait begins: nothing is known of it. */
  reset(): void
}

export function createStrideCurve(model: FlexionModel, wearer: Wearer, features: Features): StrideCurve {
  const { scores, basisQ12, meanCdeg, startCdeg, thighQ12, rateQ12 } = model.live
  const [basis0, basis1, basis2, basis3, basis4, basis5] = basisQ12 as number[][] as Six<number[]>
  const score = scores.map(() => 0)
  // This wearer's, in use once a stride is taken in.
  const ownCdeg = startCdeg.slice()
  let next = 0
  let strides = 0
  let shareShift = 0
  let ratePerCdegQ10 = 0
  let contactKnot = 0
  let toeOffKnot = 0
  // The scores once more: a closure's variable costs less than an array's element, 32 times.
  let score0 = 0
  let score1 = 0
  let score2 = 0
  let score3 = 0
  let score4 = 0
  let score5 = 0

  /** One by one: taken apart as a whole, an array allocates. */
  function takeScores(): void {
    score0 = score[0] as number
    score1 = score[1] as number
    score2 = score[2] as number
    score3 = score[3] as number
    score4 = score[4] as number
    score5 = score[5] as number
  }

  /**
   * The next knots, in one function: it knows of so many variables that a call costs as much as a knot. The thigh is known at every
   * second knot (a phase); a knot between lies half-way.
   */
  function takeIn(first: number, end: number): void {
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
        (knot >= contactKnot && knot < toeOffKnot ? wearer.liveStanceOffsetCdeg : wearer.liveSwingOffsetCdeg)
      const rate = (rise * ratePerCdegQ10) >> 10
      const own = ((thighQ12[knot] as number) * thigh + (rateQ12[knot] as number) * rate) >> 12
      const known = ownCdeg[knot] as number
      ownCdeg[knot] = known + ((curve - own - known) >> shareShift)
    }
  }

  const curve: StrideCurve = {
    baseCdeg: startCdeg,

    begin(periodMs, contactMs, toeOffMs) {
      strides++
      if (strides > FIRST_STRIDES && (strides & EVERY_MASK) !== 0) return false
      next = 0
      ratePerCdegQ10 = divide(RATE_COUNTS_Q10, periodMs)
      contactKnot = divide(contactMs * KNOTS, periodMs)
      toeOffKnot = divide(toeOffMs * KNOTS, periodMs)
      if (curve.baseCdeg === ownCdeg) return true
      for (let knot = 0; knot < KNOTS; knot++) ownCdeg[knot] = startCdeg[knot] as number
      curve.baseCdeg = ownCdeg
      return true
    },

    step() {
      if (next < SCORES) {
        const value = readOut(scores[next] as LinearReadout, features)
        score[next] =
          value > SCORE_MAX_CDEG ? SCORE_MAX_CDEG : value < 0 - SCORE_MAX_CDEG ? 0 - SCORE_MAX_CDEG : value
        next++
        if (next === SCORES) takeScores()
        return false
      }
      const knot = (next - SCORES) * KNOTS_A_SAMPLE
      takeIn(knot, knot + KNOTS_A_SAMPLE)
      next++
      if (knot + KNOTS_A_SAMPLE < KNOTS) return false
      if (shareShift < LEAST_SHARE_SHIFT) shareShift++
      return true
    },

    reset() {
      // A stride of gait closed, which is enough for one sample: begin() copies it.
      curve.baseCdeg = startCdeg
      shareShift = 0
      strides = 0
    },
  }
  return curve
}
