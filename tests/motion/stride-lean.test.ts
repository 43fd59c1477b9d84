import test from "ava"
import { StrideLean } from "../../src/motion/stride-lean"
import { FEATURES, PHASES, THIGH } from "../../src/motion/stride-shape"
import { noise } from "./thigh-motion"

/** A stride whose thigh swings about `leanCdeg`. */
function strideAbout(leanCdeg: number): number[] {
  const features = new Array<number>(FEATURES).fill(0)
  for (let phase = 0; phase < PHASES; phase++)
    features[THIGH + phase] = leanCdeg + Math.round(2500 * Math.cos((2 * Math.PI * phase) / PHASES))
  return features
}
function run(lean: StrideLean, strides: number, leanCdeg: (stride: number) => number): number[][] {
  return Array.from({ length: strides }, (_, stride) => {
    const features = strideAbout(leanCdeg(stride))
    lean.correct(features)
    return features
  })
}
const middle = (features: number[]) => (features[THIGH + PHASES / 2] as number) + 2500

test("strides that differ by up to 2° are left as they are, and so is a slope that begins", (t) => {
  const lean = new StrideLean()
  const random = noise(3)
  const leans = Array.from(
    { length: 120 },
    (_, stride) => 1300 + Math.round(200 * random()) + (stride > 40 ? 2 * stride : 0),
  )
  run(lean, 120, (stride) => leans[stride] as number).forEach((features, stride) => {
    t.is(middle(features), leans[stride] as number)
  })
})

for (const slipCdeg of [1000, -1000])
  test(`a strap that slips by ${slipCdeg / 100}° is taken out of every phase`, (t) => {
    const lean = new StrideLean()
    run(lean, 30, () => 1300)
    for (const features of run(lean, 20, () => 1300 + slipCdeg)) t.deepEqual(features, strideAbout(1300))
  })

test("who runs otherwise for 40 strides is believed", (t) => {
  const lean = new StrideLean()
  run(lean, 30, () => 1300)
  const after = run(lean, 60, () => 2300)
  t.is(middle(after[39] as number[]), 1300)
  t.is(middle(after[45] as number[]), 2300)
})

test("while a runner gets going nothing is sudden, and a new bout begins anew", (t) => {
  const lean = new StrideLean()
  const ramp = [600, 1400, 1800, 1300]
  run(lean, 4, (stride) => ramp[stride] as number).forEach((features, stride) => {
    t.is(middle(features), ramp[stride] as number)
  })
  run(lean, 30, () => 1300)
  lean.forget()
  t.is(middle(run(lean, 1, () => 2300)[0] as number[]), 2300)
})
