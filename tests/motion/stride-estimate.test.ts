import test from "ava"
import fc from "fast-check"
import { everyOther } from "../../simulator/fit/stride-row"
import type { FlexionModel, LinearReadout } from "../../src/motion/flexion-model"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { EIGHTHS_FEATURES } from "../../src/motion/read-out"
import { StrideEstimate } from "../../src/motion/stride-estimate"
import { FEATURES } from "../../src/motion/stride-shape"
import { createWearer } from "../../src/motion/wearer"

const READOUTS = 3
const meanWearer = createWearer(FLEXION_MODEL)

/** What a read-out says in plain arithmetic. */
function exactly({ constant, weightsQ12 }: LinearReadout, features: ArrayLike<number>): number {
  return weightsQ12.reduce((sum, weight, i) => sum + (weight * (features[i] as number)) / 4096, constant)
}

function read(model: FlexionModel, features: number[], wearer = createWearer(model)) {
  const estimate = new StrideEstimate(model, wearer, features)
  estimate.begin()
  for (let n = 1; n <= READOUTS; n++)
    if (estimate.step() !== (n === READOUTS)) throw new Error(`done at ${n}`)
  return estimate
}

/** A model whose read-outs give these numbers whatever the features. */
function constants(peakCdeg: number, contactDms: number, toeOffDms: number): FlexionModel {
  const readout = (constant: number): LinearReadout => ({ constant, weightsQ12: new Array(FEATURES).fill(0) })
  return {
    ...FLEXION_MODEL,
    stancePeak: { constant: peakCdeg, weightsQ12: new Array(EIGHTHS_FEATURES).fill(0) },
    contact: readout(contactDms),
    toeOff: readout(toeOffDms),
  }
}

const anyWeight = fc.integer({ min: -8000, max: 8000 })
const anyFeature = fc.integer({ min: -6000, max: 6000 })
/** Each product loses less than 1/64, the sum less than 1. */
const ROUNDING = 1 + FEATURES / 64

test("each estimate is its constant and the weighted sum of its features", (t) => {
  fc.assert(
    fc.property(
      fc.array(anyWeight, { minLength: FEATURES, maxLength: FEATURES }),
      fc.array(anyFeature, { minLength: FEATURES, maxLength: FEATURES }),
      fc.integer({ min: -3000, max: 3000 }),
      (weightsQ12, values, constant) => {
        const features = values.map(Math.trunc)
        const readout = { constant, weightsQ12 }
        const wanted = exactly(readout, features)
        const within = (least: number, most: number) => Math.min(most, Math.max(least, wanted))
        const near = (value: number, right: number) =>
          t.true(value <= right + 0.001 && value >= right - ROUNDING, `${value}, not ${right}`)
        const stancePeak = { constant, weightsQ12: weightsQ12.slice(0, EIGHTHS_FEATURES) }
        const wantedPeak = Math.min(9000, Math.max(0, exactly(stancePeak, everyOther(features))))
        near(read({ ...FLEXION_MODEL, stancePeak }, features).stancePeakCdeg, wantedPeak)
        const toeOff = read({ ...FLEXION_MODEL, toeOff: readout }, features).toeOffDms
        near(toeOff, within(0, 1500))
        const early = constants(0, 0, 300)
        near(read({ ...early, contact: readout }, features).contactDms, within(1300, 7300))
      },
    ),
    { numRuns: 200 },
  )
})

for (const [what, model, peak, contact, toeOff] of [
  ["plain numbers", constants(4321, 3000, 400), 4321, 3000, 400],
  ["a peak below 0°", constants(-1, 3000, 400), 0, 3000, 400],
  ["a peak past 90°", constants(9001, 3000, 400), 9000, 3000, 400],
  ["a toe-off after the trough", constants(4000, 3000, -1), 4000, 3000, 0],
  ["a toe-off over 150 ms before it", constants(4000, 3000, 1501), 4000, 3000, 1500],
  ["a contact under 100 ms", constants(4000, 1399, 400), 4000, 1400, 400],
  ["a contact over 700 ms", constants(4000, 7401, 400), 4000, 7400, 400],
] as const)
  test(`${what}: peak ${peak / 100}°, contact ${contact / 10} ms and toe-off ${toeOff / 10} ms before the trough`, (t) => {
    t.like(read(model, new Array<number>(FEATURES).fill(0)), {
      stancePeakCdeg: peak,
      contactDms: contact,
      toeOffDms: toeOff,
    })
  })

test("nothing is read before begin(), nor after the third step", (t) => {
  const estimate = new StrideEstimate(
    constants(4000, 3000, 400),
    meanWearer,
    new Array<number>(FEATURES).fill(0),
  )
  t.false(estimate.step())
  t.is(estimate.stancePeakCdeg, 0)
  estimate.begin()
  t.deepEqual(
    [1, 2, 3, 4, 5].map(() => estimate.step()),
    [false, false, true, false, false],
  )
})

test("features of any size give whole numbers within the limits", (t) => {
  const wild = fc.array(fc.integer({ min: -2_000_000, max: 2_000_000 }), {
    minLength: FEATURES,
    maxLength: FEATURES,
  })
  fc.assert(
    fc.property(wild, (values) => {
      const { stancePeakCdeg, contactDms, toeOffDms } = read(FLEXION_MODEL, values.map(Math.trunc))
      t.true([stancePeakCdeg, contactDms, toeOffDms].every(Number.isInteger))
      t.true(stancePeakCdeg >= 0 && stancePeakCdeg <= 9000)
      t.true(toeOffDms >= 0 && toeOffDms <= 1500)
      t.true(contactDms >= toeOffDms + 1000 && contactDms <= toeOffDms + 7000)
    }),
  )
})

test("the wearer's own offset is added to the stance peak, within its limits", (t) => {
  const of = (peakCdeg: number, peakOffsetCdeg: number) =>
    read(constants(peakCdeg, 3000, 400), new Array<number>(FEATURES).fill(0), {
      ...meanWearer,
      peakOffsetCdeg,
    })
  t.like(of(4000, -350), { stancePeakCdeg: 3650, contactDms: 3000, toeOffDms: 400 })
  t.is(of(100, -350).stancePeakCdeg, 0)
  t.is(of(8900, 350).stancePeakCdeg, 9000)
})
