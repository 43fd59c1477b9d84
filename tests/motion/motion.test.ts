import test from "ava"
import fc from "fast-check"
import type { MotionTap } from "../../src/board"
import { flatFootFlexionCdeg } from "../../src/motion/flexion"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { Leg } from "../../src/motion/leg"
import { createMotion, type Motion, MotionEvent } from "../../src/motion/motion"
import { MountQuality } from "../../src/motion/mount-upkeep"
import { Activity, type Stride } from "../../src/motion/stride"
import { createWearer } from "../../src/motion/wearer"
import { RUNNING, type RunningCurve, runningThighDeg } from "./running-curves"
import { bends, measure, PERIOD_S, PERIOD_US, type Sample, type ThighMotion, turned } from "./thigh-motion"

const { run, walk, other, still, sit } = Activity
const CALIBRATING = bends([45, 45, 45], 1.6, 0.8, 2)
const [CURVE] = RUNNING as [RunningCurve]

function motionOf(tap?: Partial<MotionTap>): Motion {
  return createMotion({
    periodUs: PERIOD_US,
    isPaired: false,
    model: FLEXION_MODEL,
    delayMs: 0,
    thresholdCdeg: 3000,
    tap: tap && { batch() {}, sample() {}, stride() {}, activity() {}, ...tap },
  })
}

/** Standing and three bends, then what is told, in a sensor that sits askew. */
function afterBends(then: ThighMotion): Sample[] {
  const from = CALIBRATING.seconds
  return measure({
    sensor: turned(70, 12, -8),
    ...then,
    seconds: from + then.seconds,
    thighDeg: (timeS) => (timeS < from ? CALIBRATING.thighDeg(timeS) : (then.thighDeg?.(timeS - from) ?? 0)),
    forwardG: (timeS) => (timeS < from ? 0 : (then.forwardG?.(timeS - from) ?? 0)),
  })
}
const FIRST = Math.round(CALIBRATING.seconds / PERIOD_S)

interface Row {
  activity: Activity
  stance: number
  kneeCdeg: number
  thighCdeg: number
  events: number
}
function feed(motion: Motion, samples: readonly Sample[]) {
  const strides: Stride[] = []
  const rows = samples.map((sample, n): Row => {
    if (n % 16 === 0) motion.beginBatch(n * PERIOD_S * 1000, PERIOD_US)
    const events = motion.step(...sample)
    if (events & MotionEvent.stride) strides.push({ ...motion.stride })
    const { activity, stance, kneeCdeg, thighCdeg } = motion
    return { activity, stance, kneeCdeg, thighCdeg, events }
  })
  return { strides, rows }
}

/** So many strides as in `curve`, then standing. */
function running(curve: RunningCurve, strides: number, thenS = 4, pushG = 1.2): Sample[] {
  const seconds = strides * curve.strideS
  return afterBends({
    seconds: seconds + thenS,
    thighDeg: (timeS) => (timeS < seconds ? runningThighDeg(curve, timeS) : 0),
    forwardG: (timeS) => (timeS < seconds ? pushG * Math.cos((2 * Math.PI * timeS) / curve.strideS) : 0),
  })
}
/** Walking: ±22° every 1.1 s. */
const walking = (strides: number, pushG = 0.3) =>
  afterBends({
    seconds: strides * 1.1 + 4,
    thighDeg: (timeS) => (timeS < strides * 1.1 ? 22 * Math.sin((2 * Math.PI * timeS) / 1.1) : 0),
    forwardG: (timeS) => (timeS < strides * 1.1 ? pushG * Math.cos((2 * Math.PI * timeS) / 1.1) : 0),
  })

for (const curve of RUNNING)
  test(`strides at ${curve.speedMs} m/s are counted from the second trough on, each with its time`, (t) => {
    const { strides } = feed(motionOf(), running(curve, 15))
    // The first trough begins a stride, and so do the leg put forward and the stop: those close none that run.
    t.true(strides.length === 14 || strides.length === 15, `${strides.length}`)
    for (const { gait, periodMs } of strides.slice(1, 13)) {
      t.is(gait, run)
      t.true(Math.abs(periodMs - curve.strideS * 1000) < 10, `${periodMs} ms`)
    }
    const [first, next] = strides.slice(4) as [Stride, Stride]
    t.true(Math.abs(next.contactMs - first.contactMs - curve.strideS * 1000) < 15)
  })

test("the same swings without a push forward are no running: in place, or held by hand", (t) => {
  t.deepEqual(feed(motionOf(), running(CURVE, 10, 4, 0.05)).strides, [])
})

test("walking is told from its second stride on: one such swing can be sitting down", (t) => {
  const { strides, rows } = feed(motionOf(), walking(10))
  t.true(strides.length >= 7 && strides.length <= 9, `${strides.length}`)
  t.true(strides.every(({ gait }) => gait === walk))
  t.true(rows.some(({ activity }) => activity === walk))
  t.deepEqual(feed(motionOf(), walking(1)).strides, [])
})

test("squats one after the other are bends, never strides", (t) => {
  const squats = afterBends({
    seconds: 25,
    thighDeg: (timeS) => 27 * (1 - Math.cos((2 * Math.PI * timeS) / 1.5)),
  })
  const { strides, rows } = feed(motionOf(), squats)
  t.deepEqual(strides, [])
  t.true(rows.filter(({ events }) => events & MotionEvent.bend).length >= 14)
})

test("a stride is handed on 15 samples after it closed, and closing takes 15° of the next swing", (t) => {
  const seen: number[] = []
  const motion = motionOf({
    stride: (_contact, _toeOff, troughQ4) => seen.push(motion.samples - troughQ4 / 16),
  })
  feed(motion, running(CURVE, 10))
  t.true(seen.length >= 8)
  for (const late of seen) t.true(late > 15 + 5 && late < 15 + 20, `${late} samples`)
})

test("gait is over when a stride takes half as long again: from its last toe-off on", (t) => {
  const changes: [sample: number, activity: number, seenAt: number][] = []
  let lastTrough = 0
  let lastToeOff = 0
  let period = 0
  const motion = motionOf({
    stride(_contact, toeOffSample, troughQ4, periodQ4) {
      period = periodQ4 / 16
      lastTrough = troughQ4 / 16
      lastToeOff = toeOffSample
    },
    activity: (fromSample, activity) => changes.push([fromSample, activity, motion.samples]),
  })
  feed(motion, running(CURVE, 10))
  const end = changes.findIndex(([, activity], i) => activity === other && changes[i - 1]?.[1] === run)
  const [fromSample, , seenAt] = changes[end] ?? [0, 0, 0]
  t.is(fromSample, lastToeOff)
  t.true(Math.abs(seenAt - lastTrough - 1.5 * period) < 2)
  t.is(motion.activity, still)
})

test("running is told from the first stride's contact on", (t) => {
  const changes: [sample: number, activity: number][] = []
  let first = 0
  const motion = motionOf({
    stride: (contactSample) => {
      first ||= contactSample
    },
    activity: (fromSample, activity) => changes.push([fromSample, activity]),
  })
  feed(motion, running(CURVE, 10))
  t.is(changes.find(([, activity]) => activity === run)?.[0], first)
})

test("live stance lasts from the expected contact to the expected toe-off, once a stride", (t) => {
  const expected: number[] = []
  const motion = motionOf({
    stride: (contactSample, toeOffSample) => expected.push(toeOffSample - contactSample),
  })
  const { rows } = feed(motion, running(CURVE, 15))
  const from = FIRST + Math.round((4 * CURVE.strideS) / PERIOD_S)
  const to = FIRST + Math.round((12 * CURVE.strideS) / PERIOD_S)
  const stance = rows.slice(from, to).map((row) => row.stance)
  const rises = stance.filter((value, i) => value === 1 && stance[i - 1] === 0).length
  t.true(rises >= 7 && rises <= 8, `${rises}`)
  const loaded = stance.filter((value) => value === 1).length / 8
  const wanted = expected.slice(4, 12).reduce((sum, value) => sum + value, 0) / 8
  t.true(Math.abs(loaded - wanted) < 0.6, `${loaded} samples, not ${wanted}`)
})

test("standing and bending the leg is loaded, sitting it is not; up again it is", (t) => {
  const { rows } = feed(
    motionOf(),
    afterBends({
      seconds: 20,
      thighDeg: (timeS) => 85 * Math.min(1, Math.max(0, Math.min(timeS - 2, 16 - timeS))),
    }),
  )
  const at = (seconds: number) => rows[FIRST + Math.round(seconds / PERIOD_S)] as Row
  t.like(at(1), { activity: still, stance: 1 })
  t.like(at(12), { activity: sit, stance: 0 })
  t.like(at(19), { activity: still, stance: 1 })
})

test("in gait the live knee is the gait model's, with the foot flat the bends'", (t) => {
  const { rows } = feed(motionOf(), running(CURVE, 15))
  const swing = rows.slice(FIRST + 400, FIRST + 800).map(({ kneeCdeg }) => kneeCdeg)
  // Swing flexion past 80° is nothing that a thigh of 35° has with the foot flat.
  t.true(Math.max(...swing) > 8000)
  const { thighCdeg, kneeCdeg } = rows.at(-1) as Row
  const flat = Math.max(0, (thighCdeg * FLEXION_MODEL.bendSlopeQ10) / 1024)
  t.true(Math.abs(kneeCdeg - flat) <= 10 + (FLEXION_MODEL.bendOffsetCdeg * Math.max(0, thighCdeg)) / 1000)
})

for (const axis of [0, 1, 2, 3, 4, 5])
  for (const [counts, isClipped] of [
    [32767, true],
    [32766, false],
    [-32766, false],
    [-32767, true],
    [-32768, true],
  ] as const)
    test(`an axis at ${counts} is ${isClipped ? "" : "not "}clipped: axis ${axis}`, (t) => {
      const sample: Sample = [0, 0, 0, 0, 0, 2049]
      sample[axis] = counts
      const motion = motionOf()
      motion.step(...sample)
      t.is(motion.clipped, isClipped ? 1 : 0)
      motion.step(32767, 32767, 32767, 32767, 32767, 32767)
      t.is(motion.clipped, isClipped ? 2 : 1, "once a sample")
    })

test("the tap is told each sample, batch and stride as they are", (t) => {
  const batches: [number, number, number][] = []
  let told = 0
  let toldStrides = 0
  const motion = createMotion({
    periodUs: PERIOD_US,
    isPaired: false,
    model: FLEXION_MODEL,
    delayMs: 6.82,
    thresholdCdeg: 3000,
    tap: {
      batch: (...batch) => batches.push(batch),
      sample(sample, kneeCdeg, thighCdeg, stance, activity) {
        told++
        t.is(sample, told)
        t.deepEqual(
          [kneeCdeg, thighCdeg, stance, activity],
          [motion.kneeCdeg, motion.thighCdeg, motion.stance, motion.activity],
        )
      },
      stride(contactSample, toeOffSample, troughQ4, periodQ4, peakCdeg, features) {
        toldStrides++
        t.true((troughQ4 - periodQ4) / 16 < contactSample && contactSample < toeOffSample)
        t.true(toeOffSample <= Math.ceil(troughQ4 / 16) && troughQ4 / 16 < motion.samples)
        // The nearest samples to the stride's own instants, which are in whole ms.
        const msAt = (sample: number) => (sample - 1) * PERIOD_S * 1000 - 6.82
        const [contactOff, toeOffOff] = [
          msAt(contactSample) - motion.stride.contactMs,
          msAt(toeOffSample) - motion.stride.toeOffMs,
        ]
        t.true(
          Math.abs(contactOff) < 4.8 + 2 && Math.abs(toeOffOff) < 4.8 + 2,
          `${contactOff}, ${toeOffOff} ms`,
        )
        t.is(peakCdeg, motion.stride.peakFlexionCdeg)
        t.is(features[0], motion.stride.periodMs)
      },
      activity() {},
    },
  })
  const { strides } = feed(motion, running(CURVE, 10))
  t.true(strides.length > 5)
  t.is(toldStrides, strides.length)
  t.is(told, motion.samples)
  t.deepEqual(batches[2], [33, 32 * PERIOD_S * 1000 - 6.82, PERIOD_US])
})

test("without a tap the same is told", (t) => {
  const samples = running(CURVE, 10)
  t.deepEqual(feed(motionOf(), samples), feed(motionOf({}), samples))
})

test("a gap ends the gait under way and begins no stride across it", (t) => {
  const motion = motionOf()
  const samples = running(CURVE, 20)
  const middle = FIRST + Math.round((10.2 * CURVE.strideS) / PERIOD_S)
  const before = feed(motion, samples.slice(0, middle))
  t.is(motion.activity, run)
  motion.gap(300)
  t.is(motion.activity, other)
  // 300 samples later.
  const after = feed(motion, samples.slice(middle + 300))
  t.true(before.strides.length >= 8 && after.strides.length >= 3)
  t.true(after.strides.every(({ periodMs }) => Math.abs(periodMs - CURVE.strideS * 1000) < 30))
})

test("a sample that was lost is stood in for by the last one", (t) => {
  const samples = running(CURVE, 12)
  const missing = FIRST + Math.round((6.4 * CURVE.strideS) / PERIOD_S)
  const repeated = motionOf()
  const before = feed(repeated, samples.slice(0, missing))
  repeated.repeat()
  const after = feed(repeated, samples.slice(missing + 1))
  const twice = motionOf()
  const wanted = feed(twice, samples.slice(0, missing))
  twice.step(...(samples[missing - 1] as Sample))
  t.is(repeated.samples, samples.length)
  t.deepEqual(before, wanted)
  t.deepEqual(after, feed(twice, samples.slice(missing + 1)))
  t.is(before.strides.length + after.strides.length, feed(motionOf(), samples).strides.length)
})

test("a bend under way at recalibration is none after it", (t) => {
  const motion = motionOf()
  const again = 6
  const samples = afterBends({
    seconds: again + CALIBRATING.seconds,
    thighDeg: (timeS) =>
      timeS < again ? 40 * Math.min(1, timeS, Math.max(0, 4 - timeS)) : CALIBRATING.thighDeg(timeS - again),
  })
  const held = FIRST + Math.round(2.5 / PERIOD_S)
  feed(motion, samples.slice(0, held))
  motion.recalibrate()
  const { rows } = feed(motion, samples.slice(held))
  t.deepEqual(
    rows.map((row) => row.events & ~MotionEvent.spare).filter((event) => event !== 0),
    [MotionEvent.calibrated],
  )
})

test("features are in the sensor's own time, as it is known at each batch", (t) => {
  const times: [featureMs: number | undefined, strideMs: number][] = []
  const motion = motionOf({
    stride: (_contact, _toeOff, _trough, _period, _peak, features) =>
      times.push([features[0], motion.stride.periodMs]),
  })
  running(CURVE, 10).forEach((sample, n) => {
    if (n % 16 === 0) motion.beginBatch(n * PERIOD_S * 1050, PERIOD_US * 1.05)
    motion.step(...sample)
  })
  t.true(times.length > 5)
  for (const [featureMs, strideMs] of times) {
    t.is(featureMs, strideMs)
    t.true(strideMs > 1.03 * CURVE.strideS * 1000, `${strideMs} ms`)
  }
})

test("a new mount ends what the old one had begun: the stride being read out, and gait", (t) => {
  const samples = running(CURVE, 12)
  // Every place in a stride, so that some are between its closing and its being told.
  for (let n = 0; n < CURVE.strideS / PERIOD_S; n += 3) {
    const motion = motionOf()
    const middle = FIRST + Math.round((6 * CURVE.strideS) / PERIOD_S) + n
    feed(motion, samples.slice(0, middle))
    t.is(motion.activity, run)
    motion.restore({ ...motion.mount }, MountQuality.bends, Leg.unknown)
    const { strides, rows } = feed(motion, samples.slice(middle, middle + 30))
    t.deepEqual(strides, [])
    const { thighCdeg, kneeCdeg } = rows[0] as Row
    t.is(kneeCdeg, flatFootFlexionCdeg(createWearer(FLEXION_MODEL), thighCdeg))
  }
})

test("what was turned in a gap is found in a few seconds", (t) => {
  const motion = motionOf()
  const samples = afterBends({ seconds: 40, thighDeg: (timeS) => (timeS < 10 ? 0 : 25) })
  const from = FIRST + Math.round(10 / PERIOD_S)
  feed(motion, samples.slice(0, from - 5))
  motion.gap(300)
  feed(motion, samples.slice(from + 5, from + 5 + Math.round(3 / PERIOD_S)))
  t.true(Math.abs(motion.thighCdeg - 2500) < 200, `${motion.thighCdeg}`)
})

/** What is wrong with what a pipeline tells; undefined when nothing is. */
function oddity(motion: Motion, events: number): string | undefined {
  const { thighCdeg, kneeCdeg, stance, stride } = motion
  if (!Number.isInteger(thighCdeg) || Math.abs(thighCdeg) > 18000) return `thigh ${thighCdeg}`
  if (!Number.isInteger(kneeCdeg) || kneeCdeg < 0 || kneeCdeg > 15000) return `knee ${kneeCdeg}`
  if (stance !== 0 && stance !== 1) return `stance ${stance}`
  if ((events & MotionEvent.stride) === 0) return undefined
  const isSound =
    Object.values(stride).every(Number.isInteger) &&
    (stride.gait === run || stride.gait === walk) &&
    stride.contactTimeMs >= 99 &&
    stride.contactTimeMs <= 701 &&
    stride.milliLoad > 0 &&
    stride.milliLoadPeakWeighted >= 0
  return isSound ? undefined : JSON.stringify(stride)
}

test("no int16 input throws, and all that is told stays whole, bounded and gait", (t) => {
  const anyCount = fc.oneof(fc.constantFrom(-32768, 32767, 0), fc.integer({ min: -32768, max: 32767 }))
  const stretch = fc.tuple(
    fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount, anyCount),
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom(0, 0, 0, 5, 16, 1000),
  )
  const standing = running(CURVE, 6)
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 40 }), (stretches) => {
      const motion = motionOf()
      feed(motion, standing)
      motion.thresholdCdeg = 1000
      for (const [sample, count, gap] of stretches) {
        if (gap > 0) motion.gap(gap)
        motion.beginBatch(motion.samples * 10, PERIOD_US)
        for (let n = 0; n < count; n++) {
          const odd = oddity(motion, motion.step(...sample))
          if (odd) throw new Error(odd)
        }
      }
    }),
    { numRuns: 60 },
  )
  t.pass()
})
