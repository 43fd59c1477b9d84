import test from "ava"
import fc from "fast-check"
import {
  createStrideShape,
  FEATURES,
  PHASES,
  type StrideShape,
  THIGH,
  VELOCITY,
} from "../../src/motion/stride-shape"
import { G_MS2, noise, PERIOD_US } from "./thigh-motion"

const PERIOD_FEATURE = 0
const LAST_TROUGH_FEATURE = 1
const MM_S2_PER_COUNT = 0.488 * G_MS2

interface Motion {
  thigh: number[]
  forward: number[]
}

/** Smooth curves of many frequencies; `seed` tells them apart. */
function motion(samples: number, seed: number): Motion {
  const random = noise(seed)
  const waves = Array.from({ length: 4 }, (_, i) => ({
    size: (3000 * random()) / (i + 1),
    push: 1500 * random(),
    phase: 6 * random(),
    turn: (2 * Math.PI * (i + 1)) / 71.3,
  }))
  const sum = (n: number, of: "size" | "push") =>
    waves.reduce((total, wave) => total + wave[of] * Math.sin(wave.turn * n + wave.phase), 0)
  return {
    thigh: Array.from({ length: samples }, (_, n) => Math.round(500 + sum(n, "size"))),
    forward: Array.from({ length: samples }, (_, n) => Math.round(120 + sum(n, "push"))),
  }
}

/** What the features mean, computed from the curves at once. */
function directly({ thigh, forward }: Motion, first: number, period: number, periodUs: number): number[] {
  const at = (curve: readonly number[], place: number) => {
    const n = Math.floor(place)
    const here = curve[n] as number
    return here + ((curve[n + 1] as number) - here) * (place - n)
  }
  // Speed at a sample holds all pushes up to and with it.
  let sum = 0
  const speed = forward.map((push) => {
    sum += push
    return (sum * MM_S2_PER_COUNT * periodUs) / 1e6
  })
  const features = new Array(FEATURES).fill(0)
  for (let phase = 0; phase < PHASES; phase++) {
    const place = first + (phase * period) / PHASES
    features[THIGH + phase] = at(thigh, place)
    const gain = (speed[first + period] as number) - (speed[first] as number)
    if (phase > 0)
      features[VELOCITY + phase - 1] = at(speed, place) - (speed[first] as number) - (gain * phase) / PHASES
  }
  return features
}

/** Steps through the curves up to and with a sample, each push greater by `pushedBy`. */
function feed(
  shape: StrideShape,
  { thigh, forward }: Motion,
  from: number,
  until: number,
  pushedBy = 0,
): void {
  for (let n = from; n <= until; n++) shape.step(thigh[n] as number, (forward[n] as number) + pushedBy)
}

/** Features of the stride that ended `age` samples before the last one, sampled over the next. */
function sampled(curves: Motion, period: number, age: number, periodUs: number, until: number): number[] {
  const shape = createStrideShape(periodUs)
  feed(shape, curves, 0, until)
  shape.begin(period, age, -1234)
  for (let n = until + 1; n <= until + PHASES; n++) {
    const done = shape.step(curves.thigh[n] as number, curves.forward[n] as number)
    if (done !== (n === until + PHASES)) throw new Error(`done ${done} after ${n - until} samples`)
  }
  return [...shape.features]
}

test("thigh and speed at every sixteenth of a stride are what they are, wherever it lies and however long it is", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 150 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 200, max: 900 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.constantFrom(4800, PERIOD_US, 9715, 12000),
      (period, age, until, seed, periodUs) => {
        const curves = motion(until + PHASES + 2, seed)
        const seen = sampled(curves, period, age, periodUs, until)
        const wanted = directly(curves, until - age - period, period, periodUs)
        for (let phase = 0; phase < PHASES; phase++)
          t.true(
            Math.abs((seen[THIGH + phase] as number) - (wanted[THIGH + phase] as number)) <= 1,
            `thigh at ${phase}/16: ${seen[THIGH + phase]}, not ${wanted[THIGH + phase]}`,
          )
        for (let phase = 1; phase < PHASES; phase++) {
          const value = seen[VELOCITY + phase - 1] as number
          const right = wanted[VELOCITY + phase - 1] as number
          // A unit of 1/4 count × sample is 0.18 mm/s; the scale has 12 bits.
          t.true(
            Math.abs(value - right) <= 1.5 + 0.003 * Math.abs(right),
            `speed at ${phase}/16: ${value}, not ${right}`,
          )
        }
      },
    ),
    { numRuns: 150 },
  )
})

test("the first two features are the stride time in ms and the last trough", (t) => {
  const features = sampled(motion(400, 1), 73, 5, PERIOD_US, 300)
  t.is(features[PERIOD_FEATURE], Math.floor(73 * 9.6))
  t.is(features[LAST_TROUGH_FEATURE], -1234)
})

test("an even push makes no speed: over a stride the runner neither gains nor loses any", (t) => {
  const even = { thigh: new Array(400).fill(0), forward: new Array(400).fill(777) }
  const features = sampled(even, 71, 9, PERIOD_US, 300)
  for (let phase = 1; phase < PHASES; phase++)
    t.true(
      Math.abs(features[VELOCITY + phase - 1] as number) <= 1,
      `${phase}: ${features[VELOCITY + phase - 1]}`,
    )
})

test("speed is counted in the sensor's own time as it is known now", (t) => {
  const curves = motion(400, 3)
  const shape = createStrideShape(PERIOD_US)
  shape.setPeriod(10_080)
  feed(shape, curves, 0, 300)
  shape.begin(80, 5, 0)
  feed(shape, curves, 301, 316)
  t.is(shape.features[PERIOD_FEATURE], Math.floor(80 * 10.08))
  const wanted = directly(curves, 300 - 5 - 80, 80, 10_080)
  t.true(Math.abs((shape.features[VELOCITY + 7] as number) - (wanted[VELOCITY + 7] as number)) <= 3)
})

test("days of pushing do not matter: the sum may wrap", (t) => {
  const curves = motion(400, 4)
  const shape = createStrideShape(PERIOD_US)
  // So much in one direction that int32 has wrapped between the stride's trough and its end.
  const pushes = 2 ** 31 / 32767
  for (let n = 0; n < pushes - 40; n++) shape.step(0, 32767)
  feed(shape, curves, 0, 300, 8000)
  shape.begin(71, 5, 0)
  feed(shape, curves, 301, 316)
  const wanted = directly(curves, 300 - 5 - 71, 71, PERIOD_US)
  for (let phase = 1; phase < PHASES; phase++) {
    const value = shape.features[VELOCITY + phase - 1] as number
    const right = wanted[VELOCITY + phase - 1] as number
    t.true(Math.abs(value - right) <= 2 + 0.003 * Math.abs(right), `${phase}: ${value}, not ${right}`)
  }
})

for (const periodUs of [4800, 9600, 19200])
  test(`the longest walking stride, 1.6 s with 0.4 s after its trough, is still there at ${1e6 / periodUs} Hz`, (t) => {
    const period = Math.round(1_600_000 / periodUs)
    const age = Math.round(400_000 / periodUs)
    const until = 3 * period + age
    const curves = motion(until + 20, 8)
    const seen = sampled(curves, period, age, periodUs, until)
    const wanted = directly(curves, until - age - period, period, periodUs)
    for (let phase = 0; phase < PHASES; phase++)
      t.true(Math.abs((seen[THIGH + phase] as number) - (wanted[THIGH + phase] as number)) <= 1, `${phase}`)
  })

test("while no stride is begun nothing is sampled", (t) => {
  const shape = createStrideShape(PERIOD_US)
  for (let n = 0; n < 100; n++) t.false(shape.step(1000, 1000))
  t.true(shape.features.every((feature) => feature === 0))
})

test("what is cancelled is not sampled, and the next one is", (t) => {
  const shape = createStrideShape(PERIOD_US)
  for (let n = 0; n < 200; n++) shape.step(n, 0)
  shape.begin(71, 5, 0)
  for (let n = 0; n < 5; n++) shape.step(0, 0)
  shape.cancel()
  for (let n = 0; n < 40; n++) t.false(shape.step(0, 0))
  shape.begin(71, 5, 0)
  t.is(Array.from({ length: 20 }, () => shape.step(0, 0)).indexOf(true), PHASES - 1)
})
