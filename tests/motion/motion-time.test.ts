/** A recording fed in other batches, at another time and by another clock: strides stay, their times follow. */
import test from "ava"
import fc from "fast-check"
import type { Stride } from "../../src/motion/stride"
import { DELAY_MS, PERIOD_US, play, readSession, sampleAt, sessionMotion, type Told } from "./session"

/** Standing, bends and the first seconds of running. */
const short = (await readSession("S01")).samples.slice(0, sampleAt(45))
const plain = play(short)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const timeless = ({
  contactMs,
  toeOffMs,
  contactTimeMs,
  msPastThreshold,
  cdegMsPastThreshold,
  ...rest
}: Stride) => rest

test("batches of any size tell the same strides, times within their rounding", (t) => {
  t.true(plain.strides.length > 15)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      const other = play(short, { batchSize: (batch) => sizes[batch % sizes.length] as number })
      t.deepEqual(other.thighCdeg, plain.thighCdeg)
      t.deepEqual(other.kneeCdeg, plain.kneeCdeg)
      t.deepEqual(other.activity, plain.activity)
      t.is(other.strides.length, plain.strides.length)
      other.strides.forEach((stride, index) => {
        const { contactMs, toeOffMs } = plain.strides[index] as Stride
        t.true(Math.abs(stride.contactMs - contactMs) <= 2 && Math.abs(stride.toeOffMs - toeOffMs) <= 2)
        const same = timeless(stride)
        const wanted = timeless(plain.strides[index] as Stride)
        // Contact time in whole ms may round the other way, and load with it.
        t.deepEqual(
          { ...same, milliLoad: 0, milliLoadPeakWeighted: 0 },
          { ...wanted, milliLoad: 0, milliLoadPeakWeighted: 0 },
        )
      })
    }),
    { numRuns: 15 },
  )
})

test("a constant offset in time moves the times and nothing else, weeks after boot as in the first minute", (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 60_000 }), (fromMs) => {
      const other = play(short, { fromMs })
      const moved = plain.strides.map((stride) => ({
        ...stride,
        contactMs: stride.contactMs + fromMs,
        toeOffMs: stride.toeOffMs + fromMs,
      }))
      t.deepEqual(other.strides, moved)
      t.deepEqual(
        other.bends,
        plain.bends.map((bend) => ({ ...bend, timeMs: bend.timeMs + fromMs })),
      )
    }),
    { numRuns: 10 },
  )
})

test("after a day's samples strides are counted and timed as in the first minute", (t) => {
  const motion = sessionMotion()
  motion.samples = 24 * 3600 * 104
  t.deepEqual(play(short, { motion }).strides, plain.strides)
})

test("a clock that runs 1 % slow gives times and turns 1 % longer", (t) => {
  const slow = play(short, { periodUs: PERIOD_US * 1.01 })
  const last = slow.strides.at(-1)?.contactMs ?? 0
  const wanted = ((plain.strides.at(-1)?.contactMs ?? 0) + DELAY_MS) * 1.01 - DELAY_MS
  t.true(Math.abs(last - wanted) < 12, `${last}, not ${wanted}`)
  const range = (of: Told) => Math.max(...of.thighCdeg) - Math.min(...of.thighCdeg)
  const share = range(slow) / range(plain)
  t.true(share > 1.004 && share < 1.016, `${share}`)
  const period =
    mean(slow.strides.map(({ periodMs }) => periodMs)) / mean(plain.strides.map(({ periodMs }) => periodMs))
  t.true(Math.abs(period - 1.01) < 0.002, `${period}`)
})

test("event times are as much earlier as the sensor is late", (t) => {
  const motion = sessionMotion({ delayMs: 0 })
  play(short, { motion }).strides.forEach(({ contactMs }, index) => {
    const sooner = contactMs - (plain.strides[index]?.contactMs ?? 0)
    t.true(sooner === 6 || sooner === 7, `${sooner} ms`)
  })
})
