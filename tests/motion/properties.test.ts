/** What must not change what is told: another time, another mount, other batches, the second sensor's as well. */
import test from "ava"
import fc from "fast-check"
import { createShank } from "../../src/motion/shank"
import type { Stride } from "../../src/motion/stride"
import {
  countsOf,
  PERIOD_US,
  play,
  readSession,
  recordingOf,
  sampleAt,
  sessionMotion,
  type Told,
} from "./session"
import { type Matrix, product, type Sample, turned } from "./thigh-motion"

const [session, { sampledS, thigh, shank }] = await Promise.all([readSession("S01"), recordingOf("S01")])
if (!shank) throw new Error("S01 has no second sensor")
const whole = play(session.samples)
const BOUTS = session.truth.bouts.map(({ startS, endS }) => [sampleAt(startS), sampleAt(endS)] as const)
const INT31 = 2 ** 31 - 1

/** The sensor's y lies along the thigh; turned() takes z to. */
const LYING: Matrix = [[1, 0, 0], [0, 0, 1], [0, -1, 0]] // biome-ignore format: a matrix
const STANDING: Matrix = [[1, 0, 0], [0, 0, -1], [0, 1, 0]] // biome-ignore format: a matrix
const mounted = (aboutDeg: number, sidewaysDeg = 0, foreAndAftDeg = 0): Matrix =>
  product(product(LYING, turned(aboutDeg, sidewaysDeg, foreAndAftDeg)), STANDING)

function playTwo(
  thighSamples: readonly Sample[],
  shankSamples: readonly Sample[],
  changes: Parameters<typeof play>[1] = {},
): Told {
  const sensor = createShank(PERIOD_US)
  const motion = sessionMotion({ shank: sensor })
  return play(thighSamples, { motion, shank: { sensor, samples: shankSamples }, ...changes })
}
const two = playTwo(session.samples, session.shank)

/** By how much two of the same samples' angles differ in running, 1/100°. */
function offIn(one: Int32Array, other: Int32Array): { rms: number; most: number } {
  const offs = BOUTS.flatMap(([from, to]) =>
    Array.from(one.subarray(from, to), (angle, n) => Math.abs(angle - (other[from + n] as number))),
  )
  return {
    rms: Math.sqrt(offs.reduce((sum, off) => sum + off * off, 0) / offs.length),
    most: Math.max(...offs),
  }
}

const peaksOff = (one: Told, other: Told) =>
  one.strides.map(({ peakFlexionCdeg }, n) =>
    Math.abs(peakFlexionCdeg - (other.strides[n] as Stride).peakFlexionCdeg),
  )

test("the same samples tell the same, to the last bit, with one sensor and with two", (t) => {
  const { motion: _, ...first } = whole
  const { motion: __, ...again } = play(session.samples)
  t.deepEqual(again, first)
  const { motion: ___, ...firstTwo } = two
  const { motion: ____, ...againTwo } = playTwo(session.samples, session.shank)
  t.deepEqual(againTwo, firstTwo)
  t.true(two.strides.filter(({ sensors }) => sensors === 2).length > 150)
})

/**
 * Turned before the chip filters, rounds and clips: the recording's own columns are rounded already, and that noise turns along.
 * A foot leaves the ground between two samples, and noise can tell which of them was the trough: the stride is then a sample shorter
 * or longer, and read at other places.
 */
const isTurnedAlike = test.macro<[number, number?, number?]>({
  title: (_, about, sideways = 0, foreAndAft = 0) =>
    `turned by ${about}° about the thigh, ${sideways}° sideways and ${foreAndAft}° fore and aft, the angles and strides are the same`,
  exec(t, about, sideways = 0, foreAndAft = 0) {
    const other = play(countsOf(sampledS, thigh, mounted(about, sideways, foreAndAft)))
    t.true(offIn(whole.thighCdeg, other.thighCdeg).most <= 30)
    const { rms } = offIn(whole.kneeCdeg, other.kneeCdeg)
    t.true(rms <= 50, `knee ${rms / 100}° RMS`)
    t.is(other.strides.length, whole.strides.length)
    const isReadAlike = whole.strides.map(
      ({ periodMs }, n) => Math.abs(periodMs - (other.strides[n] as Stride).periodMs) <= 1,
    )
    const off = peaksOff(whole, other)
    t.true(Math.max(...off.filter((_, n) => isReadAlike[n])) <= 50)
    t.true(Math.max(...off) <= 150, `a peak ${Math.max(...off) / 100}°`)
    t.true(isReadAlike.filter((isAlike) => !isAlike).length <= whole.strides.length * 0.05)
  },
})
for (const about of [45, 90, 135, 180, 225, 270, 315]) test(isTurnedAlike, about)
test(isTurnedAlike, 40, 15, -10)
test(isTurnedAlike, 200, -15, 10)
test(isTurnedAlike, 300, 20, 20)

for (const [thighDeg, shankDeg] of [
  [0, 120],
  [90, 200],
  [250, 45],
] as const)
  test(`with the sensors turned by ${thighDeg}° and ${shankDeg}°, the measured knee is the same within 0.5°`, (t) => {
    const other = playTwo(
      countsOf(sampledS, thigh, mounted(thighDeg, 10, -10)),
      countsOf(sampledS, shank, mounted(shankDeg, -10, 10)),
    )
    t.true(offIn(two.kneeCdeg, other.kneeCdeg).most <= 50)
    t.is(other.strides.length, two.strides.length)
    t.true(Math.max(...peaksOff(two, other)) <= 50)
  })

test("at any time since boot that int31 holds, with two sensors, only the times are others", (t) => {
  const lastMs = session.samples.length * 10
  fc.assert(
    fc.property(fc.integer({ min: 0, max: INT31 - lastMs }), (fromMs) => {
      const other = playTwo(session.samples, session.shank, { fromMs })
      t.deepEqual(other.kneeCdeg, two.kneeCdeg)
      t.deepEqual(other.thighCdeg, two.thighCdeg)
      t.deepEqual(
        other.strides,
        two.strides.map((stride) => ({
          ...stride,
          contactMs: stride.contactMs + fromMs,
          toeOffMs: stride.toeOffMs + fromMs,
        })),
      )
    }),
    { numRuns: 4, examples: [[INT31 - lastMs]] },
  )
})

/** The second sensor's up is taken for the mount as of its newest sample, a batch ahead of the thigh's: long ones in a row show. */
test("batches of any size up to 32 samples tell the same strides of two sensors, the knee within 0.5°", (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 32 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      const other = playTwo(session.samples, session.shank, {
        batchSize: (batch) => sizes[batch % sizes.length] as number,
      })
      t.deepEqual(other.thighCdeg, two.thighCdeg)
      t.is(other.strides.length, two.strides.length)
      t.true(offIn(two.kneeCdeg, other.kneeCdeg).most <= 50)
    }),
    { numRuns: 6, examples: [[[1]], [[32]]] },
  )
})
