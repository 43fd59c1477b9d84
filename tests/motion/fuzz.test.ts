/** Anything that int16 holds, in any order, with anything lost: no number leaves int32, and what comes after is measured as ever. */
import test from "ava"
import fc from "fast-check"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import type { Motion } from "../../src/motion/motion"
import { createOrientation } from "../../src/motion/orientation"
import { createMount, Sagittal } from "../../src/motion/sagittal"
import { createShank, type Shank } from "../../src/motion/shank"
import { StandIn } from "../../src/motion/stand-in"
import { StrideShape } from "../../src/motion/stride-shape"
import { checkedPipeline, withChecks } from "./checked-motion"
import { DELAY_MS, PERIOD_US, play, readSession, sampleAt, sessionMotion } from "./session"
import { noise, type Sample } from "./thigh-motion"

/** Two such samples are 20 ms, the longest period. */
const PAIRED_MAX_US = 10_000
const session = await readSession("S01")
const checked = await checkedPipeline()
const MIN = -32768
const MAX = 32767
const INT31 = 2 ** 31 - 1
/** A shorter loss the last sample stands in for, as in the device. */
const SHANK_REPEATED = 4

/** Some samples of one kind, or a loss. */
interface Stretch {
  kind: "held" | "alternating" | "swinging" | "noise" | "recorded" | "gap" | "bridge"
  counts: Sample
  samples: number
  /** Of what alternates or swings, in samples. */
  period: number
  /** Where it is recorded, or what the noise begins with. */
  seed: number
}

const within = (value: number) => Math.max(MIN, Math.min(MAX, Math.trunc(value)))

function sampleOf({ kind, counts, period, seed }: Stretch, n: number, random: () => number): Sample {
  const phase = (2 * Math.PI * n) / period
  if (kind === "alternating")
    return (n % period < period >> 1 ? counts : counts.map((value) => -1 - value)) as Sample
  if (kind === "noise") return counts.map((value) => within(value * random())) as Sample
  // A rate with a second harmonic, as a leg's; the force at twice the stride.
  if (kind === "swinging")
    return counts.map((value, axis) =>
      within(
        value * (axis < 3 ? 0.6 * Math.sin(phase) + 0.4 * Math.sin(2 * phase + 1) : Math.sin(2 * phase)),
      ),
    ) as Sample
  if (kind === "recorded") return session.samples[(seed + n) % session.samples.length] as Sample
  return counts
}

const anyCount = fc.oneof(fc.constantFrom(MIN, MAX, MIN + 1, 0, -1), fc.integer({ min: MIN, max: MAX }))
const stretch: fc.Arbitrary<Stretch> = fc.record({
  kind: fc.constantFrom(
    ...(["held", "alternating", "swinging", "noise", "recorded", "recorded", "gap", "bridge"] as const),
  ),
  counts: fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount, anyCount),
  samples: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 3000 }), fc.constant(INT31)),
  period: fc.integer({ min: 2, max: 300 }),
  seed: fc.integer({ min: sampleAt(30), max: sampleAt(80) }),
})
/** Longer stretches are cut to this. */
const SAMPLES_MAX = 3000

/** Feeds it all; each sample of the shank is another than the thigh's. */
function feed(
  motion: Motion,
  shank: Shank,
  stretches: readonly Stretch[],
  fromMs: number,
  periodUs: number,
): void {
  let timeMs = fromMs
  for (const part of stretches) {
    if (part.kind === "gap") {
      motion.gap(part.samples)
      shank.gap(part.samples)
    } else if (part.kind === "bridge") {
      const lost = part.samples & 63
      if (motion.bridge(lost)) for (let n = 0; n < lost; n++) motion.repeat()
      if (lost > SHANK_REPEATED) shank.gap(lost)
      else for (let n = 0; n < lost; n++) shank.repeat()
    } else {
      const random = noise(part.seed)
      const count = Math.min(part.samples, SAMPLES_MAX)
      for (let n = 0; n < count; n++) {
        if (n % 16 === 0) {
          timeMs = Math.min(timeMs + 16 * (periodUs / 1000), INT31 - 1000)
          shank.beginBatch(timeMs, periodUs)
          motion.beginBatch(timeMs, periodUs)
        }
        const sample = sampleOf(part, n, random)
        shank.step(...(part.kind === "recorded" ? (session.shank[part.seed + n] ?? sample) : sample))
        motion.step(...sample)
        const isSound =
          Math.abs(motion.thighCdeg) <= 18000 &&
          motion.kneeCdeg >= 0 &&
          motion.kneeCdeg <= 15000 &&
          motion.stance >> 1 === 0
        if (!isSound)
          throw new Error(`thigh ${motion.thighCdeg}, knee ${motion.kneeCdeg}, stance ${motion.stance}`)
      }
    }
  }
}

test("the checks see a sum, a product and a shift that do not fit, and let be what may wrap", (t) => {
  const source = "const f = (a, b) => (a + b) | 0; let c = a * b; c += a; c <<= 2; d[c] = -a"
  t.is(
    withChecks(source).replace(/, "[^"]*"/g, ""),
    "const f = (a, b) => (a + b) | 0; let c = whole(a * b); c = whole(c + (a)); c = kept(c, 2); held(d[c] = whole(-a), d[c])",
  )
})

test("a recorded session stays in int32, whether bends or gait tell the mount", (t) => {
  for (const from of [0, sampleAt(25)]) {
    const sensor = checked.createShank(PERIOD_US)
    const motion = checked.createMotion({
      periodUs: PERIOD_US,
      model: FLEXION_MODEL,
      delayMs: DELAY_MS,
      thresholdCdeg: 3000,
      shank: sensor,
    })
    const shank = { sensor, samples: session.shank.slice(from) }
    t.true(play(session.samples.slice(from), { motion, shank }).strides.length >= 160)
  }
})

test("whatever two sensors say, at any rate and time, nothing leaves int32", (t) => {
  const wear = fc.record({
    stretches: fc.array(stretch, { minLength: 1, maxLength: 30 }),
    // After standing, bends and some strides, or from nothing.
    recordedS: fc.constantFrom(0, 20, 45),
    fromMs: fc.constantFrom(0, 86_400_000, INT31 - 100_000),
    nominalUs: fc.oneof(fc.constant(PERIOD_US), fc.integer({ min: 4000, max: 20_000 })),
    trackedUs: fc.option(fc.integer({ min: 4000, max: 20_000 })),
    thresholdCdeg: fc.integer({ min: 1000, max: 9000 }),
    isPaired: fc.boolean(),
  })
  fc.assert(
    fc.property(wear, ({ stretches, recordedS, fromMs, nominalUs, trackedUs, thresholdCdeg, isPaired }) => {
      const shank = checked.createShank(nominalUs)
      const motion = checked.createMotion({
        periodUs: nominalUs,
        isPaired: isPaired && nominalUs <= PAIRED_MAX_US && (trackedUs ?? 0) <= PAIRED_MAX_US,
        model: FLEXION_MODEL,
        delayMs: DELAY_MS,
        thresholdCdeg,
        shank,
      })
      play(session.samples.slice(0, sampleAt(recordedS)), {
        motion,
        fromMs,
        periodUs: nominalUs,
        shank: { sensor: shank, samples: session.shank },
      })
      feed(motion, shank, stretches, fromMs + 60_000, trackedUs ?? nominalUs)
    }),
    { numRuns: 60 },
  )
  t.pass()
})

/**
 * Noise may swing like a leg that is strapped otherwise, and the mount be turned along (one wear in some 1,500). Then three windows of running in
 * a row (swing-plane.ts) have to show no gait, until the swing's own plane takes its place: 15 s at most.
 */
const STRIDES_LATE = 20
const AGAIN_MS = 1_000_000
/** A stride that begins in noise may end where the session begins. */
const STRIDE_MS = 2000

test("who stands, bends and runs after it is measured as ever, calibrated before or not", (t) => {
  const again = session.samples.slice(0, sampleAt(session.truth.bouts[0]?.endS ?? 0))
  const wanted = play(again)
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(0, 25, 45),
      (stretches, recordedS) => {
        const sensor = createShank(PERIOD_US)
        const motion = sessionMotion({ shank: sensor })
        const shank = { sensor, samples: session.shank }
        play(session.samples.slice(0, sampleAt(recordedS)), { motion, shank })
        feed(motion, sensor, stretches, 60_000, PERIOD_US)
        const told = play(again, { motion, shank, fromMs: AGAIN_MS })
        // What was run in the noise may have waited until then.
        const strides = told.strides.filter(({ contactMs }) => contactMs > AGAIN_MS - STRIDE_MS)
        const off = strides.length - wanted.strides.length
        const { calibrated } = motion
        const sensors = told.strides.at(-1)?.sensors ?? 0
        if (!calibrated || Math.abs(off) > STRIDES_LATE || sensors !== 2)
          throw new Error(`${off} strides, calibrated: ${calibrated}, sensors: ${sensors}`)
      },
    ),
    { numRuns: 25 },
  )
  t.pass()
})

test("at the ends of what it is given, no room leaves int32", (t) => {
  // As far as orientation lets up go: 2 g on each axis.
  const most = 32_767
  t.false(checked.normalize(most, -most, most))
  t.false(checked.setMount(createMount(), most, most, most, 0, 0, 16_384))
  const mount = createMount()
  t.true(checked.setMount(mount, 0, 16_384, 0, 400_000, 400_000, -400_000))
  t.deepEqual([mount.forwardX, mount.forwardY, mount.forwardZ].map(Math.sign), [1, 0, -1])
  t.true(checked.setMount(mount, 9459, 9459, 9459, 13_377, -13_377, 0))
  for (const up of [
    [most, most, most],
    [most, -most, most],
    [-most, -most, -most],
  ] as const) {
    const orientation = checked.createOrientation(PERIOD_US)
    orientation.remount(mount)
    for (const ax of [MIN, MAX])
      for (const ay of [MIN, MAX])
        for (const az of [MIN, MAX]) {
          orientation.restart(up[0], up[1], up[2])
          orientation.step(0, 0, 0, ax, ay, az)
        }
  }
})

test("lost samples at rates that are far too fast leave int32 no sooner than one does", (t) => {
  for (const [x, y, z] of [
    [MIN, MIN, MIN],
    [MIN, MAX, 0],
    [0, MAX, MAX],
  ] as const) {
    const orientation = checked.createOrientation(20_000)
    orientation.restart(32_767, -32_767, 32_767)
    orientation.gap(12)
    for (let n = 0; n < 3; n++) orientation.step(x, y, z, MIN, MAX, MIN)
    orientation.gap(12)
    orientation.step(x, y, z, MIN, MAX, MIN)
  }
  t.pass()
})

test("a thigh that is stood in for stays within half a turn", (t) => {
  const period = 70
  const shape = new StrideShape(PERIOD_US)
  const sagittal = new Sagittal()
  for (let n = 0; n <= period; n++) shape.step(n === 0 ? -17_000 : 17_000, 0, 0)
  sagittal.thighCdeg = 17_000
  const standIn = new StandIn(createOrientation(PERIOD_US), sagittal, shape)
  standIn.begin(20, period)
  standIn.step()
  t.is(sagittal.thighCdeg, 18_000)
})
