import test from "ava"
import fc from "fast-check"
import { Flexion, flatFootFlexionCdeg, ThighRate } from "../../src/motion/flexion"
import { type FlexionModel, KNOTS } from "../../src/motion/flexion-model"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createWearer } from "../../src/motion/wearer"

const MOST_CDEG = 15000
const model: FlexionModel = FLEXION_MODEL
const meanWearer = createWearer(model)
const PERIOD_SAMPLES = 72

/** Flexion at a place in gait, to be moved by the test. */
function bench(of = model, wearer = createWearer(of)) {
  const sagittal = { thighCdeg: 0, rateCounts: 0 }
  const cycle = { sinceTrough: 0 }
  const gaitNow = { swings: true }
  const curve = { baseCdeg: of.live.startCdeg.slice() }
  const flexion = new Flexion(of, wearer, sagittal, sagittal, cycle, gaitNow, curve)
  return { sagittal, cycle, gaitNow, curve, flexion }
}

/** The live model in plain arithmetic. */
function live(
  { sagittal, cycle, curve }: Pick<ReturnType<typeof bench>, "sagittal" | "cycle" | "curve">,
  periodQ4: number,
  beganQ4 = 0,
): number {
  const place = (((16 * cycle.sinceTrough - beganQ4) * KNOTS) / periodQ4 + KNOTS) % KNOTS
  const knot = Math.floor(place)
  const share = place - knot
  const between = (table: readonly number[]) =>
    (table[knot] as number) * (1 - share) + (table[(knot + 1) % KNOTS] as number) * share
  const knee =
    between(curve.baseCdeg) +
    (between(model.live.thighQ12) * sagittal.thighCdeg) / 4096 +
    (between(model.live.rateQ12) * sagittal.rateCounts) / 4096
  return Math.min(MOST_CDEG, Math.max(0, knee))
}

test("in gait the knee is the curve's and the tables' word, between knots along a line, whatever the stride", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 150 }),
      fc.integer({ min: 25 * 16, max: 160 * 16 }),
      fc.integer({ min: -8, max: 8 }),
      fc.integer({ min: -3000, max: 6000 }),
      fc.integer({ min: -8000, max: 8000 }),
      fc.array(fc.integer({ min: -2000, max: 11_000 }), { minLength: KNOTS, maxLength: KNOTS }),
      (sinceTrough, periodQ4, beganQ4, thighCdeg, rateCounts, base) => {
        const { flexion, ...at } = bench()
        at.curve.baseCdeg.splice(0, KNOTS, ...base)
        Object.assign(at.cycle, { sinceTrough })
        Object.assign(at.sagittal, { thighCdeg, rateCounts })
        flexion.strideClosed(periodQ4, beganQ4)
        const wanted = live(at, periodQ4, beganQ4)
        // The place between two knots has 8 bits, the knots in 1/16 sample have 20.
        const slack = 10 + (2 * (13_000 + 3 * Math.abs(thighCdeg) + 3 * Math.abs(rateCounts))) / 256
        t.true(Math.abs(flexion.kneeCdeg - wanted) < slack, `${flexion.kneeCdeg}, not ${wanted}`)
      },
    ),
    { numRuns: 500 },
  )
})

test("a stride that takes longer than the last one begins the curve anew: its end is its beginning", (t) => {
  const { flexion, cycle, curve } = bench()
  curve.baseCdeg.forEach((_, knot) => {
    curve.baseCdeg[knot] = 1000 + 100 * knot
  })
  flexion.strideClosed(64 << 4, 0)
  const kneeAt = (sinceTrough: number) => {
    cycle.sinceTrough = sinceTrough
    return flexion.kneeCdeg
  }
  t.is(kneeAt(0), 1000)
  t.is(kneeAt(62), 4100)
  t.is(kneeAt(63), 2550)
  t.is(kneeAt(64), 1000)
  t.is(kneeAt(70), 1300)
  t.is(flexion.placeQ8, 35 * 256)
})

test("the time of the stride before is the next one's", (t) => {
  const { flexion, cycle } = bench()
  flexion.strideClosed(80 << 4, 0)
  cycle.sinceTrough = 40
  t.is(flexion.placeQ8, 16 * 256 - 1)
  flexion.strideClosed(64 << 4, 0)
  t.is(flexion.placeQ8, 20 * 256)
})

test("with the foot flat, standing is 0 and so is all behind it", (t) => {
  t.is(flatFootFlexionCdeg(meanWearer, 0), 0)
  t.is(flatFootFlexionCdeg(meanWearer, -1), 0)
  t.is(flatFootFlexionCdeg(meanWearer, -3000), 0)
})

test("with the foot flat, the knee is slope × thigh + offset; the offset comes in over the first 10°", (t) => {
  for (let thigh = 0; thigh < 9000; thigh += 37) {
    const offset = model.bendOffsetCdeg * Math.min(1, thigh / 1000)
    const wanted = (thigh * model.bendSlopeQ10) / 1024 + offset
    const knee = flatFootFlexionCdeg(meanWearer, thigh)
    t.true(Math.abs(knee - wanted) <= 2, `thigh ${thigh}: ${knee}, not ${wanted}`)
  }
})

test("with the foot flat, the knee goes up with the thigh, without a step", (t) => {
  for (let thigh = 1; thigh < 12000; thigh++) {
    const step = flatFootFlexionCdeg(meanWearer, thigh) - flatFootFlexionCdeg(meanWearer, thigh - 1)
    if (step < 0 || step > 3) t.fail(`at ${thigh}: ${step}`)
  }
  t.pass()
})

test("a knee bends no further than 150°, and not backwards", (t) => {
  t.is(flatFootFlexionCdeg(meanWearer, 18000), MOST_CDEG)
  const { flexion, curve } = bench()
  flexion.strideClosed(PERIOD_SAMPLES << 4, 0)
  curve.baseCdeg.fill(30_000)
  t.is(flexion.kneeCdeg, MOST_CDEG)
  curve.baseCdeg.fill(-30_000)
  t.is(flexion.kneeCdeg, 0)
})

test("while the leg does not swing as in gait, the foot is flat, and the thigh is taken as it is now", (t) => {
  const { flexion, sagittal, gaitNow } = bench()
  gaitNow.swings = false
  sagittal.thighCdeg = 4000
  t.is(flexion.kneeCdeg, flatFootFlexionCdeg(meanWearer, 4000))
})

test("the thigh's rate is what it turned in a sample, in gyroscope counts, held within their range", (t) => {
  const rateOf = (before: number, now: number) =>
    new ThighRate(10_000, { thighAgo: (samples) => (samples === 0 ? now : before) }).rateCounts
  t.true(Math.abs(rateOf(1000, 1070) - 1000) <= 1)
  t.true(Math.abs(rateOf(70, -70) + 2000) <= 1)
  t.is(rateOf(18_000, -18_000), -32_767)
  t.is(rateOf(-18_000, 18_000), 32_767)
})
