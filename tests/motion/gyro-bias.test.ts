/** The gyroscope's bias: from the means of rest, and from how the low-passed force wanders. */
import test from "ava"
import fc from "fast-check"
import { FINE_BITS, GyroBias } from "../../src/motion/gyro-bias"
import type { Vector } from "./thigh-motion"

const BLOCK_S = 0.16
const CORNER_RAD_S = Math.SQRT2 / 3
const RAD_S_PER_COUNT = (0.07 * Math.PI) / 180
const G = 16384
/** 4 °/s, in 1/16 count. */
const MOST = 57 * 16

const createBias = () => new GyroBias(BLOCK_S, CORNER_RAD_S)
const told = ({ fineX, fineY, fineZ }: ReturnType<typeof createBias>) =>
  [fineX, fineY, fineZ].map((fine) => (fine + (1 << (FINE_BITS - 1))) >> FINE_BITS) as Vector

test("the n-th mean of rest weighs the power of two next to 1/(n + 3), but never less than 1/32", (t) => {
  const bias = createBias()
  let wanted = 0
  for (let n = 1; n <= 100; n++) {
    const mean = n % 2 === 0 ? 400 : -160
    wanted += (mean - wanted) / Math.min(32, 2 ** Math.floor(Math.log2(n + 3)))
    bias.restedAt(mean, -mean, 0)
    const [x, y, z] = told(bias)
    t.true(Math.abs(x - wanted) <= 1, `mean ${n}: ${x}, not ${wanted}`)
    t.true(Math.abs(y + wanted) <= 1, `mean ${n}: ${y}, not ${-wanted}`)
    t.is(z, 0)
  }
})

/** The band state along which up is drawn back that so many counts of bias about `axis` turn away. */
function wandering(low: Vector, axis: Vector, counts: number): Vector {
  const size = (counts * RAD_S_PER_COUNT) / CORNER_RAD_S
  return [
    Math.round(size * (axis[1] * low[2] - axis[2] * low[1])),
    Math.round(size * (axis[2] * low[0] - axis[0] * low[2])),
    Math.round(size * (axis[0] * low[1] - axis[1] * low[0])),
  ]
}

for (const [resting, sharePerS, seen] of [
  [false, 0.02, 20],
  [true, 0.16, 10],
] as const)
  test(`${resting ? "at rest" : "in motion"} ${sharePerS} of what up turns by goes into the bias each second, on every axis`, (t) => {
    const directions: Vector[] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]
    for (const axis of directions)
      for (const up of directions.filter((direction) => direction !== axis))
        for (const sign of [1, -1]) {
          const bias = createBias()
          const low = up.map((part) => part * G) as Vector
          const band = wandering(low, axis, sign * seen)
          const blocks = 20
          for (let n = 0; n < blocks; n++) bias.drifted(...low, ...band, resting)
          // At rest the corner is doubled: the same state wanders twice as fast.
          const rate = resting ? 2 * seen : seen
          const wanted = sign * rate * sharePerS * BLOCK_S * blocks * 16
          axis.forEach((part, i) => {
            const off = (told(bias)[i] as number) - part * wanted
            t.true(Math.abs(off) <= 1 + Math.abs(wanted) / 100, `${told(bias)}, not ${wanted} about ${axis}`)
          })
        }
  })

test("a force that grows or fades, but does not turn, teaches nothing", (t) => {
  const bias = createBias()
  for (let n = 0; n < 1000; n++) bias.drifted(9000, -12000, 6000, 3000, -4000, 2000, false)
  t.deepEqual(told(bias), [0, 0, 0])
})

test("what up turns by beyond 4 °/s counts as 4 °/s", (t) => {
  const [fast, faster] = [58, 500].map((counts) => {
    const bias = createBias()
    bias.drifted(0, 0, G, ...wandering([0, 0, G], [1, 0, 0], counts), false)
    return told(bias)
  })
  t.deepEqual(fast, faster)
})

test("no states, however wild, make a bias of more than 4 °/s or one that is not whole", (t) => {
  const state = fc.integer({ min: -31005, max: 31005 })
  const states = fc.tuple(state, state, state, state, state, state)
  fc.assert(
    fc.property(states, fc.boolean(), fc.constantFrom(0.064, 0.16, 0.32), (values, resting, blockS) => {
      const bias = new GyroBias(blockS, CORNER_RAD_S)
      for (let n = 0; n < 400; n++) bias.drifted(...values, resting)
      return told(bias).every(
        (part) => Number.isInteger(part) && !Object.is(part, -0) && Math.abs(part) <= MOST,
      )
    }),
  )
  t.pass()
})
