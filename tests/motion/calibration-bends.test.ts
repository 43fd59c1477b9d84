/** The third bend, held at an angle that the runner knows: bends are then measured by this wearer's own slope. */
import test from "ava"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createMotion, MotionEvent } from "../../src/motion/motion"
import { bendDeg, measure, noise, PERIOD_S, PERIOD_US, turned } from "./thigh-motion"

const HELD_S = 3
/** Two bends to 30° of thigh, then one to 32° that is held; one more to 40° after it. */
function thighDeg(timeS: number, held: boolean): number {
  const third = 9
  const down = third + 0.8
  const up = down + (held ? HELD_S : 0)
  if (timeS < third) return bendDeg(timeS, 4, 5.6, 30) + bendDeg(timeS, 6.4, 8, 30)
  if (timeS < down) return bendDeg(timeS, third, third + 1.6, 32)
  if (timeS < up) return 32
  if (timeS < up + 0.8) return bendDeg(timeS - (up - down), third, third + 1.6, 32)
  return bendDeg(timeS, up + 3, up + 4.6, 40)
}

function wear(held: boolean, kneeDeg: number) {
  const motion = createMotion({ periodUs: PERIOD_US, model: FLEXION_MODEL, delayMs: 0, thresholdCdeg: 3000 })
  const random = noise(7)
  let isLearnt = false
  const peaksDeg: number[] = []
  const samples = measure({
    seconds: 22,
    sensor: turned(40, 10, -6),
    thighDeg: (timeS) => thighDeg(timeS, held),
    forwardG: () => 0.004 * random(),
  })
  samples.forEach((sample, n) => {
    if (n % 16 === 0) motion.beginBatch(n * PERIOD_S * 1000, PERIOD_US)
    const events = motion.step(...sample)
    if (events & MotionEvent.calibrated) isLearnt = motion.learnHeldBend(kneeDeg * 100)
    if (events & MotionEvent.bend) peaksDeg.push(motion.bend.peakCdeg / 100)
  })
  return { motion, isLearnt, peaksDeg }
}

test("a bend held at 45° of flexion, the thigh at 32°, gives the slope, and the next bend is measured by it", (t) => {
  const { motion, isLearnt, peaksDeg } = wear(true, 45)
  t.true(isLearnt)
  const offsetDeg = FLEXION_MODEL.bendOffsetCdeg / 100
  const slope = (45 - offsetDeg) / 32
  t.true(
    Math.abs(motion.wearer.bendSlopeQ10 / 1024 - slope) < 0.02,
    `${motion.wearer.bendSlopeQ10 / 1024}, not ${slope}`,
  )
  t.is(peaksDeg.length, 1)
  t.true(Math.abs((peaksDeg[0] ?? 0) - (slope * 40 + offsetDeg)) < 0.7, `${peaksDeg[0]}`)
})

test("without a held bend the mean wearer's slope stays", (t) => {
  const { motion, isLearnt } = wear(false, 45)
  t.false(isLearnt)
  t.is(motion.wearer.bendSlopeQ10, FLEXION_MODEL.bendSlopeQ10)
})
