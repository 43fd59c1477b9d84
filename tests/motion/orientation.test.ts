/** Up: where it settles, how it follows turns and gaps, and that no input breaks it. */
import test from "ava"
import fc from "fast-check"
import { createOrientation } from "../../src/motion/orientation"
import { bias, feed, inclinationDeg, samplesIn, TILTED, UP_PER_COUNT, up } from "./orientation-bench"
import { RUNNING, runningThighDeg } from "./running-curves"
import {
  angleDeg,
  COUNTS_PER_DPS,
  COUNTS_PER_G,
  measure,
  noise,
  PERIOD_S,
  PERIOD_US,
  rotation,
  type Sample,
  times,
  type Vector,
} from "./thigh-motion"

test("up is 1 g as 2^14, in the sensor's frame, from the first sample on", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, [[0, 0, 0, Math.round(COUNTS_PER_G), 0, 0]])
  t.true(Math.abs(orientation.upX - 16384) < 20, `${orientation.upX}`)
  t.is(orientation.upY, 0)
  t.is(orientation.upZ, 0)
})

test("a body that shakes while it is switched on is forgotten: the first seconds settle faster than the filter's 3 s", (t) => {
  const orientation = createOrientation(PERIOD_US)
  // The first sample is wrong by 45°.
  feed(orientation, [[0, 0, 0, 2049, 0, 2049]])
  feed(orientation, measure({ seconds: 5 }))
  const off = angleDeg(up(orientation), [0, 0, 1])
  t.true(off < 0.5, `${off}°`)
})

/**
 * How much of a force that sways to and fro gets into up: the 2nd-order Butterworth, with the drift of up fed back into the
 * bias at `feedback` (1/s), which at rest `leak` (1/s) draws back to the mean rate.
 */
function swayGain(hz: number, corner: number, feedback: number, leak: number): number {
  const w = 2 * Math.PI * hz
  // corner²·(s + leak + feedback) over (s + leak)·s·(s + √2·corner) plus that, at s = iw.
  const push: [number, number] = [corner * corner * (leak + feedback), corner * corner * w]
  const real = -w * w * (leak + Math.SQRT2 * corner)
  const imaginary = w * (leak * Math.SQRT2 * corner - w * w)
  return Math.hypot(...push) / Math.hypot(push[0] + real, push[1] + imaginary)
}

const CORNER_RAD_S = Math.SQRT2 / 3
for (const { place, jitter, hertz, wanted } of [
  {
    place: "in motion by a Butterworth of τ = 3 s, its drift fed back in 50 s",
    jitter: 60,
    hertz: [0.01, 0.05, 0.075, 0.15, 0.3, 1],
    wanted: (hz: number) => swayGain(hz, CORNER_RAD_S, 0.02, 0),
  },
  {
    place: "at rest by one of τ = 1.5 s, its drift fed back in 6 s",
    jitter: 0,
    hertz: [0.05, 0.075, 0.15, 0.3],
    wanted: (hz: number) => swayGain(hz, 2 * CORNER_RAD_S, 0.16, 1 / 32 / (16 * PERIOD_S)),
  },
])
  test(`the force's swaying is averaged ${place}`, (t) => {
    for (const hz of hertz) {
      const orientation = createOrientation(PERIOD_US)
      const settleS = Math.max(120, 2 / hz)
      let most = 0
      let least = 0
      const swing = (timeS: number) => 0.05 * Math.sin(2 * Math.PI * hz * timeS)
      measure({ seconds: settleS + Math.ceil(4 / hz), forwardG: swing }).forEach(([, ...force], n) => {
        orientation.step(n % 4 < 2 ? jitter : -jitter, ...(force as [number, number, number, number, number]))
        if (n * PERIOD_S < settleS) return
        most = Math.max(most, orientation.upX)
        least = Math.min(least, orientation.upX)
      })
      const gain = (most - least) / 2 / (0.05 * COUNTS_PER_G * UP_PER_COUNT)
      t.is(orientation.resting, jitter === 0)
      t.true(Math.abs(gain - wanted(hz)) < 0.01, `${hz} Hz: ${gain}, not ${wanted(hz)}`)
    }
  })

test("a bias that is known is no turn: up is where the force is", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const samples = measure({ seconds: 20, sensor: TILTED, biasDps: [1, -1, 0.5] })
  feed(orientation, samples)
  const off = angleDeg(samples[0]?.slice(3) as Vector, up(orientation))
  t.true(off < 0.05, `${off}°`)
})

test("the angle turned follows the sensor's clock: a period 2 % longer turns 2 % further", (t) => {
  /** Up after a turn of about 90° at one rate, before the force that did not turn with it is believed. */
  const turn = (periodUs: number) => {
    const orientation = createOrientation(PERIOD_US)
    feed(orientation, measure({ seconds: 4 }))
    orientation.setPeriod(periodUs)
    for (let n = 0; n < 20; n++) orientation.step(0, -6430, 0, 0, 0, 0)
    return inclinationDeg(orientation)
  }
  const plain = turn(PERIOD_US)
  t.true(Math.abs(turn(PERIOD_US * 1.02) / plain - 1.02) < 0.001)
  t.true(Math.abs(turn(PERIOD_US * 0.97) / plain - 0.97) < 0.001)
})

test("a turn is half of the last rate and half of this one: the angle belongs to the newest sample", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 4 }))
  const at = () => inclinationDeg(orientation)
  const before = at()
  const rateDps = 700
  const counts = -Math.round(rateDps * COUNTS_PER_DPS)
  const force: Vector = [0, 0, Math.round(COUNTS_PER_G)]
  orientation.step(0, counts, 0, ...force)
  t.true(Math.abs(at() - before - (rateDps * PERIOD_S) / 2) < 0.05, `${at() - before}`)
  orientation.step(0, counts, 0, ...force)
  t.true(Math.abs(at() - before - 1.5 * rateDps * PERIOD_S) < 0.1, `${at() - before}`)
})

for (const lost of [8, 16])
  test(`through ${lost} lost samples of running up is turned at the mean of the rates before and after them`, (t) => {
    const curve = RUNNING[0]
    if (!curve) return t.fail()
    const thighDeg = (timeS: number) => runningThighDeg(curve, timeS)
    const rateDps = (n: number) => (thighDeg(n * PERIOD_S + 1e-4) - thighDeg(n * PERIOD_S - 1e-4)) / 2e-4
    const samples = measure({ seconds: 40, thighDeg })
    // At eight places of the stride.
    for (let place = 0; place < 8; place++) {
      const orientation = createOrientation(PERIOD_US)
      const before = samplesIn(30 + (place * curve.strideS) / 8) - 1
      const after = before + lost + 1
      feed(orientation, samples.slice(0, before + 1))
      const from = inclinationDeg(orientation)
      orientation.gap(lost)
      feed(orientation, samples.slice(after, after + 1))
      const turned = inclinationDeg(orientation) - from
      const wanted = ((rateDps(before) + rateDps(after)) / 2) * (lost + 1) * PERIOD_S
      t.true(Math.abs(turned - wanted) < 1, `${turned}°, not ${wanted}°`)
    }
  })

test("a rate past the range turned up by who knows how much: that goes in half the time", (t) => {
  const leftDeg = (told: boolean) => {
    const orientation = createOrientation(PERIOD_US)
    feed(orientation, measure({ seconds: 20 }))
    // A knock that was faster than what is measured: 19° that are not there.
    feed(orientation, [[0, 32767, 0, 0, 0, 2049]])
    if (told) orientation.rateClipped()
    feed(orientation, measure({ seconds: 1.2 }))
    return Math.abs(inclinationDeg(orientation))
  }
  t.true(leftDeg(true) < 0.75 * leftDeg(false), `${leftDeg(true)}°, ${leftDeg(false)}° when not told`)
})

test("after a gap the filter settles anew, in a few seconds and without a jump", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 20 }))
  // While nothing was measured, the thigh went to 20°.
  orientation.gap(300)
  const after = measure({ seconds: 8, thighDeg: () => 20 })
  const inclination = () => inclinationDeg(orientation)
  feed(orientation, after.slice(0, 5))
  t.true(inclination() < 2, `${inclination()}° at once`)
  feed(orientation, after.slice(5, samplesIn(3)))
  t.true(Math.abs(inclination() - 20) < 2, `${inclination()}° after 3 s`)
})

test("after a gap in running up is not led astray by a single stride", (t) => {
  const curve = RUNNING[0]
  if (!curve) return t.fail()
  const samples = measure({
    seconds: 60,
    thighDeg: (timeS) => runningThighDeg(curve, timeS),
    forwardG: (timeS) => 1.2 * Math.cos((2 * Math.PI * timeS) / curve.strideS),
  })
  const orientation = createOrientation(PERIOD_US)
  let most = 0
  samples.forEach((sample, n) => {
    if (n === samplesIn(30)) orientation.gap(300)
    orientation.step(...sample)
    if (n < samplesIn(30)) return
    most = Math.max(most, Math.abs(inclinationDeg(orientation) - runningThighDeg(curve, n * PERIOD_S)))
  })
  t.true(most < 8, `${most}° off`)
})

test("no int16 input, gap or clipped rate, however wild, throws or leaves int32: up and bias stay whole and bounded", (t) => {
  const anyCount = fc.oneof(fc.constantFrom(-32768, 32767, 0, 1, -1), fc.integer({ min: -32768, max: 32767 }))
  const stretch = fc.tuple(
    fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount, anyCount),
    fc.integer({ min: 1, max: 60 }),
    fc.constantFrom(0, 0, 0, 5, 16, 1_000_000),
    fc.boolean(),
  )
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(4000, 4800, 9600, 20000),
      (stretches, periodUs) => {
        const orientation = createOrientation(periodUs)
        for (const [sample, count, lost, clipped] of stretches) {
          if (lost > 0) orientation.gap(lost)
          if (clipped) orientation.rateClipped()
          for (let n = 0; n < count; n++) {
            orientation.step(...sample)
            for (const part of up(orientation)) {
              if (!Number.isInteger(part) || Object.is(part, -0) || Math.abs(part) > 32768) return false
            }
            for (const part of bias(orientation)) {
              if (!Number.isInteger(part) || Object.is(part, -0) || Math.abs(part) > 57 * 16) return false
            }
          }
        }
        return true
      },
    ),
    { numRuns: 150 },
  )
  t.pass()
})

test("after the wildest input, standing still brings up back within 20 s", (t) => {
  const random = noise(5)
  const orientation = createOrientation(PERIOD_US)
  for (let n = 0; n < 2000; n++)
    orientation.step(...(Array.from({ length: 6 }, () => (random() > 0 ? 32767 : -32768)) as Sample))
  feed(orientation, measure({ seconds: 20, sensor: TILTED }))
  const still = createOrientation(PERIOD_US)
  feed(still, measure({ seconds: 20, sensor: TILTED }))
  const off = angleDeg(up(orientation), up(still))
  t.true(off < 0.5, `${off}°`)
})

test("a turn that was lost is made up for by turned(): up goes on where it would have been", (t) => {
  for (const [axis, deg] of [
    [[0, -16384, 0], 60],
    [[16384, 0, 0], -45],
    [[9459, -9459, 9459], 80],
  ] as const) {
    const orientation = createOrientation(PERIOD_US)
    feed(orientation, measure({ seconds: 10 }))
    orientation.turned(axis[0], axis[1], axis[2], deg * 100)
    // What stands still turns the other way in the sensor.
    const turn = axis.map((part) => (-part / 16384) * ((deg * Math.PI) / 180)) as Vector
    const expected = times(rotation(turn), [0, 0, 1])
    const [ax, ay, az] = expected.map((part) => Math.round(part * COUNTS_PER_G)) as Vector
    feed(orientation, [[0, 0, 0, ax, ay, az]])
    t.true(angleDeg(up(orientation), expected) < 0.05, `${angleDeg(up(orientation), expected)}`)
  }
})
