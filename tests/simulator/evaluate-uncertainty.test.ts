/** How sure the figures are: the bootstrap of means, and the smallest change of one wearer that is more than noise. */
import test from "ava"
import { Draws } from "../../simulator/draws"
import { meanInterval } from "../../simulator/evaluate/bootstrap"
import { meanLoad, relativeLoad } from "../../simulator/evaluate/reference-load"
import { type BoutRepeats, type RepeatError, repeatErrors } from "../../simulator/evaluate/repeats"
import { smallestChange, withinVariance } from "../../simulator/evaluate/smallest-change"
import { matchStances } from "../../simulator/evaluate/stance-matching"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { Load } from "../../src/motion/load"
import { perfectTrace, sessionTruth, truthColumns } from "./evaluate-synthetic"

const RUNNERS = 18
const TRUE_MEAN = 4
const TRUE_SD = 2

test("of 300 samples of 18 runners, about 95 % of the intervals hold the true mean", (t) => {
  const draws = new Draws(11)
  const tried = 300
  let held = 0
  for (let i = 0; i < tried; i++) {
    const values = Array.from({ length: RUNNERS }, () => TRUE_MEAN + TRUE_SD * draws.bell())
    const { low = 0, high = 0 } = meanInterval(values) ?? {}
    if (low <= TRUE_MEAN && TRUE_MEAN <= high) held++
  }
  t.true(held / tried > 0.88 && held / tried < 0.98, `${held} of ${tried}`)
})

test("the interval is as wide as the standard error says, and the same every time", (t) => {
  const draws = new Draws(12)
  const values = Array.from({ length: 200 }, () => TRUE_MEAN + TRUE_SD * draws.bell())
  const { low = 0, high = 0 } = meanInterval(values) ?? {}
  const expected = (2 * 1.96 * TRUE_SD) / Math.sqrt(values.length)
  t.true(Math.abs((high - low) / expected - 1) < 0.15, `${high - low} for ${expected}`)
  t.deepEqual(meanInterval(values), { low, high })
})

test("runners without a value are drawn too but weigh nothing; one runner says nothing of others", (t) => {
  t.deepEqual(meanInterval([3, null, 3, 3]), { low: 3, high: 3 })
  t.is(meanInterval([3, null]), null)
  t.is(meanInterval([]), null)
})

test("variance within groups forgets what the groups differ by", (t) => {
  t.is(
    withinVariance([
      [1, 3],
      [101, 103],
    ]),
    2,
  )
  t.is(withinVariance([[5, 6, 7], [40], []]), 1)
  t.is(withinVariance([[5], [9]]), null)
})

const repeat = (peakDeg: number): RepeatError => ({
  peakDeg,
  sharePoints: [0, 0, 0, 0, 2 * peakDeg],
  loadPercent: peakDeg / 2,
})
const bout = (first: number, second: number): BoutRepeats => ({
  whole: repeat((first + second) / 2),
  halves: [repeat(first), repeat(second)],
})

test("a wearer's own constant shift is no change: only the spread around it counts", (t) => {
  const constant = smallestChange([
    [bout(6, 6), bout(6, 6)],
    [bout(-4, -4), bout(-4, -4)],
  ])
  t.is(constant.samePace.peakDeg, 0)
  t.is(constant.otherPace.peakDeg, 0)
})

test("noise of SD 1 in each measurement is detectable from 1.96 · √2 on, of each quantity by its own", (t) => {
  const draws = new Draws(13)
  const wearers = Array.from({ length: 3000 }, () => {
    const shift = 6 * draws.bell()
    return Array.from({ length: 3 }, () => bout(shift + draws.bell(), shift + draws.bell()))
  })
  const { samePace, otherPace } = smallestChange(wearers)
  const expected = 1.96 * Math.SQRT2
  t.true(Math.abs((samePace.peakDeg ?? 0) / expected - 1) < 0.04, `${samePace.peakDeg}`)
  t.true(Math.abs((samePace.sharePoints[4] ?? 0) / (2 * expected) - 1) < 0.04)
  t.true(Math.abs((samePace.loadPercent ?? 0) / (expected / 2) - 1) < 0.04)
  t.is(samePace.sharePoints[0], 0)
  // A bout is the mean of two measurements.
  t.true(Math.abs((otherPace.peakDeg ?? 0) / (expected / Math.SQRT2) - 1) < 0.04, `${otherPace.peakDeg}`)
})

test("with one bout there is no other pace, without any there is nothing to say", (t) => {
  t.is(smallestChange([[bout(1, 2)]]).otherPace.peakDeg, null)
  t.is(smallestChange([]).samePace.loadPercent, null)
})

const truth = truthColumns()
const session = sessionTruth()
const stances = session.bouts.flatMap((one) => one.stances)
/** A device that counts each stride `peakDeg(i)` too deep. */
function repeats(deeperDeg: (stride: number) => number, thighScale = 1) {
  const trace = perfectTrace(0)
  const countedPeaks = stances.map(({ endS, peakDeg }, i) => ({
    toeOffS: endS,
    peakDeg: peakDeg + deeperDeg(i),
  }))
  const thighDeg = trace.thighDeg.map((angle) => thighScale * angle)
  const counting = { ...trace, thighDeg, countedPeaks }
  return repeatErrors(
    session.bouts.map((one) => matchStances(counting, one.stances, 0)),
    counting,
    truth,
  )
}

test("a device that is 5° deep is so in every half, and its shares are off where 5° matter", (t) => {
  const made = repeats(() => 5)
  t.is(made.length, 2)
  for (const { whole, halves } of made) {
    for (const error of [whole, ...halves]) {
      t.true(Math.abs(error.peakDeg - 5) < 1e-9)
      // The synthetic runner's stance peak is between 40 and 45°: with 5° more, 45° is passed by every stride.
      t.deepEqual(error.sharePoints, [0, 0, 0, 100, 0])
      t.true(Math.abs(error.loadPercent ?? 9) < 1)
    }
  }
})

test("a device that drifts within a bout differs between the halves", (t) => {
  const [first] = repeats((stride) => (stride < 20 ? 1 : 3))
  t.deepEqual(
    first?.halves.map(({ peakDeg }) => Math.round(peakDeg)),
    [1, 3],
  )
})

test("a thigh that leans further weighs more, and a bout of few strides is left out", (t) => {
  t.true((repeats(() => 0, 1.2)[0]?.whole.loadPercent ?? 0) > 10)
  const matched = matchStances({ ...perfectTrace(0), countedPeaks: [] }, stances, 0)
  t.deepEqual(repeatErrors([matched], perfectTrace(0), truth), [])
})

test("the reference load is the device's own, within its integers", (t) => {
  const load = new Load(FLEXION_MODEL)
  for (const [thighMaxDeg, contactMs, strideMs] of [
    [25.8, 273, 742],
    [31, 231, 700],
    [18, 330, 800],
    [2, 400, 600],
  ] as const) {
    load.weigh(0, 3000, contactMs, strideMs, thighMaxDeg * 100)
    const ours = relativeLoad(thighMaxDeg, contactMs / 1000, strideMs / 1000)
    t.true(Math.abs(load.milliLoad / 1000 - ours) < 0.004, `${load.milliLoad} for ${ours}`)
  }
})

test("the mean load takes the thigh in stance only, and no pause for a stride", (t) => {
  const timeS = Array.from({ length: 3000 }, (_, row) => row / 100)
  const inStance = (now: number) => (now >= 0.5 && now < 0.75) || (now >= 1.25 && now < 1.5)
  const thighDeg = timeS.map((now) => (inStance(now) ? 25 : 60))
  const two = [
    { startS: 0.5, endS: 0.75 },
    { startS: 1.25, endS: 1.5 },
  ]
  const expected = relativeLoad(25, 0.25, 0.75)
  t.true(Math.abs((meanLoad(two, timeS, thighDeg) ?? 0) - expected) < 1e-9)
  t.true(Math.abs((meanLoad([...two, { startS: 3, endS: 3.2 }], timeS, thighDeg) ?? 0) - expected) < 1e-9)
  t.is(meanLoad([], timeS, thighDeg), null)
})
