/** Rest, told by the filter from how little moves, and the gyroscope's bias, learnt then and in running. */
import test from "ava"
import { createOrientation } from "../../src/motion/orientation"
import { BLOCK, bias, feed, samplesIn, TILTED } from "./orientation-bench"
import { RUNNING, runningThighDeg } from "./running-curves"
import {
  angleDeg,
  COUNTS_PER_DPS,
  COUNTS_PER_G,
  measure,
  noise,
  PERIOD_S,
  PERIOD_US,
  type Sample,
  times,
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

test("up that is far off when a rest begins is where the force is; near it, it goes there by itself", (t) => {
  const restAfter = (offDeg: number) => {
    const orientation = createOrientation(PERIOD_US)
    feed(orientation, measure({ seconds: 4, sensor: TILTED }))
    // No bias, and more than a rest: so much was turned that no rate told of.
    feed(orientation, measure({ seconds: 0.4, sensor: TILTED, forwardG: () => 1 }))
    const { upX, upY, upZ } = orientation
    orientation.turned(0, 16384, 0, offDeg * 100)
    const wrong = angleDeg([orientation.upX, orientation.upY, orientation.upZ], [upX, upY, upZ])
    let before = 0
    for (const sample of measure({ seconds: 3, sensor: TILTED })) {
      const [x, y, z] = [orientation.upX, orientation.upY, orientation.upZ]
      orientation.step(...sample)
      if (!orientation.resting) continue
      before = angleDeg([x, y, z], [orientation.upX, orientation.upY, orientation.upZ])
      break
    }
    const now: Vector = [orientation.upX, orientation.upY, orientation.upZ]
    return { wrong, moved: before, off: angleDeg(now, times(TILTED, [0, 0, 1])) }
  }
  const far = restAfter(60)
  t.true(far.wrong > 50 && far.moved > 10 && far.off < 1, JSON.stringify(far))
  const near = restAfter(5)
  t.true(near.wrong > 4 && near.moved < 1, JSON.stringify(near))
})

/** Standing, with a shock of `counts` on one axis for two samples in each block: a turn has the rates of two. */
function shaken(axis: number, counts: number): Sample[] {
  return measure({ seconds: 5 }).map((sample, n) => {
    if (n % BLOCK === 5 || n % BLOCK === 6) sample[axis] = (sample[axis] as number) + counts
    return sample
  })
}

for (const axis of [0, 1, 2])
  for (const sign of [1, -1]) {
    // One eighth of a rate's shock is in the mean that it is held against; a force's is held against the block's last.
    test(`a rate of 2.2 °/s off the mean is no rest, 1.9 °/s is: axis ${axis}, ${sign}`, (t) => {
      t.is(
        restsAfter(shaken(axis, sign * Math.round(2.2 * COUNTS_PER_DPS * (8 / 7)))),
        Number.POSITIVE_INFINITY,
      )
      t.true(restsAfter(shaken(axis, sign * Math.round(1.9 * COUNTS_PER_DPS * (8 / 7)))) < 2)
    })
    test(`a force of 0.16 g off the last is no rest, 0.14 g is: axis ${axis}, ${sign}`, (t) => {
      t.is(restsAfter(shaken(axis + 3, sign * Math.round(0.16 * COUNTS_PER_G))), Number.POSITIVE_INFINITY)
      t.true(restsAfter(shaken(axis + 3, sign * Math.round(0.14 * COUNTS_PER_G))) < 2)
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
    [11, 1, true],
    [12, 1, false],
    [12, -1, true],
    [13, -1, false],
  ] as const)
    test(`a mean rate is rounded to half a count: ${sign * 56} counts, ${count} of 16 one further, ${rests ? "can be rest" : "is no rest"}: axis ${axis}`, (t) => {
      const samples = measure({ seconds: 4 }).map((sample, n) => {
        sample[axis] = sign * (n % BLOCK < count ? 57 : 56)
        return sample
      })
      t.is(restsAfter(samples) < 4, rests)
    })

test("the bias is learnt within 2 s of rest to 0.06 °/s, on every axis with its sign", (t) => {
  const biasDps: Vector = [0.7, -0.9, 0.3]
  const orientation = createOrientation(PERIOD_US)
  const random = noise()
  const samples = measure({ seconds: 20, sensor: TILTED, biasDps }).map(
    (sample) => sample.map((value) => value + Math.round(random())) as Sample,
  )
  const offDps = () =>
    bias(orientation).map((counts, axis) => counts / 16 / COUNTS_PER_DPS - (biasDps[axis] as number))
  feed(orientation, samples.slice(0, samplesIn(1.4)))
  t.deepEqual(bias(orientation), [0, 0, 0])
  feed(orientation, samples.slice(samplesIn(1.4), samplesIn(3.6)))
  t.true(
    offDps().every((off) => Math.abs(off) < 0.06),
    `${offDps()} °/s off`,
  )
  feed(orientation, samples.slice(samplesIn(3.6)))
  t.true(
    offDps().every((off) => Math.abs(off) < 0.03),
    `${offDps()} °/s off`,
  )
})

test("a standing body's sway is no bias: 0.7 °/s to and fro in 4 s leaves less than 0.12 °/s", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const swayDeg = (timeS: number) => 0.45 * Math.sin((2 * Math.PI * timeS) / 4)
  let most = 0
  measure({ seconds: 40, thighDeg: swayDeg }).forEach((sample, n) => {
    orientation.step(...sample)
    if (n > samplesIn(8)) most = Math.max(most, ...bias(orientation).map(Math.abs))
  })
  t.true(orientation.resting)
  t.true(most / 16 / COUNTS_PER_DPS < 0.12, `${most / 16 / COUNTS_PER_DPS} °/s`)
})

const minutesOfRunning = (seconds: number, biasDps: Vector): Sample[] => {
  const [curve] = RUNNING
  return measure({
    seconds,
    thighDeg: (timeS) => (curve ? runningThighDeg(curve, timeS) : Number.NaN),
    forwardG: (timeS) => (curve ? 1.2 * Math.cos((2 * Math.PI * timeS) / curve.strideS) : Number.NaN),
    biasDps,
  })
}

test("running changes a bias that is right by less than 0.1 °/s", (t) => {
  const orientation = createOrientation(PERIOD_US)
  feed(orientation, measure({ seconds: 5, biasDps: [0.5, 0.5, 0.5] }))
  const before = bias(orientation)
  feed(orientation, minutesOfRunning(120, [0.5, 0.5, 0.5]))
  bias(orientation).forEach((counts, axis) => {
    const changeDps = (counts - (before[axis] as number)) / 16 / COUNTS_PER_DPS
    t.true(Math.abs(changeDps) < 0.1, `axis ${axis}: ${changeDps} °/s`)
  })
})

test("without a still moment the bias about level axes is learnt in running: 2/3 of it in a minute, all but 0.15 °/s in four", (t) => {
  const wanted: Vector = [-1, 2, 1]
  const orientation = createOrientation(PERIOD_US)
  // About the thigh itself a turn does not show.
  const leftDps = () =>
    [0, 1].map((axis) =>
      Math.abs((bias(orientation)[axis] as number) / 16 / COUNTS_PER_DPS - (wanted[axis] as number)),
    )
  const samples = minutesOfRunning(240, wanted)
  feed(orientation, samples.slice(0, samplesIn(60)))
  t.true((leftDps()[1] as number) < 2 / 3, `${leftDps()} °/s left after a minute`)
  feed(orientation, samples.slice(samplesIn(60)))
  t.true(Math.max(...leftDps()) < 0.15, `${leftDps()} °/s left`)
})

test("a gap is no rest: stillness counts anew from its end, whatever was in the block before", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const still = measure({ seconds: 10 })
  feed(orientation, still.slice(0, 26 * BLOCK))
  t.true(orientation.resting)
  feed(orientation, measure({ seconds: 0.09, thighDeg: (timeS) => 200 * timeS, forwardG: () => 1 }))
  orientation.gap(300)
  const blocks = Array.from({ length: 12 }, () => {
    feed(orientation, still.slice(0, BLOCK))
    return orientation.resting
  })
  // One block whose first turn has the rate before the gap in it, one to know the mean, then 1.5 s.
  const restBlocks = 2 + Math.ceil(1.5 / (BLOCK * PERIOD_S))
  t.is(blocks.indexOf(true), restBlocks - 1)
})

test("the first block after a gap is not still, whatever was before it", (t) => {
  const orientation = createOrientation(PERIOD_US)
  const still = measure({ seconds: 5 })
  feed(orientation, still.slice(0, 26 * BLOCK + 5))
  orientation.gap(300)
  feed(orientation, still.slice(0, BLOCK))
  t.false(orientation.resting)
})
