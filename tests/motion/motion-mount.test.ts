/** Where the pipeline's mount comes from: three bends, an earlier wear, or gait. */
import test from "ava"
import { Leg } from "../../src/motion/leg"
import { MountQuality } from "../../src/motion/mount-upkeep"
import { Activity } from "../../src/motion/stride"
import { PERIOD_MS, play, readSession, sampleAt, sessionMotion, type Told } from "./session"
import { angleDeg, type Vector } from "./thigh-motion"

const BATCH = 16
const session = await readSession("S01")
/** Standing, bends and the first seconds of running. */
const short = session.samples.slice(0, sampleAt(45))
const plain = play(short)

test("a mount from an earlier wear is taken at once, and the run is told the same", (t) => {
  const motion = sessionMotion()
  motion.restore({ ...plain.motion.mount }, MountQuality.bends, Leg.unknown)
  t.true(motion.calibrated)
  const restored = play(short.slice(sampleAt(26)), { motion, fromMs: 26_000 })
  t.deepEqual(restored.calibratedMs, [])
  t.is(restored.strides.length, plain.strides.length)
  restored.strides.slice(2).forEach((stride, index) => {
    t.true(Math.abs(stride.contactMs - (plain.strides[index + 2]?.contactMs ?? 0)) < 15)
    t.true(Math.abs(stride.peakFlexionCdeg - (plain.strides[index + 2]?.peakFlexionCdeg ?? 0)) < 200)
  })
})

test("with a mount from an earlier wear, three bends make a new one", (t) => {
  const motion = sessionMotion()
  // The strap was the other way round.
  const { upX, upY, upZ, forwardX, forwardY, forwardZ } = plain.motion.mount
  motion.restore(
    { upX, upY, upZ, forwardX: -forwardX, forwardY: -forwardY, forwardZ: -forwardZ },
    MountQuality.bends,
    Leg.left,
  )
  const restored = play(short, { motion })
  t.is(restored.calibratedMs.length, 1)
  const forwardOf = ({ motion: { mount } }: Told): Vector => [mount.forwardX, mount.forwardY, mount.forwardZ]
  t.true(angleDeg(forwardOf(restored), forwardOf(plain)) < 0.1)
  t.deepEqual(restored.strides, plain.strides)
  t.deepEqual(restored.bends, plain.bends, "each bend once, measured by the new mount")
})

test("bends are looked for again when gait has replaced the mount and ends at once", (t) => {
  const motion = sessionMotion()
  const { upX, upY, upZ, forwardX, forwardY, forwardZ } = plain.motion.mount
  motion.restore(
    { upX, upY, upZ, forwardX: -forwardX, forwardY: -forwardY, forwardZ: -forwardZ },
    MountQuality.bends,
    Leg.unknown,
  )
  const running = session.samples.slice(sampleAt(30))
  let replacedAt = 0
  for (let at = 0; replacedAt === 0; at += BATCH) {
    const { calibratedMs } = play(running.slice(at, at + BATCH), { motion, fromMs: at * PERIOD_MS })
    if (calibratedMs.length > 0) replacedAt = at
  }
  const then = play(short.slice(0, sampleAt(25)), { motion, fromMs: 60_000 })
  t.is(then.calibratedMs.length, 1)
  t.is(motion.mountQuality, MountQuality.bends)
})

test("recalibrate() forgets the mount, and three more bends make it again", (t) => {
  const again = play(short)
  again.motion.recalibrate()
  t.false(again.motion.calibrated)
  t.is(again.motion.thighCdeg, 0)
  t.is(again.motion.kneeCdeg, 0)
  t.is(again.motion.calibrationBends, 0)
  t.not(again.motion.activity, Activity.run)
  const second = play(short, { motion: again.motion, fromMs: 60_000 })
  t.is(second.calibratedMs.length, 1)
  t.is(second.strides.length, plain.strides.length)
})
