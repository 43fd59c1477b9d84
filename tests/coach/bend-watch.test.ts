/** Made-up ways of a knee, and what is found in them: each bend once, whatever it is like, and nothing that is none. */
import test from "ava"
import fc from "fast-check"
import { BendWatch } from "../../src/coach/bend-watch"
import { BendNews } from "../../src/coach/player-port"

const RATE_HZ = 52
const DEPTH_DEG = 30

/** From wherever the knee is to this angle, as a limb with mass goes (minimum jerk), or there for a while. */
interface Way {
  toDeg: number
  durationS: number
}

interface Bend {
  /** Beyond the straight leg. */
  deepDeg: number
  downS: number
  heldS: number
  upS: number
  pauseS: number
}

const ease = (x: number) => x * x * x * (10 - 15 * x + 6 * x * x)
const hold = (toDeg: number, durationS: number): Way[] => [{ toDeg, durationS }]

function anglesOf(ways: readonly Way[], fromDeg: number): number[] {
  const angles: number[] = []
  let atDeg = fromDeg
  for (const { toDeg, durationS } of ways) {
    const samples = Math.round(durationS * RATE_HZ)
    for (let n = 1; n <= samples; n++) angles.push(atDeg + (toDeg - atDeg) * ease(n / samples))
    atDeg = toDeg
  }
  return angles
}

const bendWays = (straightDeg: number, { deepDeg, downS, heldS, upS, pauseS }: Bend): Way[] => [
  { toDeg: straightDeg + deepDeg, durationS: downS },
  ...hold(straightDeg + deepDeg, heldS),
  { toDeg: straightDeg, durationS: upS },
  ...hold(straightDeg, pauseS),
]

interface Found {
  peakDeg: number
  durationMs: number
  halts: number
}

/** Bends as they were told, and all news in their order. */
function watch(
  anglesDeg: readonly number[],
  { startMs = 0, bendWatch = new BendWatch(DEPTH_DEG * 100) } = {},
) {
  const found: Found[] = []
  const news: number[] = []
  anglesDeg.forEach((angleDeg, n) => {
    const now = bendWatch.step(Math.round(angleDeg * 100), (startMs + Math.round((n * 1000) / RATE_HZ)) | 0)
    for (const bit of [BendNews.reached, BendNews.left, BendNews.finished]) if (now & bit) news.push(bit)
    const { peakCdeg, durationMs, halts } = bendWatch
    if (now & BendNews.finished) found.push({ peakDeg: peakCdeg / 100, durationMs, halts })
  })
  return { found, news, bendWatch }
}

/** Standing, then these ways. */
const stood = (ways: readonly Way[], straightDeg = 0) =>
  anglesOf([...hold(straightDeg, 1), ...ways], straightDeg)

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** No faster than a mean of 70°/s, and slow enough for a bend. */
const anyBend = real(15, 95).chain((deepDeg) => {
  const leastS = Math.max(0.8, deepDeg / 70)
  return fc.record({
    deepDeg: fc.constant(deepDeg),
    downS: real(leastS, 4),
    heldS: real(0, 2.5),
    upS: real(leastS, 4),
    pauseS: real(0, 2),
  })
})
const anyStraightDeg = real(0, 12)
const anyStartMs = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

test("each of any bends is found once, as deep as it was and about as long, and is smooth, on any straight leg, also as the clock wraps", (t) => {
  fc.assert(
    fc.property(
      fc.array(anyBend, { minLength: 1, maxLength: 6 }),
      anyStraightDeg,
      anyStartMs,
      (bends, straightDeg, startMs) => {
        const ways = bends.flatMap((bend) => bendWays(straightDeg, bend))
        const { found } = watch(stood(ways, straightDeg), { startMs })
        t.is(found.length, bends.length)
        for (const [index, { deepDeg, downS, heldS, upS }] of bends.entries()) {
          const { peakDeg, durationMs, halts } = found[index] as Found
          t.true(Math.abs(peakDeg - straightDeg - deepDeg) < 0.5)
          const wholeMs = 1000 * (downS + heldS + upS)
          t.true(
            durationMs <= wholeMs && durationMs > 0.5 * wholeMs,
            `${durationMs} ms of ${Math.round(wholeMs)} ms`,
          )
          t.is(halts, 0)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test("two without a pause are two, also when the leg is not quite straight between them", (t) => {
  const down = { toDeg: 50, durationS: 1.2 }
  const ways = [down, { toDeg: 8, durationS: 1.2 }, down, { toDeg: 0, durationS: 1.2 }]
  t.is(watch(stood(ways)).found.length, 2)
})

test("the depth is told as it is reached and as it is left, once a bend, before the bend is", (t) => {
  fc.assert(
    fc.property(fc.array(anyBend, { minLength: 1, maxLength: 4 }), (bends) => {
      const clear = bends.filter(({ deepDeg }) => Math.abs(deepDeg - DEPTH_DEG) > 0.1)
      const { news } = watch(stood(clear.flatMap((bend) => bendWays(0, bend))))
      const wanted = clear.flatMap(({ deepDeg }) =>
        deepDeg > DEPTH_DEG ? [BendNews.reached, BendNews.left, BendNews.finished] : [BendNews.finished],
      )
      t.deepEqual(news, wanted)
    }),
  )
})

test("who sways about the watched depth by less than three degrees has not left it", (t) => {
  const sway = [28.5, 31, 28, 32, 29].map((toDeg) => ({ toDeg, durationS: 0.5 }))
  const { news, found } = watch(stood([{ toDeg: 31, durationS: 1.5 }, ...sway, { toDeg: 0, durationS: 1.5 }]))
  t.deepEqual(news, [BendNews.reached, BendNews.left, BendNews.finished])
  t.is(found[0]?.halts, 0, "and what sways at the deepest point is no halt")
})

test("the depth is left three degrees below it, and is not told again of a bend that turns and goes deep once more", (t) => {
  const bendWatch = new BendWatch(DEPTH_DEG * 100)
  const way = [40, 20, 40].map((toDeg) => ({ toDeg, durationS: 1 }))
  const left = stood([...way, { toDeg: 0, durationS: 1 }]).filter(
    (angleDeg, n) =>
      bendWatch.step(Math.round(angleDeg * 100), Math.round((n * 1000) / RATE_HZ)) & BendNews.left,
  )
  t.is(left.length, 1)
  t.true((left[0] as number) < 27 && (left[0] as number) > 25)
})

test("each stop on the way is a halt", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 2 }),
      real(0.4, 1.5),
      (down, up, stopS) => {
        const deepDeg = 72
        const part = (from: number, to: number, parts: number) =>
          Array.from({ length: parts }, (_, n) => [
            { toDeg: from + ((to - from) * (n + 1)) / parts, durationS: 1.6 / parts },
            ...hold(from + ((to - from) * (n + 1)) / parts, n + 1 < parts ? stopS : 0),
          ]).flat()
        const { found } = watch(stood([...part(0, deepDeg, down + 1), ...part(deepDeg, 0, up + 1)]))
        t.is(found.length, 1)
        t.is(found[0]?.halts, down + up)
      },
    ),
  )
})

test("a bend that turns on its way and back again is one, with two halts for each such turn", (t) => {
  const turned = [40, 25, 60, 40, 55, 0].map((toDeg) => ({ toDeg, durationS: 0.9 }))
  const { found } = watch(stood(turned))
  t.is(found.length, 1)
  t.is(found[0]?.halts, 4)
  const deeper = [40, 37, 60, 0].map((toDeg) => ({ toDeg, durationS: 0.9 }))
  t.is(watch(stood(deeper)).found[0]?.halts, 2, "also one that is as small as a sway, when it goes on deeper")
})

test("a long hold that sways has no halts", (t) => {
  fc.assert(
    fc.property(fc.array(real(-2, 2), { minLength: 1, maxLength: 12 }), (sways) => {
      const held = sways.map((swayDeg) => ({ toDeg: 40 + swayDeg, durationS: 0.5 }))
      const { found } = watch(stood([{ toDeg: 40, durationS: 1.5 }, ...held, { toDeg: 0, durationS: 1.5 }]))
      t.is(found.length, 1)
      t.is(found[0]?.halts, 0)
    }),
  )
})

const none = test.macro((t, anglesDeg: readonly number[]) => {
  const { found, bendWatch } = watch(anglesDeg)
  t.deepEqual(found, [])
  const { found: after } = watch(
    stood(bendWays(0, { deepDeg: 45, downS: 1.2, heldS: 0.2, upS: 1.2, pauseS: 1 })),
    {
      bendWatch,
      startMs: Math.round((anglesDeg.length * 1000) / RATE_HZ),
    },
  )
  t.is(after.length, 1, "and the next bend is found")
})
const toAndFro = (deepDeg: number, eachS: number, times: number) =>
  stood(
    Array.from({ length: times }, () => [
      { toDeg: deepDeg, durationS: eachS },
      { toDeg: 0, durationS: eachS },
    ]).flat(),
  )
test("a sway of ten degrees is no bend", none, toAndFro(10, 1, 5))
test("a knock is no bend", none, toAndFro(60, 0.15, 3))
test("a walker's thigh is no bend", none, toAndFro(30, 0.3, 20))
test("a runner's thigh is no bend", none, toAndFro(60, 0.3, 20))
test("a leg that is lifted on stairs is no bend", none, toAndFro(80, 0.5, 10))
test(
  "a leg that is lifted quickly is no bend, however slowly it comes down",
  none,
  stood([
    { toDeg: 80, durationS: 0.6 },
    { toDeg: 0, durationS: 2 },
  ]),
)
test(
  "a seat taken is no bend",
  none,
  stood([{ toDeg: 100, durationS: 1.5 }, ...hold(100, 6), { toDeg: 0, durationS: 1.4 }]),
)
test(
  "who is watched from a seat on has made no bend in getting up",
  none,
  anglesOf([...hold(100, 1), { toDeg: 0, durationS: 1.4 }, ...hold(0, 1)], 100),
)
test(
  "a minute with a bent leg is no bend",
  none,
  stood([{ toDeg: 45, durationS: 1.5 }, ...hold(45, 60), { toDeg: 0, durationS: 1.4 }]),
)

test("gait ends what is under way, and the depth is left", (t) => {
  const bendWatch = new BendWatch(DEPTH_DEG * 100)
  const down = stood([{ toDeg: 50, durationS: 1.2 }])
  t.deepEqual(watch(down, { bendWatch }).news, [BendNews.reached])
  t.true(bendWatch.isDown)
  bendWatch.gait()
  const startMs = Math.round((down.length * 1000) / RATE_HZ)
  const up = anglesOf([{ toDeg: 0, durationS: 1.2 }, ...hold(0, 1)], 50)
  t.deepEqual(watch(up, { bendWatch, startMs }).news, [BendNews.left])
  t.false(bendWatch.isDown)
})

test("a bend in which samples were lost is none", (t) => {
  const bendWatch = new BendWatch(DEPTH_DEG * 100)
  const down = stood([{ toDeg: 50, durationS: 1.2 }])
  watch(down, { bendWatch })
  const up = anglesOf([{ toDeg: 0, durationS: 1.2 }, ...hold(0, 1)], 50)
  const startMs = Math.round((down.length * 1000) / RATE_HZ) + 500
  t.deepEqual(watch(up, { bendWatch, startMs }).found, [])
})

test("a leg that stands more bent than before, or straighter, is the straight leg from then on", (t) => {
  const bend = { deepDeg: 25, downS: 1.2, heldS: 0.2, upS: 1.2, pauseS: 1 }
  const ways = [4, 8, 19, 4].flatMap((straightDeg) => [
    { toDeg: straightDeg, durationS: 3 },
    ...hold(straightDeg, 6),
    ...bendWays(straightDeg, bend),
  ])
  const { found } = watch(stood(ways))
  t.deepEqual(
    found.map(({ peakDeg }) => Math.round(peakDeg)),
    [29, 33, 44, 29],
  )
  for (const { durationMs } of found) t.true(durationMs < 2600, `${durationMs} ms`)
})

test("a bend is over where the leg rests, though it is not straight", (t) => {
  const { found } = watch(
    stood([{ toDeg: 50, durationS: 1.2 }, { toDeg: 16, durationS: 1.2 }, ...hold(16, 1)]),
  )
  t.is(found.length, 1)
  t.true((found[0]?.durationMs ?? 0) < 2400, "and has lasted until it rests")
})
