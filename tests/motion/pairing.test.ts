import test from "ava"
import fc from "fast-check"
import { createPairing } from "../../src/motion/pairing"
import type { Sample } from "./thigh-motion"

/** What is told between two motion samples: so many times the unit. */
const BETWEEN = 256

type Told = { turn: number[]; force: number[] }

function pairingOf(isPaired: boolean) {
  const told: Told[] = []
  const clippedAt: number[] = []
  let betweens = 0
  const pairing = createPairing(
    isPaired,
    {
      stepMotion: (turnX, turnY, turnZ, ax, ay, az) =>
        told.push({ turn: [turnX, turnY, turnZ], force: [ax, ay, az] }),
      afterMotion: () => 0,
      stepBetween: () => BETWEEN * ++betweens,
    },
    () => clippedAt.push(told.length),
  )
  return { pairing, told, clippedAt }
}

const at = (n: number): Sample => [n, 2 * n, -n, 3 * n, -2 * n, 5]
const anyCount = fc.integer({ min: -32768, max: 32767 })
const anySamples = fc.array(fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount, anyCount), {
  minLength: 2,
  maxLength: 40,
})

test("two raw samples make one of their mean force, turned by the rates between its middle and the last one's", (t) => {
  const { pairing, told } = pairingOf(true)
  t.is(pairing.take(...at(10)), BETWEEN)
  t.is(pairing.take(...at(20)), 1)
  t.is(pairing.take(...at(40)), 2 * BETWEEN)
  t.is(pairing.take(...at(60)), 2)
  t.deepEqual(told[1], { turn: [20 + 40, 40 + 80, -20 - 40], force: [150, -100, 5] })
})

test("unpaired, each raw sample is a motion sample, turned by its rate and the last one's", (t) => {
  const { pairing, told } = pairingOf(false)
  t.is(pairing.take(...at(10)), 1 | BETWEEN)
  t.is(pairing.take(...at(30)), 2 | (2 * BETWEEN))
  t.deepEqual(told[0]?.turn, [20, 40, -20])
  t.deepEqual(told[1], { turn: [40, 80, -40], force: [90, -60, 5] })
})

for (const isPaired of [true, false])
  test(`no turn is lost: from middle to middle they add up to all rates in between, ${isPaired ? "" : "un"}paired`, (t) => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        const { pairing, told } = pairingOf(isPaired)
        for (const sample of samples) pairing.take(...sample)
        const whole = isPaired ? samples.slice(0, samples.length & ~1) : samples
        const rates = whole.map(([gx]) => gx)
        const [first = 0, last = 0] = [rates[0], rates.at(-1)]
        const turned = told.slice(1).reduce((sum, { turn }) => sum + (turn[0] as number), 0)
        const sum = rates.reduce((total, rate) => total + rate, 0)
        return turned === (isPaired ? sum - first - last : 2 * sum - first - last)
      }),
    )
    t.pass()
  })

test("the first of a pair waits for the second, and counts meanwhile", (t) => {
  const { pairing } = pairingOf(true)
  pairing.take(...at(1))
  t.true(pairing.isWaiting)
  pairing.take(...at(2))
  t.false(pairing.isWaiting)
  t.is(pairing.dropped, 0)
})

test("before a gap, what waits is given up: a sample without a motion sample, whose rate is still the last one known", (t) => {
  const { pairing, told } = pairingOf(true)
  for (const n of [10, 20, 30]) pairing.take(...at(n))
  pairing.drop()
  t.false(pairing.isWaiting)
  t.is(pairing.dropped, 1)
  for (const n of [50, 70]) pairing.take(...at(n))
  t.deepEqual(told[1]?.turn, [30 + 50, 60 + 100, -30 - 50])
  t.deepEqual(told[1]?.force, [180, -120, 5])
})

test("after a break the rate before it says nothing of what was turned since", (t) => {
  const { pairing, told } = pairingOf(true)
  for (const n of [10, 20]) pairing.take(...at(n))
  pairing.interrupt()
  for (const n of [50, 70]) pairing.take(...at(n))
  t.deepEqual(told[1]?.turn, [100, 200, -100])
})

test("a lost sample is the last pair's mean force once more", (t) => {
  const { pairing, told } = pairingOf(true)
  for (const n of [10, 20]) pairing.take(...at(n))
  pairing.repeat()
  t.is(pairing.repeat(), 2)
  t.deepEqual(told[1]?.force, [45, -30, 5])
})

for (const isPaired of [true, false])
  test(`each raw sample with an axis at the end of its range is counted once, whichever of a pair it is, and a rate is told, ${isPaired ? "" : "un"}paired`, (t) => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(-32768, -32767, 32767, 0, 5, 12_000), { minLength: 6, maxLength: 6 }),
        fc.array(fc.integer({ min: -12_000, max: 12_000 }), { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        (wild, tame, isFirst) => {
          const { pairing, clippedAt } = pairingOf(isPaired)
          for (const axes of isFirst ? [wild, tame] : [tame, wild])
            pairing.take(...(axes as unknown as Sample))
          const isClipped = (value: number) => Math.abs(value) >= 32767
          return (
            pairing.clipped === (wild.some(isClipped) ? 1 : 0) &&
            clippedAt.length === (wild.slice(0, 3).some(isClipped) ? 1 : 0)
          )
        },
      ),
    )
    t.pass()
  })

test("a rate that is clipped is told before the motion sample that has it", (t) => {
  const { pairing, clippedAt } = pairingOf(true)
  for (const gx of [0, 0, 0, 32_767, 0, 0]) pairing.take(gx, 0, 0, 0, 0, 0)
  t.deepEqual(clippedAt, [1])
})
