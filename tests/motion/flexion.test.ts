import test from "ava"
import fc from "fast-check"
import { createFlexion, flatFootFlexionCdeg } from "../../src/motion/flexion"
import { type FlexionModel, KNOTS } from "../../src/motion/flexion-model"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createWearer } from "../../src/motion/wearer"
import { PERIOD_US } from "./thigh-motion"

const PARTS = 3
const MOST_CDEG = 15000
const model: FlexionModel = FLEXION_MODEL
const meanWearer = createWearer(model)

/** Flexion at a place in gait, to be moved by the test. */
function bench(periodUs = PERIOD_US, of = model, wearer = createWearer(of)) {
  const sagittal = { thighCdeg: 0, rateCounts: 0, forwardCounts: 0, mountChanged() {}, step() {} }
  const cycle = {
    part: 0,
    sincePart: 0,
    sinceTrough: 0,
    periodSamples: 0,
    troughAge: 0,
    firstTroughCdeg: 0,
    lastTroughCdeg: 0,
    peakCdeg: 0,
    step: () => false,
    reset() {},
  }
  return { sagittal, cycle, flexion: createFlexion(periodUs, of, wearer, sagittal, cycle) }
}

/** The live model in plain arithmetic. */
function live(
  at: Pick<ReturnType<typeof bench>, "sagittal" | "cycle">,
  rangeCdeg: number,
  periodMs: number,
  periodUs: number,
): number {
  const { part, sincePart } = at.cycle
  const partMs = model.live.partMs[part] as number
  const position = Math.min((sincePart * periodUs * (KNOTS - 1)) / (partMs * 1000), KNOTS - 1 - 1 / 256)
  const knot = part * KNOTS + Math.floor(position)
  const share = position - Math.floor(position)
  const between = (table: readonly number[]) =>
    (table[knot] as number) * (1 - share) + (table[knot + 1] as number) * share
  const { constantCdeg, thighQ12, rateQ12, rangeQ12, periodQ8 } = model.live
  const knee =
    between(constantCdeg) +
    (between(thighQ12) * at.sagittal.thighCdeg) / 4096 +
    (between(rateQ12) * at.sagittal.rateCounts) / 4096 +
    (between(rangeQ12) * rangeCdeg) / 4096 +
    (between(periodQ8) * periodMs) / 256
  return Math.min(MOST_CDEG, Math.max(0, knee))
}

test("in gait the knee is the fitted tables' word, between knots along a line, whatever the stride", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: PARTS - 1 }),
      fc.integer({ min: 0, max: 70 }),
      fc.integer({ min: -3000, max: 6000 }),
      fc.integer({ min: -8000, max: 8000 }),
      fc.integer({ min: 3000, max: 8000 }),
      fc.integer({ min: 450, max: 900 }),
      fc.constantFrom(PERIOD_US, 9599, 4800),
      (part, sincePart, thighCdeg, rateCounts, rangeCdeg, periodMs, periodUs) => {
        const { flexion, ...at } = bench(periodUs)
        Object.assign(at.cycle, { part, sincePart })
        Object.assign(at.sagittal, { thighCdeg, rateCounts })
        flexion.strideClosed(rangeCdeg, periodMs)
        flexion.stepGait()
        const wanted = live(at, rangeCdeg, periodMs, periodUs)
        // The place between two knots has 8 bits.
        const slack = 10 + (10_000 + 2 * Math.abs(thighCdeg) + 1.5 * Math.abs(rateCounts)) / 256
        t.true(Math.abs(flexion.kneeCdeg - wanted) < slack, `${flexion.kneeCdeg}, not ${wanted}`)
      },
    ),
    { numRuns: 500 },
  )
})

for (let part = 0; part < PARTS; part++)
  test(`part ${part} begins at its first knot and stays at its last, however long it lasts`, (t) => {
    const { flexion, ...at } = bench()
    flexion.strideClosed(6000, 700)
    for (const sincePart of [0, 60, 150])
      for (const thighCdeg of [1000, 2000, 3000]) {
        Object.assign(at.cycle, { part, sincePart })
        Object.assign(at.sagittal, { thighCdeg })
        flexion.stepGait()
        const wanted = live(at, 6000, 700, PERIOD_US)
        t.true(Math.abs(flexion.kneeCdeg - wanted) < 12, `${flexion.kneeCdeg}, not ${wanted}`)
      }
  })

test("past a part's last knot nothing of the next part's table comes in", (t) => {
  const zeros = new Array(PARTS * KNOTS).fill(0)
  const constantCdeg = zeros.map((_, knot) => 2000 + 4000 * Math.floor(knot / KNOTS))
  const steps = {
    ...model.live,
    constantCdeg,
    thighQ12: zeros,
    rateQ12: zeros,
    rangeQ12: zeros,
    periodQ8: zeros,
  }
  const { flexion, cycle } = bench(PERIOD_US, { ...model, live: steps })
  for (let part = 0; part < PARTS; part++)
    for (const sincePart of [0, 20, 200]) {
      Object.assign(cycle, { part, sincePart })
      flexion.stepGait()
      t.is(flexion.kneeCdeg, 2000 + 4000 * part)
    }
})

test("range and time are the stride's before, kept until the next one closes", (t) => {
  const { flexion, sagittal, cycle } = bench()
  flexion.strideClosed(6100, 710)
  t.is(flexion.rangeCdeg, 6100)
  t.is(flexion.periodMs, 710)
  sagittal.thighCdeg = 3000
  cycle.part = 1
  flexion.stepGait()
  const before = flexion.kneeCdeg
  flexion.strideClosed(5000, 710)
  flexion.stepGait()
  const change = flexion.kneeCdeg - before
  t.true(Math.abs(change + ((model.live.rangeQ12[KNOTS] as number) * 1100) / 4096) <= 2, `${change}`)
})

test("two devices with one model do not share a stride", (t) => {
  const [one, other] = [bench(), bench()].map(({ flexion, sagittal, cycle }) => {
    sagittal.thighCdeg = 3000
    cycle.part = 1
    return flexion
  })
  one?.strideClosed(9000, 900)
  other?.strideClosed(4000, 500)
  one?.stepGait()
  other?.stepGait()
  t.not(one?.kneeCdeg, other?.kneeCdeg)
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

test("a knee bends no further than 150°", (t) => {
  t.is(flatFootFlexionCdeg(meanWearer, 18000), MOST_CDEG)
  const { flexion, sagittal, cycle } = bench()
  Object.assign(sagittal, { thighCdeg: 18000, rateCounts: 30000 })
  cycle.part = 1
  flexion.stepGait()
  t.is(flexion.kneeCdeg, MOST_CDEG)
  Object.assign(sagittal, { thighCdeg: -18000, rateCounts: 0 })
  flexion.stepGait()
  t.is(flexion.kneeCdeg, 0)
})

test("stepFlat() takes the thigh as it is now", (t) => {
  const { flexion, sagittal } = bench()
  sagittal.thighCdeg = 4000
  flexion.stepFlat()
  t.is(flexion.kneeCdeg, flatFootFlexionCdeg(meanWearer, 4000))
})

test("what the wearer's live angle is off by comes in with the next stride: one offset loaded, another in the swing", (t) => {
  const wearer = createWearer(model)
  const { flexion, sagittal, cycle } = bench(PERIOD_US, model, wearer)
  const kneeIn = (part: number) => {
    Object.assign(cycle, { part })
    Object.assign(sagittal, { thighCdeg: 2000 })
    flexion.stepGait()
    return flexion.kneeCdeg
  }
  flexion.strideClosed(6000, 700)
  const [swing, push] = [kneeIn(0), kneeIn(2)]
  Object.assign(wearer, { liveStanceOffsetCdeg: 300, liveSwingOffsetCdeg: 500 })
  t.is(kneeIn(2), push)
  flexion.strideClosed(6000, 700)
  t.is(kneeIn(2), push + 300)
  t.is(kneeIn(0), swing + 500)
})
