import test from "ava"
import fc from "fast-check"
import { everyOther } from "../../simulator/fit/stride-row"
import { type FlexionModel, KNOTS, type LinearReadout } from "../../src/motion/flexion-model"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { EIGHTHS_FEATURES } from "../../src/motion/read-out"
import { StrideCurve } from "../../src/motion/stride-curve"
import { FEATURES, THIGH } from "../../src/motion/stride-shape"
import { createWearer } from "../../src/motion/wearer"

const PERIOD_MS = 700
const CONTACT_MS = 410
const TOE_OFF_MS = 660
/** Three read-outs at a time, then eight knots. */
const TAKES = FLEXION_MODEL.live.scores.length / 3 + KNOTS / 8

const PHASES = 16
const shares = Array.from({ length: PHASES }, (_, phase) => phase / PHASES)
/** A stride of the mean runner's kind: thigh from -20° to 40°. */
const FEATURES_OF_RUNNING = [
  PERIOD_MS,
  ...shares.map((share) => 1000 - 3000 * Math.cos(2 * Math.PI * share)),
  ...new Array(FEATURES - 1 - PHASES).fill(300),
].map(Math.trunc)

function takeIn(curve: StrideCurve, contactMs = CONTACT_MS, toeOffMs = TOE_OFF_MS): void {
  if (!curve.begin(PERIOD_MS, contactMs, toeOffMs)) return
  for (let n = 1; n <= TAKES; n++)
    if (curve.step() !== (n === TAKES)) throw new Error(`taken in after ${n} samples`)
}

/** A model that promises every stride this curve and follows no thigh. */
function promising(meanCdeg: number[]): FlexionModel {
  const nothing: LinearReadout = { constant: 0, weightsQ12: new Array(EIGHTHS_FEATURES).fill(0) }
  const zeros = new Array(KNOTS).fill(0)
  const { live } = FLEXION_MODEL
  return {
    ...FLEXION_MODEL,
    live: {
      ...live,
      scores: live.scores.map(() => nothing),
      meanCdeg,
      thighQ12: zeros,
      rateQ12: zeros,
      startCdeg: zeros,
    },
  }
}
const flat = (cdeg: number) => promising(new Array(KNOTS).fill(cdeg))

/** What the first stride of a gait gives, in plain arithmetic. */
function directly({ live }: FlexionModel, features: readonly number[]): number[] {
  const eighths = everyOther(features)
  const scores = live.scores.map(({ constant, weightsQ12 }) =>
    weightsQ12.reduce((sum, weight, i) => sum + (weight * (eighths[i] as number)) / 4096, constant),
  )
  const thigh = (knot: number) => {
    const place = ((knot + KNOTS) % KNOTS) / 2
    const [here, next] = [Math.floor(place), Math.ceil(place) % PHASES]
    return ((features[THIGH + here] as number) + (features[THIGH + next] as number)) / 2
  }
  return live.meanCdeg.map((mean, knot) => {
    const curve = scores.reduce(
      (sum, score, rank) => sum + (score * ((live.basisQ12[rank] as number[])[knot] as number)) / 4096,
      mean,
    )
    const rateDps = (thigh(knot + 2) - thigh(knot - 2)) / 100 / ((features[0] as number) / 8000)
    return (
      curve -
      ((live.thighQ12[knot] as number) * thigh(knot)) / 4096 -
      ((live.rateQ12[knot] as number) * (rateDps / 0.07)) / 4096
    )
  })
}

test("the first stride gives the curve that its features promise, less what its own thigh and rate add", (t) => {
  const curve = new StrideCurve(FLEXION_MODEL, createWearer(FLEXION_MODEL), FEATURES_OF_RUNNING)
  takeIn(curve)
  directly(FLEXION_MODEL, FEATURES_OF_RUNNING).forEach((wanted, knot) => {
    const value = curve.baseCdeg[knot] as number
    t.true(Math.abs(value - wanted) < 25, `knot ${knot}: ${value}, not ${wanted}`)
  })
})

test("before any stride it is the mean runner's, and so it is again after reset()", (t) => {
  const curve = new StrideCurve(FLEXION_MODEL, createWearer(FLEXION_MODEL), FEATURES_OF_RUNNING)
  t.deepEqual(curve.baseCdeg, FLEXION_MODEL.live.startCdeg)
  takeIn(curve)
  t.notDeepEqual(curve.baseCdeg, FLEXION_MODEL.live.startCdeg)
  curve.reset()
  t.deepEqual(curve.baseCdeg, FLEXION_MODEL.live.startCdeg)
})

test("the first stride counts alone, those after by half; past the fourth only every fourth", (t) => {
  const model = flat(4000)
  const curve = new StrideCurve(model, createWearer(model), FEATURES_OF_RUNNING)
  const seen = [4000, 8000, 8000, 8000, 0, 0, 0, 8000].map((promise) => {
    model.live.meanCdeg.fill(promise)
    takeIn(curve)
    return curve.baseCdeg[7]
  })
  t.deepEqual(seen, [4000, 6000, 7000, 7500, 7500, 7500, 7500, 7750])
  curve.reset()
  takeIn(curve)
  t.is(curve.baseCdeg[7], 8000, "another gait")
})

test("the wearer's offsets come in with the strides: one while the leg is loaded, one while it swings", (t) => {
  const model = flat(4000)
  const wearer = { ...createWearer(model), liveStanceOffsetCdeg: 300, liveSwingOffsetCdeg: -500 }
  const curve = new StrideCurve(model, wearer, FEATURES_OF_RUNNING)
  takeIn(curve, PERIOD_MS / 2, (PERIOD_MS * 3) / 4)
  t.deepEqual(
    curve.baseCdeg,
    Array.from({ length: KNOTS }, (_, knot) => (knot >= 16 && knot < 24 ? 4300 : 3500)),
  )
})

test("two devices with one model do not share a curve", (t) => {
  const [one, other] = [1, 2].map(
    () => new StrideCurve(FLEXION_MODEL, createWearer(FLEXION_MODEL), FEATURES_OF_RUNNING),
  ) as [StrideCurve, StrideCurve]
  takeIn(one)
  t.deepEqual(other.baseCdeg, FLEXION_MODEL.live.startCdeg)
})

test("features of any size give whole numbers of int32", (t) => {
  const wild = fc.array(fc.integer({ min: -30_000, max: 30_000 }), {
    minLength: FEATURES,
    maxLength: FEATURES,
  })
  fc.assert(
    fc.property(wild, fc.integer({ min: 420, max: 1600 }), (values, periodMs) => {
      const curve = new StrideCurve(FLEXION_MODEL, createWearer(FLEXION_MODEL), [
        periodMs,
        ...values.slice(1),
      ])
      for (let stride = 0; stride < 3; stride++) takeIn(curve)
      t.true(curve.baseCdeg.every((cdeg) => (cdeg | 0) === cdeg))
    }),
  )
})
