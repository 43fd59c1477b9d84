/** The pipeline with two raw samples to a motion sample, as the device runs it at 104 Hz, beside one with each of them. */
import test from "ava"
import { MotionEvent } from "../../src/motion/motion"
import type { Stride } from "../../src/motion/stride"
import {
  columnAt,
  DELAY_MS,
  PERIOD_MS,
  PERIOD_US,
  play,
  readSession,
  sampleAt,
  sessionMotion,
} from "./session"

const session = await readSession("S01")
const both = (changes: { batchSize?: (batch: number) => number; from?: number } = {}) => {
  const samples = session.samples.slice(changes.from ?? 0)
  const options = changes.batchSize ? { batchSize: changes.batchSize } : {}
  return [
    play(samples, { ...options, motion: sessionMotion() }),
    play(samples, { ...options, motion: sessionMotion({ isPaired: false }) }),
  ] as const
}
const [paired, single] = both()

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const sameStrides = (
  some: readonly Stride[],
  others: readonly Stride[],
  off: (a: Stride, b: Stride) => number,
) => some.map((stride, n) => Math.abs(off(stride, others[n] as Stride)))

test("strides are the same, their events within a motion sample of where they were, and as long", (t) => {
  t.is(paired.strides.length, single.strides.length)
  const contactOff = sameStrides(paired.strides, single.strides, (a, b) => a.contactMs - b.contactMs)
  t.true(
    Math.max(...contactOff) < 3 * 2 * PERIOD_MS && mean(contactOff) < 2 * PERIOD_MS,
    `${mean(contactOff)} ms`,
  )
  t.true(
    Math.abs(mean(paired.strides.map((s) => s.periodMs)) - mean(single.strides.map((s) => s.periodMs))) < 2,
  )
})

test("bends are the same, and calibrate at the same time", (t) => {
  t.is(paired.bends.length, single.bends.length)
  paired.bends.forEach(({ timeMs, peakCdeg }, n) => {
    t.true(Math.abs(timeMs - (single.bends[n]?.timeMs ?? 0)) <= 100)
    t.true(Math.abs(peakCdeg - (single.bends[n]?.peakCdeg ?? 0)) <= 30)
  })
  t.true(Math.abs((paired.calibratedMs[0] ?? 0) - (single.calibratedMs[0] ?? 0)) <= 4 * PERIOD_MS)
})

test("batches with an odd number of samples change nothing", (t) => {
  const [odd] = both({ batchSize: (batch) => 1 + ((batch * 7) % 30) })
  t.deepEqual(
    odd.strides.map(({ peakFlexionCdeg }) => peakFlexionCdeg),
    paired.strides.map(({ peakFlexionCdeg }) => peakFlexionCdeg),
  )
  t.true(Math.max(...sameStrides(odd.strides, paired.strides, (a, b) => a.contactMs - b.contactMs)) <= 1)
})

test("when gait tells the mount, what was run before it knew is counted too", (t) => {
  const [late, lateSingle] = both({ from: sampleAt(25) })
  t.true(late.strides.length >= lateSingle.strides.length - 1, `${late.strides.length}`)
})

test("thigh inclination is right to 1° in running, at the middle between the two samples", (t) => {
  const { truth, columns, timeS, samples } = session
  const motion = sessionMotion({ isPaired: true })
  const squares: number[] = []
  samples.forEach((sample, n) => {
    motion.beginBatch(n * PERIOD_MS, PERIOD_US)
    motion.step(...sample)
    const atS = ((n - 0.5) * PERIOD_MS - DELAY_MS) / 1000
    if (n % 2 === 1 && truth.bouts.some(({ startS, endS }) => atS > startS && atS < endS))
      squares.push((motion.thighCdeg / 100 - columnAt(timeS, columns.thighDeg, atS)) ** 2)
  })
  t.true(Math.sqrt(mean(squares)) < 1, `${Math.sqrt(mean(squares))}°`)
})

test("every raw sample is counted, also one that waits or is given up before a gap", (t) => {
  const motion = sessionMotion({ isPaired: true })
  for (const sample of session.samples.slice(0, 101)) motion.step(...sample)
  t.is(motion.samples, 101)
  motion.gap(50)
  motion.step(...(session.samples[151] as (typeof session.samples)[number]))
  t.is(motion.samples, 102)
})

test("a batch lost in gait, and one more sample or less, is stood in for", (t) => {
  const motion = sessionMotion({ isPaired: true })
  let strides = 0
  const lost = [16, 15, 17, 1, 2, 3]
  for (let n = 0; n < session.samples.length; n++) {
    const isRunning = n > sampleAt(40) && n < sampleAt(80)
    const count = isRunning && n % 211 === 0 ? (lost.shift() ?? 0) : 0
    if (count > 0) {
      t.true(motion.bridge(count))
      for (let repeated = 0; repeated < count; repeated++) if (motion.repeat() & MotionEvent.stride) strides++
      n += count
    }
    motion.beginBatch(n * PERIOD_MS, PERIOD_US)
    if (motion.step(...(session.samples[n] as (typeof session.samples)[number])) & MotionEvent.stride)
      strides++
  }
  t.is(lost.length, 0)
  t.is(strides, paired.strides.length)
})
