import test from "ava"
import fc from "fast-check"
import { createOrientation, type Orientation } from "../../src/motion/orientation"
import { DoubleOrientation } from "./double-orientation"
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
  transposed,
  turned,
  type Vector,
} from "./thigh-motion"

const BLOCK = 16
/** Before running there is standing. */
const STAND_S = 4
/** Up is in 1/2^14 g for a count of 1/2049 g. */
const UP_PER_COUNT = 8

const up = ({ upX, upY, upZ }: Orientation): Vector => [upX, upY, upZ]
const bias = ({ biasX, biasY, biasZ }: Orientation): Vector => [biasX, biasY, biasZ]
const samplesIn = (seconds: number) => Math.round(seconds / PERIOD_S)

function feed(orientation: Orientation, samples: readonly Sample[]): void {
  for (const sample of samples) orientation.step(...sample)
}

/** The corner's raise at a sample counted from 0: 16-fold for two blocks, then half with each doubling. */
function raiseAt(sample: number): number {
  const block = Math.floor(sample / BLOCK)
  return [2, 4, 8, 16].filter((limit) => block < limit).length
}

/** The greatest angle between the device's up and the double filter's, degrees, and of their lengths' ratio. */
function compare(
  samples: readonly Sample[],
  periodUs = PERIOD_US,
  gapAt = Number.POSITIVE_INFINITY,
): { deg: number; length: number } {
  const orientation = createOrientation(periodUs)
  const twin = new DoubleOrientation(periodUs)
  const most = { deg: 0, length: 0 }
  samples.forEach((sample, n) => {
    // The bias is the device's own: how it is learnt is another matter.
    const known = bias(orientation)
    const gyro = sample.slice(0, 3).map((rate, i) => rate - (known[i] as number) / 16) as Vector
    if (n === gapAt) {
      orientation.gap()
      twin.gap()
    }
    // After a gap it settles from a quarter of the way on.
    const raise = raiseAt(n < gapAt ? n : n - gapAt + 4 * BLOCK)
    const wanted = twin.step(gyro, sample.slice(3) as Vector, raise)
    orientation.step(...sample)
    most.deg = Math.max(most.deg, angleDeg(up(orientation), wanted))
    most.length = Math.max(
      most.length,
      Math.abs(Math.hypot(...up(orientation)) / (UP_PER_COUNT * Math.hypot(...wanted)) - 1),
    )
  })
  return most
}

const likeTheDoubleFilter = test.macro({
  exec: (t, samples: readonly Sample[], periodUs: number = PERIOD_US) => {
    const { deg, length } = compare(samples, periodUs)
    t.true(deg < 0.1, `up is ${deg}° off`)
    t.true(length < 0.005, `up's length is off by ${length}`)
  },
  title: (name) => `the same filter in double precision: ${name}`,
})

const tilted = turned(35, 12, -14)
test("at rest", likeTheDoubleFilter, measure({ seconds: 12, sensor: tilted, biasDps: [0.4, -0.9, 0.2] }))
test(
  "slow turns",
  likeTheDoubleFilter,
  measure({
    seconds: 20,
    sensor: tilted,
    thighDeg: (timeS) => 70 * Math.sin(timeS / 2),
    biasDps: [0.3, 0, 0],
  }),
)
test(
  "a turn so slow that a sample's angle is under one unit",
  likeTheDoubleFilter,
  measure({ seconds: 60, thighDeg: (timeS) => timeS * 0.75 }),
)
test(
  "shaken while it is switched on",
  likeTheDoubleFilter,
  measure({ seconds: 8, sensor: tilted, forwardG: (timeS) => 0.6 * Math.sin(8 * timeS) }),
)
for (const curve of RUNNING) {
  const running = (sensor: ReturnType<typeof turned>, periodUs = PERIOD_US) =>
    measure({
      seconds: 30,
      periodUs,
      sensor,
      thighDeg: (timeS) => (timeS < STAND_S ? 0 : runningThighDeg(curve, timeS - STAND_S)),
      forwardG: (timeS) => (timeS < STAND_S ? 0 : 1.5 * Math.cos((2 * Math.PI * timeS) / curve.strideS)),
      upwardG: (timeS) => (timeS < STAND_S ? 0 : 2.5 * Math.sin((4 * Math.PI * timeS) / curve.strideS)),
      biasDps: [0.3, -0.2, 0.5],
    })
  test(`running at ${curve.speedMs} m/s`, likeTheDoubleFilter, running(tilted))
  test(`running at ${curve.speedMs} m/s, upside down`, likeTheDoubleFilter, running(turned(120, 170, 30)))
  for (const periodUs of [4800, 19200])
    test(
      `running at ${curve.speedMs} m/s at ${1e6 / periodUs} Hz`,
      likeTheDoubleFilter,
      running(tilted, periodUs),
      periodUs,
    )
}
/** A sensor that turns to and fro about one of its axes, `angleDeg` from where up is askew to it. */
function rocking(axis: number, seconds: number, angleAt: (timeS: number) => number): Sample[] {
  const upright: Vector = [0.5, -0.6, 0.62]
  const along = (size: number): Vector => [0, 1, 2].map((other) => (other === axis ? size : 0)) as Vector
  return Array.from({ length: samplesIn(seconds) }, (_, n): Sample => {
    const timeS = n * PERIOD_S
    const rateDps = (angleAt(timeS + 1e-4) - angleAt(timeS - 1e-4)) / 2e-4
    const attitude = rotation(along((angleAt(timeS) * Math.PI) / 180))
    const force = times(transposed(attitude), upright).map((part) =>
      Math.round(part * COUNTS_PER_G),
    ) as Vector
    return [...along(Math.round(rateDps * COUNTS_PER_DPS)), ...force]
  })
}
for (const axis of [0, 1, 2]) {
  test(
    `rocking by 25° about axis ${axis}`,
    likeTheDoubleFilter,
    rocking(axis, 12, (timeS) => 25 * Math.sin(4 * timeS)),
  )
  test(`an even turn about axis ${axis} adds up to the last bit`, (t) => {
    // 65 counts, too fast for a bias, turn 99.93 units a sample.
    const { deg } = compare(rocking(axis, 20, (timeS) => 4.55 * timeS))
    t.true(deg < 0.08, `${deg}°`)
  })
}

test("after a gap it is the same filter, settling from a quarter of the way", (t) => {
  const samples = rocking(1, 20, (timeS) => 25 * Math.sin(4 * timeS) + (timeS < 10 ? 0 : 30))
  for (const gapAt of [samplesIn(10), samplesIn(10) + 7]) {
    const { deg } = compare(samples, PERIOD_US, gapAt)
    t.true(deg < 0.15, `${deg}°`)
  }
})

test("a hard kick of half a turn at 2000 °/s is followed within 1°", (t) => {
  // 19° a sample, where ½|t|² and |t|³/6 count.
  for (const axis of [0, 1, 2]) {
    const samples = measure({ seconds: 5 }).map((_, n): Sample => {
      const rates: Vector = [0, 0, 0]
      if (n > 420 && n < 430) rates[axis] = 28500
      return [...rates, 1000, 800, 1500]
    })
    const { deg } = compare(samples)
    t.true(deg < 1, `axis ${axis}: ${deg}°`)
  }
})

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

test("standing, the force's swaying is averaged as a Butterworth of τ = 3 s does it", (t) => {
  const cornerHz = Math.SQRT2 / (2 * Math.PI * 3)
  for (const hz of [0.05, cornerHz, 0.15, 0.3, 1]) {
    const orientation = createOrientation(PERIOD_US)
    const settleS = 30
    const seconds = settleS + Math.ceil(4 / hz)
    let most = 0
    let least = 0
    measure({ seconds, forwardG: (timeS) => 0.1 * Math.sin(2 * Math.PI * hz * timeS) }).forEach(
      (sample, n) => {
        orientation.step(...sample)
        if (n * PERIOD_S < settleS) return
        most = Math.max(most, orientation.upX)
        least = Math.min(least, orientation.upX)
      },
    )
    const gain = (most - least) / 2 / (0.1 * COUNTS_PER_G * UP_PER_COUNT)
    const wanted = 1 / Math.sqrt(1 + (hz / cornerHz) ** 4)
    t.true(Math.abs(gain - wanted) < 0.003 * wanted + 0.001, `${hz} Hz: ${gain}, not ${wanted}`)
  }
})

const restsAfter = (samples: readonly Sample[]): number => {
  const orientation = createOrientation(PERIOD_US)
  const first = samples.findIndex((sample) => {
    orientation.step(...sample)
    return orientation.resting
  })
  return first < 0 ? Number.POSITIVE_INFINITY : first * PERIOD_S
}

test("rest is told after 1.5 s of stillness, and no sooner", (t) => {
  const restS = restsAfter(measure({ seconds: 5 }))
  t.true(restS >= 1.5 && restS < 1.5 + 2 * BLOCK * PERIOD_S, `${restS} s`)
})

test("rest ends with the block in which something moves", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 4 }))
  t.true(orientation.resting)
  feed(orientation, measure({ seconds: BLOCK * PERIOD_S, thighDeg: (timeS) => 10 * timeS }))
  t.false(orientation.resting)
})

/** Standing, with a shock of `counts` on one axis for one sample in each block. */
function shaken(axis: number, counts: number): Sample[] {
  return measure({ seconds: 5 }).map((sample, n) => {
    if (n % BLOCK === 5) sample[axis] = (sample[axis] as number) + counts
    return sample
  })
}

for (const axis of [0, 1, 2])
  for (const sign of [1, -1]) {
    // One sixteenth of the shock is in the mean that it is held against.
    test(`a rate of 2.2 °/s off the mean is no rest, 1.9 °/s is: axis ${axis}, ${sign}`, (t) => {
      t.is(
        restsAfter(shaken(axis, sign * Math.round(2.2 * COUNTS_PER_DPS * (16 / 15)))),
        Number.POSITIVE_INFINITY,
      )
      t.true(restsAfter(shaken(axis, sign * Math.round(1.9 * COUNTS_PER_DPS * (16 / 15)))) < 2)
    })
    test(`a force of 0.16 g off the mean is no rest, 0.14 g is: axis ${axis}, ${sign}`, (t) => {
      t.is(
        restsAfter(shaken(axis + 3, sign * Math.round(0.16 * COUNTS_PER_G * (16 / 15)))),
        Number.POSITIVE_INFINITY,
      )
      t.true(restsAfter(shaken(axis + 3, sign * Math.round(0.14 * COUNTS_PER_G * (16 / 15)))) < 2)
    })
    test(`an even turn of 4.2 °/s is no rest, 3.8 °/s can be a bias: axis ${axis}, ${sign}`, (t) => {
      const biasDps = (size: number): Vector => {
        const vector: Vector = [0, 0, 0]
        vector[axis] = sign * size
        return vector
      }
      t.is(restsAfter(measure({ seconds: 5, biasDps: biasDps(4.2) })), Number.POSITIVE_INFINITY)
      t.true(restsAfter(measure({ seconds: 5, biasDps: biasDps(3.8) })) < 2)
    })
  }

for (const axis of [0, 1, 2])
  for (const [count, sign, rests] of [
    [7, 1, true],
    [8, 1, false],
    [8, -1, true],
    [9, -1, false],
  ] as const)
    test(`a mean rate is rounded: ${sign * 56} counts, ${count} of 16 one further, ${rests ? "can be rest" : "is no rest"}: axis ${axis}`, (t) => {
      const samples = measure({ seconds: 4 }).map((sample, n) => {
        sample[axis] = sign * (n % BLOCK < count ? 57 : 56)
        return sample
      })
      t.is(restsAfter(samples) < 4, rests)
    })

test("the bias is learnt within 2 s of rest to 0.02 °/s, on every axis with its sign", (t) => {
  const biasDps: Vector = [0.7, -0.9, 0.3]
  const orientation = createOrientation(PERIOD_US)
  const random = noise()
  const samples = measure({ seconds: 5, sensor: tilted, biasDps }).map(
    (sample) => sample.map((value) => value + Math.round(random())) as Sample,
  )
  feed(orientation, samples.slice(0, samplesIn(1.4)))
  t.deepEqual(bias(orientation), [0, 0, 0])
  feed(orientation, samples.slice(samplesIn(1.4), samplesIn(3.6)))
  bias(orientation).forEach((counts, axis) => {
    const off = counts / 16 / COUNTS_PER_DPS - (biasDps[axis] as number)
    t.true(Math.abs(off) < 0.06, `axis ${axis}: ${off} °/s off`)
  })
  feed(orientation, samples.slice(samplesIn(3.6)))
  bias(orientation).forEach((counts, axis) => {
    const off = counts / 16 / COUNTS_PER_DPS - (biasDps[axis] as number)
    t.true(Math.abs(off) < 0.03, `axis ${axis}: ${off} °/s off`)
  })
})

test("a quarter of the way to the bias is gone in each block of rest", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const samples = measure({ seconds: 3, biasDps: [2.1, 0, 0] })
  const seen = samples.map((sample) => {
    orientation.step(...sample)
    return orientation.biasX
  })
  const full = (2.1 * COUNTS_PER_DPS * 16) / 4
  const first = seen.find((value) => value !== 0)
  t.is(first, full)
  const second = seen.find((value) => value > full)
  t.is(second, Math.floor(full + (full * 3) / 4))
})

test("nothing is learnt while moving: a minute of running leaves the bias as it was", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 5, biasDps: [0.5, 0.5, 0.5] }))
  const before = bias(orientation)
  const [curve] = RUNNING
  if (!curve) return t.fail()
  feed(
    orientation,
    measure({ seconds: 60, thighDeg: (timeS) => runningThighDeg(curve, timeS), biasDps: [-1, 2, 1] }),
  )
  t.deepEqual(bias(orientation), before)
})

test("a bias that is known is no turn: up is where the force is", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const samples = measure({ seconds: 20, sensor: tilted, biasDps: [1, -1, 0.5] })
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
    return Math.atan2(orientation.upX, orientation.upZ)
  }
  const plain = turn(PERIOD_US)
  t.true(Math.abs(turn(PERIOD_US * 1.02) / plain - 1.02) < 0.001)
  t.true(Math.abs(turn(PERIOD_US * 0.97) / plain - 0.97) < 0.001)
})

test("a turn is half of the last rate and half of this one: the angle belongs to the newest sample", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 4 }))
  const at = () => (Math.atan2(orientation.upX, orientation.upZ) * 180) / Math.PI
  const before = at()
  const rateDps = 700
  const counts = -Math.round(rateDps * COUNTS_PER_DPS)
  const force: Vector = [0, 0, Math.round(COUNTS_PER_G)]
  orientation.step(0, counts, 0, ...force)
  t.true(Math.abs(at() - before - (rateDps * PERIOD_S) / 2) < 0.05, `${at() - before}`)
  orientation.step(0, counts, 0, ...force)
  t.true(Math.abs(at() - before - 1.5 * rateDps * PERIOD_S) < 0.1, `${at() - before}`)
})

test("after a gap the filter settles anew, in a few seconds and without a jump", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 20 }))
  // While nothing was measured, the thigh went to 20°.
  orientation.gap()
  const after = measure({ seconds: 8, thighDeg: () => 20 })
  const inclination = () => (Math.atan2(orientation.upX, orientation.upZ) * 180) / Math.PI
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
    if (n === samplesIn(30)) orientation.gap()
    orientation.step(...sample)
    if (n < samplesIn(30)) return
    const inclination = (Math.atan2(orientation.upX, orientation.upZ) * 180) / Math.PI
    most = Math.max(most, Math.abs(inclination - runningThighDeg(curve, n * PERIOD_S)))
  })
  t.true(most < 8, `${most}° off`)
})

test("a gap is no rest: stillness counts anew from its end, whatever was in the block before", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const still = measure({ seconds: 10 })
  feed(orientation, still.slice(0, 26 * BLOCK))
  t.true(orientation.resting)
  feed(orientation, measure({ seconds: 0.09, thighDeg: (timeS) => 200 * timeS, forwardG: () => 1 }))
  orientation.gap()
  const blocks = Array.from({ length: 12 }, () => {
    feed(orientation, still.slice(0, BLOCK))
    return orientation.resting
  })
  // One block to know the mean, then 1.5 s.
  const restBlocks = 1 + Math.ceil(1.5 / (BLOCK * PERIOD_S))
  t.is(blocks.indexOf(true), restBlocks - 1)
})

test("the first block after a gap is not still, whatever was before it", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const still = measure({ seconds: 5 })
  feed(orientation, still.slice(0, 26 * BLOCK + 5))
  orientation.gap()
  feed(orientation, still.slice(0, BLOCK))
  t.false(orientation.resting)
})

test("no int16 input, however wild, throws or leaves int32: up and bias stay whole and bounded", (t) => {
  const anyCount = fc.oneof(fc.constantFrom(-32768, 32767, 0, 1, -1), fc.integer({ min: -32768, max: 32767 }))
  const stretch = fc.tuple(
    fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount, anyCount),
    fc.integer({ min: 1, max: 60 }),
  )
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(4800, 9600, 19200),
      (stretches, periodUs) => {
        const orientation = createOrientation(periodUs)
        for (const [sample, count] of stretches)
          for (let n = 0; n < count; n++) {
            orientation.step(...sample)
            for (const part of up(orientation)) {
              if (!Number.isInteger(part) || Object.is(part, -0) || Math.abs(part) > 32767) return false
            }
            for (const part of bias(orientation)) {
              if (!Number.isInteger(part) || Math.abs(part) > 60 * 16) return false
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
  feed(orientation, measure({ seconds: 20, sensor: tilted }))
  const still = createOrientation(PERIOD_US)
  feed(still, measure({ seconds: 20, sensor: tilted }))
  const off = angleDeg(up(orientation), up(still))
  t.true(off < 0.5, `${off}°`)
})
