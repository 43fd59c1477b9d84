import test from "ava"
import { createMeasuredKnee } from "../../src/motion/measured-knee"

const PERIOD_US = 9600

/** A shank whose inclination at each of the thigh's samples is given; undefined: not measured. */
function kneeOver(shankCdeg: readonly (number | undefined)[]) {
  let next = 0
  const shank = {
    inclinationCdeg: 0,
    seek() {
      const found = shankCdeg[next++]
      shank.inclinationCdeg = found ?? 0
      return found !== undefined
    },
  }
  return createMeasuredKnee(PERIOD_US, shank)
}

test("the knee is thigh less shank, never below 0 and never past 150°", (t) => {
  const knee = kneeOver([-1000, 500, -9000, undefined])
  t.true(knee.step(3000))
  t.is(knee.kneeCdeg, 4000)
  t.true(knee.step(300))
  t.is(knee.kneeCdeg, 0)
  t.true(knee.step(9000))
  t.is(knee.kneeCdeg, 15000)
  t.false(knee.step(3000))
})

/** Stance: flexion up to 40° and down again, then the deeper swing. */
const FLEXION = [1000, 2000, 3500, 4000, 3200, 1500, 6000, 9000]

function afterStride(missing = -1) {
  const knee = kneeOver(FLEXION.map((flexion, n) => (n === missing ? undefined : 0 - flexion)))
  for (let n = 0; n < FLEXION.length; n++) knee.step(0)
  return knee
}

test("a stance is read by its deepest flexion, the samples past the threshold and the area above it; the swing does not count", (t) => {
  const knee = afterStride()
  t.true(knee.readStance(7, 7, 1, 3000))
  t.is(knee.peakCdeg, 4000)
  t.is(knee.samplesPast, 3)
  t.is(knee.cdegSamplesPast, 500 + 1000 + 200)
  t.true(knee.readStance(7, 7, 1, 4000))
  t.is(knee.samplesPast, 0)
})

for (const missing of [0, 3, 7])
  test(`a stride without its sample ${missing} was not measured`, (t) => {
    t.false(afterStride(missing).readStance(7, 7, 1, 3000))
  })

test("nor was one with a gap in it, or one longer than what was seen", (t) => {
  const knee = afterStride()
  t.false(knee.readStance(8, 7, 1, 3000))
  knee.gap()
  t.false(knee.readStance(7, 7, 1, 3000))
})

test("flexion of some samples ago is known as far as it was measured", (t) => {
  const knee = afterStride(2)
  t.is(knee.kneeAt(0), 9000)
  t.is(knee.kneeAt(4), 4000)
  t.is(knee.kneeAt(5), undefined)
})

test("while samples are stepped again nothing is measured", (t) => {
  const knee = kneeOver([-1000, -1000])
  knee.isPaused = true
  t.false(knee.step(0))
  knee.isPaused = false
  t.true(knee.step(0))
})
