/** Rest, told by the filter from how little moves, and the gyroscope's bias, which it learns only then. */
import test from "ava"
import { createOrientation } from "../../src/motion/orientation"
import { BLOCK, bias, feed, samplesIn, TILTED } from "./orientation-bench"
import { RUNNING, runningThighDeg } from "./running-curves"
import {
  COUNTS_PER_DPS,
  COUNTS_PER_G,
  measure,
  noise,
  PERIOD_S,
  PERIOD_US,
  type Sample,
  type Vector,
} from "./thigh-motion"

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
  const samples = measure({ seconds: 5, sensor: TILTED, biasDps }).map(
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
