import test from "ava"
import fc from "fast-check"
import { FEATURES, FORWARD, PHASES, StrideShape, THIGH, UP } from "../../src/motion/stride-shape"
import { G_MS2, noise, PERIOD_US } from "./thigh-motion"

const PERIOD_FEATURE = 0
const DMM_S2_PER_COUNT = 4.88 * G_MS2
/** Parts that it takes to sample a stride: six sixteenths each, then eight of the ways each. */
const TAKES = Math.ceil(PHASES / 6) + PHASES / 8
/** 1/16 sample. */
const Q4 = 16

interface Motion {
  thigh: number[]
  forward: number[]
  up: number[]
}

/** Smooth curves of many frequencies; `seed` tells them apart. */
function motion(samples: number, seed: number): Motion {
  const random = noise(seed)
  const waves = Array.from({ length: 4 }, (_, i) => ({
    size: (3000 * random()) / (i + 1),
    push: 1500 * random(),
    lift: 1000 * random(),
    phase: 6 * random(),
    turn: (2 * Math.PI * (i + 1)) / 71.3,
  }))
  const sum = (n: number, of: "size" | "push" | "lift") =>
    waves.reduce((total, wave) => total + wave[of] * Math.sin(wave.turn * n + wave.phase), 0)
  return {
    thigh: Array.from({ length: samples }, (_, n) => Math.round(500 + sum(n, "size"))),
    forward: Array.from({ length: samples }, (_, n) => Math.round(120 + sum(n, "push"))),
    up: Array.from({ length: samples }, (_, n) => Math.round(2049 + sum(n, "lift"))),
  }
}

/** What the features mean, computed from the curves at once. @param first where the stride began, samples; `period` its length */
function directly({ thigh, forward, up }: Motion, first: number, period: number, periodUs: number): number[] {
  const at = (curve: readonly number[], place: number) => {
    const n = Math.floor(place)
    const here = curve[n] as number
    return here + ((curve[n + 1] as number) - here) * (place - n)
  }
  const periodS = periodUs / 1e6
  /** Way since the first trough against an even run, 1/10 mm: the mean push and the mean speed are taken off. */
  const wayOf = (pushes: readonly number[]) => {
    let sum = 0
    const speeds = pushes.map((push) => {
      sum += push
      return sum
    })
    const begun = at(speeds, first)
    const gain = at(speeds, first + period) - begun
    const speed = (n: number) => (speeds[n] as number) - begun - (gain * (n - first)) / period
    const way = (to: number) => {
      let summed = 0
      for (let from = first; from < to; from = Math.floor(from) + 1) {
        const until = Math.min(to, Math.floor(from) + 1)
        summed += speed(Math.ceil(until)) * (until - from)
      }
      return summed * DMM_S2_PER_COUNT * periodS * periodS
    }
    return (place: number) => way(first + place) - (way(first + period) * place) / period
  }
  const [forwardWay, upWay] = [wayOf(forward), wayOf(up)]
  const features = new Array(FEATURES).fill(0)
  for (let phase = 0; phase < PHASES; phase++) {
    const place = (phase * period) / PHASES
    features[THIGH + phase] = at(thigh, first + place)
    if (phase === 0) continue
    features[FORWARD + phase - 1] = forwardWay(place)
    features[UP + phase - 1] = upWay(place)
  }
  return features
}

/** 4 mm, or two in a hundred: ways are summed in units of 0.7 mm/s, and a sample is a long time. */
function isNear(value: number, right: number): boolean {
  return Math.abs(value - right) <= 40 + 0.02 * Math.abs(right)
}

/** Steps through the curves up to and with a sample, each push greater by `pushedBy`. */
function feed(
  shape: StrideShape,
  { thigh, forward, up }: Motion,
  from: number,
  until: number,
  pushedBy = 0,
): void {
  for (let n = from; n <= until; n++)
    shape.step(thigh[n] as number, (forward[n] as number) + pushedBy, up[n] as number)
}

/** All parts of the stride last begun. */
function sampleAll(shape: StrideShape): void {
  for (let part = 0; part < TAKES; part++) shape.sample()
}

/** Features of the stride that ended so long before the last sample, 1/16 sample, sampled while the next come. */
function sampled(curves: Motion, periodQ4: number, ageQ4: number, periodUs: number, until: number): number[] {
  const shape = new StrideShape(periodUs)
  feed(shape, curves, 0, until)
  shape.begin(periodQ4, ageQ4)
  for (let n = until + 1; n <= until + TAKES; n++) {
    feed(shape, curves, n, n)
    const done = shape.sample()
    if (done !== (n === until + TAKES)) throw new Error(`done ${done} after ${n - until} parts`)
  }
  return [...shape.features]
}

test("thigh and ways at every sixteenth of a stride are what they are, wherever it lies and however long it is", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 30 * Q4, max: 150 * Q4 }),
      fc.integer({ min: 0, max: 30 * Q4 }),
      fc.integer({ min: 200, max: 900 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.constantFrom(4800, PERIOD_US, 9715, 12000),
      (periodQ4, ageQ4, until, seed, periodUs) => {
        const curves = motion(until + TAKES + 2, seed)
        const seen = sampled(curves, periodQ4, ageQ4, periodUs, until)
        const wanted = directly(curves, until - (ageQ4 + periodQ4) / Q4, periodQ4 / Q4, periodUs)
        for (let phase = 0; phase < PHASES; phase++)
          t.true(
            Math.abs((seen[THIGH + phase] as number) - (wanted[THIGH + phase] as number)) <= 1,
            `thigh at ${phase}/16: ${seen[THIGH + phase]}, not ${wanted[THIGH + phase]}`,
          )
        for (let i = FORWARD; i < FEATURES; i++)
          t.true(isNear(seen[i] as number, wanted[i] as number), `way ${i}: ${seen[i]}, not ${wanted[i]}`)
      },
    ),
    { numRuns: 150 },
  )
})

test("the first feature is the stride time in ms", (t) => {
  const features = sampled(motion(400, 1), 73.5 * Q4, 5 * Q4, PERIOD_US, 300)
  t.is(features[PERIOD_FEATURE], Math.floor(73.5 * 9.6))
})

test("an even push makes no way, nor does gravity: over a stride the runner neither gains nor loses speed", (t) => {
  const even = {
    thigh: new Array(400).fill(0),
    forward: new Array(400).fill(777),
    up: new Array(400).fill(2049),
  }
  const features = sampled(even, 71 * Q4 + 5, 9 * Q4 + 2, PERIOD_US, 300)
  for (let i = FORWARD; i < FEATURES; i++)
    t.true(Math.abs(features[i] as number) <= 15, `${i}: ${features[i]}`)
})

test("ways are counted in the sensor's own time as it is known now", (t) => {
  const curves = motion(400, 3)
  const shape = new StrideShape(PERIOD_US)
  shape.setPeriod(10_080)
  feed(shape, curves, 0, 300)
  shape.begin(80 * Q4, 5 * Q4)
  sampleAll(shape)
  t.is(shape.features[PERIOD_FEATURE], Math.floor(80 * 10.08))
  const wanted = directly(curves, 300 - 5 - 80, 80, 10_080)
  for (const i of [FORWARD + 7, UP + 7])
    t.true(isNear(shape.features[i] as number, wanted[i] as number), `${shape.features[i]}, not ${wanted[i]}`)
})

test("days of pushing do not matter: the sum may wrap", (t) => {
  const curves = motion(400, 4)
  const shape = new StrideShape(PERIOD_US)
  // So much in one direction that int32 has wrapped between the stride's trough and its end.
  const pushes = 2 ** 31 / 32767
  for (let n = 0; n < pushes - 40; n++) shape.step(0, 32767, 0)
  feed(shape, curves, 0, 300, 8000)
  shape.begin(71 * Q4, 5 * Q4)
  sampleAll(shape)
  const wanted = directly(curves, 300 - 5 - 71, 71, PERIOD_US)
  for (let i = FORWARD; i < FEATURES; i++)
    t.true(isNear(shape.features[i] as number, wanted[i] as number), `${i}: ${shape.features[i]}`)
})

for (const periodUs of [4800, 9600, 19200])
  test(`the longest walking stride, 1.6 s with 0.4 s after its trough, is still there at ${1e6 / periodUs} Hz`, (t) => {
    const period = Math.round(1_600_000 / periodUs)
    const age = Math.round(400_000 / periodUs)
    const until = 3 * period + age
    const curves = motion(until + TAKES + 4, 8)
    const seen = sampled(curves, period * Q4, age * Q4, periodUs, until)
    const wanted = directly(curves, until - age - period, period, periodUs)
    for (let phase = 0; phase < PHASES; phase++)
      t.true(Math.abs((seen[THIGH + phase] as number) - (wanted[THIGH + phase] as number)) <= 1, `${phase}`)
  })

test("a stride that begins while another is sampled takes its place", (t) => {
  const curves = motion(400, 9)
  const shape = new StrideShape(PERIOD_US)
  feed(shape, curves, 0, 300)
  shape.begin(90 * Q4, 40 * Q4)
  for (let part = 0; part < TAKES - 1; part++) t.false(shape.sample())
  shape.begin(71 * Q4, 5 * Q4)
  t.is(Array.from({ length: TAKES }, () => shape.sample()).indexOf(true), TAKES - 1)
  t.deepEqual([...shape.features], sampled(curves, 71 * Q4, 5 * Q4, PERIOD_US, 300))
})

test("however hard and long it shakes, a way is 1 m at most, in whole 1/10 mm", (t) => {
  for (const periodUs of [4000, 20000]) {
    const shape = new StrideShape(periodUs)
    const shake = (n: number) => (n % 150 < 75 ? 32767 : -32768)
    for (let n = 0; n < 300; n++) shape.step(shake(n), shake(n), shake(n + 40))
    shape.begin(Math.round(1_600_000 / periodUs) * Q4, 5 * Q4)
    sampleAll(shape)
    t.true(shape.features.slice(FORWARD).every((way) => Number.isInteger(way) && Math.abs(way) <= 10_010))
  }
})
