/** The device's filter in integers against the same filter in double precision. */
import test from "ava"
import { createOrientation } from "../../src/motion/orientation"
import { DoubleOrientation } from "./double-orientation"
import { BLOCK, samplesIn, TILTED, UP_PER_COUNT, up } from "./orientation-bench"
import { RUNNING, runningThighDeg } from "./running-curves"
import { readSession, PERIOD_US as SESSION_PERIOD_US } from "./session"
import {
  angleDeg,
  COUNTS_PER_DPS,
  COUNTS_PER_G,
  measure,
  PERIOD_S,
  PERIOD_US,
  product,
  rotation,
  type Sample,
  times,
  transposed,
  turned,
  type Vector,
} from "./thigh-motion"

/** Before running there is standing. */
const STAND_S = 4
/** A rate past this is past the range. */
const CLIP_COUNTS = 32766

interface Stretch {
  periodUs?: number
  /** From this sample on, so many are lost. */
  gapAt?: number
  lost?: number
  /** Compared from this sample on. */
  from?: number
}

/** The most by which the device's up and the double filter's differ: in angle, degrees, and in length. */
function compare(
  samples: readonly Sample[],
  { periodUs = PERIOD_US, gapAt = Number.POSITIVE_INFINITY, lost = 0, from = 0 }: Stretch = {},
): { deg: number; length: number } {
  const orientation = createOrientation(periodUs)
  const twin = new DoubleOrientation(periodUs)
  const most = { deg: 0, length: 0 }
  samples.forEach((sample, n) => {
    if (n >= gapAt && n < gapAt + lost) return
    if (n === gapAt + lost) {
      orientation.gap(lost)
      twin.gap(lost)
    }
    if (sample.slice(0, 3).some((rate) => Math.abs(rate) > CLIP_COUNTS)) {
      orientation.rateClipped()
      twin.rateClipped()
    }
    orientation.step(...sample)
    const wanted = twin.step(sample, orientation.resting)
    if (n < from) return
    most.deg = Math.max(most.deg, angleDeg(up(orientation), wanted))
    most.length = Math.max(
      most.length,
      Math.abs(Math.hypot(...up(orientation)) / (UP_PER_COUNT * Math.hypot(...wanted)) - 1),
    )
  })
  return most
}

const likeTheDoubleFilter = test.macro({
  exec: (
    t,
    samples: readonly Sample[],
    periodUs: number = PERIOD_US,
    mostDeg: number = 0.1,
    mostLength: number = 0.005,
  ) => {
    const { deg, length } = compare(samples, { periodUs })
    t.true(deg < mostDeg, `up is ${deg}° off`)
    t.true(length < mostLength, `up's length is off by ${length}`)
  },
  title: (name) => `the same filter in double precision: ${name}`,
})

test("at rest", likeTheDoubleFilter, measure({ seconds: 12, sensor: TILTED, biasDps: [0.4, -0.9, 0.2] }))
test(
  "slow turns",
  likeTheDoubleFilter,
  measure({
    seconds: 20,
    sensor: TILTED,
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
  measure({ seconds: 8, sensor: TILTED, forwardG: (timeS) => 0.6 * Math.sin(8 * timeS) }),
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
  test(`running at ${curve.speedMs} m/s`, likeTheDoubleFilter, running(TILTED))
  test(`running at ${curve.speedMs} m/s, upside down`, likeTheDoubleFilter, running(turned(120, 170, 30)))
  for (const periodUs of [4800, 19200])
    test(
      `running at ${curve.speedMs} m/s at ${1e6 / periodUs} Hz`,
      likeTheDoubleFilter,
      running(TILTED, periodUs),
      periodUs,
    )
}

/** A sensor that turns about one of its axes, by `angleAt` degrees, up being askew to it. */
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

/** A sensor tossed about in the hand, at up to 500 °/s about all axes and 1 g of its own acceleration. */
function tumbling(seconds: number, periodUs: number): Sample[] {
  const steps = 8
  const stepS = periodUs / 1_000_000 / steps
  const rateDps = (timeS: number): Vector => [
    300 * Math.sin(2.3 * timeS) + 200 * Math.sin(7.1 * timeS + 1),
    350 * Math.sin(3.1 * timeS + 2) + 150 * Math.cos(9.7 * timeS),
    250 * Math.cos(1.7 * timeS) + 250 * Math.sin(5.3 * timeS + 3),
  ]
  let attitude = turned(20, 40, -70)
  return Array.from({ length: Math.round((seconds * 1_000_000) / periodUs) }, (_, n): Sample => {
    for (let step = 0; step < steps; step++) {
      const middle = rateDps((n * steps + step - 0.5) * stepS)
      attitude = product(attitude, rotation(middle.map((rate) => (rate * Math.PI * stepS) / 180) as Vector))
    }
    const timeS = n * steps * stepS
    const force: Vector = [
      0.8 * Math.sin(6 * timeS),
      0.6 * Math.cos(4 * timeS),
      1 + 0.9 * Math.sin(11 * timeS),
    ]
    return [
      ...rateDps(timeS).map((rate) => Math.round((rate + 0.6) * COUNTS_PER_DPS)),
      ...times(transposed(attitude), force).map((part) => Math.round(part * COUNTS_PER_G)),
    ] as Sample
  })
}
// At 52 Hz that is 12° a sample, by which a vector across the turn becomes 0.03 % longer, and so a little more of up than one along it.
for (const [periodUs, mostDeg, mostLength] of [
  [4800, 0.1, 0.005],
  [9600, 0.1, 0.005],
  [19200, 0.3, 0.015],
] as const)
  test(
    `tossed about at ${(1e6 / periodUs).toFixed()} Hz`,
    likeTheDoubleFilter,
    tumbling(60, periodUs),
    periodUs,
    mostDeg,
    mostLength,
  )

test(
  "an hour of running",
  likeTheDoubleFilter,
  Array.from({ length: 60 }, () =>
    measure({
      seconds: 60,
      sensor: TILTED,
      thighDeg: (timeS) => 10 + 30 * Math.sin((2 * Math.PI * timeS) / 0.75),
      forwardG: (timeS) => 1.5 * Math.cos((2 * Math.PI * timeS) / 0.75),
      upwardG: (timeS) => 1.5 * Math.sin((4 * Math.PI * timeS) / 0.75),
      biasDps: [0.5, -0.8, 0.3],
    }),
  ).flat(),
)

for (const lost of [6, 16, 40])
  test(`after ${lost} lost samples it is the same filter`, (t) => {
    const samples = rocking(1, 20, (timeS) => 25 * Math.sin(4 * timeS) + (timeS < 10 ? 0 : 30))
    for (const gapAt of [samplesIn(10), samplesIn(10) + 7]) {
      const { deg } = compare(samples, { gapAt, lost })
      t.true(deg < 0.15, `${deg}°`)
    }
  })

test("after a rate past the range it is the same filter", (t) => {
  const samples = rocking(1, 20, (timeS) => 25 * Math.sin(4 * timeS))
  ;(samples[samplesIn(10)] as Sample)[0] = 32767
  const { deg } = compare(samples)
  t.true(deg < 0.15, `${deg}°`)
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

for (const name of ["S01", "S10"])
  test(`${name}: up is the double-precision filter's within 0.1° all the session long`, async (t) => {
    const { samples } = await readSession(name)
    // Settling is over within the standing at the start.
    const { deg } = compare(samples, { periodUs: SESSION_PERIOD_US, from: 16 * BLOCK })
    t.true(deg < 0.1, `${deg}°`)
  })
