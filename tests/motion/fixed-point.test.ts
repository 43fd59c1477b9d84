import test from "ava"
import fc from "fast-check"
import {
  atan2Cdeg,
  cosineQ14,
  divide,
  ONE_Q14,
  ONE_Q30,
  ratioQ14,
  sineQ14,
  squareRoot,
} from "../../src/motion/fixed-point"

const MOST = 65535
const CDEG = 18000 / Math.PI
/** The series is off by 0.06/100°, its Q15 arithmetic by less than one of these. */
const TOLERANCE_CDEG = 1.5

/** How far an angle is off, 1/100°; half turns meet. */
function offCdeg(y: number, x: number): number {
  const off = Math.abs(atan2Cdeg(y, x) - Math.atan2(y, x) * CDEG)
  return Math.min(off, 36000 - off)
}

test("a direction of any octant and length has Math.atan2's angle within 0.015°", (t) => {
  for (const length of [300, 1000, 5000, 16384, 32767, 32768, 46000, MOST]) {
    for (let degrees = -180; degrees < 180; degrees += 0.37) {
      const y = Math.round(length * Math.sin((degrees * Math.PI) / 180))
      const x = Math.round(length * Math.cos((degrees * Math.PI) / 180))
      const off = offCdeg(y, x)
      if (off > TOLERANCE_CDEG) t.fail(`${y}, ${x}: off by ${off}/100°`)
    }
  }
  t.pass()
})

test("the angle's error is no bias: over the whole turn it averages out to 0.001°", (t) => {
  let sum = 0
  let squares = 0
  const count = 7200
  for (let i = 0; i < count; i++) {
    const angle = ((i + 0.5) * 2 * Math.PI) / count - Math.PI
    const [y, x] = [Math.round(60000 * Math.sin(angle)), Math.round(60000 * Math.cos(angle))]
    const off = Math.abs(atan2Cdeg(y, x)) - Math.abs(Math.atan2(y, x) * CDEG)
    sum += off
    squares += off * off
  }
  t.true(Math.abs(sum / count) < 0.1, `mean ${sum / count}`)
  t.true(Math.sqrt(squares / count) < 0.6, `RMS ${Math.sqrt(squares / count)}`)
})

test("any two whole numbers of the range have Math.atan2's angle, as an integer", (t) => {
  const part = fc.integer({ min: -MOST, max: MOST })
  fc.assert(
    fc.property(part, part, (y, x) => {
      if (x === 0 && y === 0) return
      t.true(Number.isInteger(atan2Cdeg(y, x)))
      // Between short vectors the angle is exact all the same: they are brought to full length first.
      t.true(offCdeg(y, x) <= (Math.max(Math.abs(x), Math.abs(y)) > 32767 ? 2 : TOLERANCE_CDEG))
    }),
    { numRuns: 2000 },
  )
  t.pass()
})

for (const [y, x, cdeg] of [
  [0, 0, 0],
  [0, 1, 0],
  [1, 0, 9000],
  [-1, 0, -9000],
  [0, -1, 18000],
  [0, MOST, 0],
  [MOST, 0, 9000],
  [MOST, MOST, 4500],
  [MOST, -MOST, 13500],
  [-MOST, -MOST, -13500],
  [-5, 5, -4500],
  // A zero without a sign: -0 is a double in XS.
  [-1, MOST, 0],
  [1, 1, 4500],
] as const)
  test(`the angle of (x ${x}, y ${y}) is ${cdeg / 100}°`, (t) => {
    if (cdeg === 0) t.is(atan2Cdeg(y, x), 0)
    t.true(Math.abs(atan2Cdeg(y, x) - cdeg) <= 1, `${atan2Cdeg(y, x)}`)
  })

test("1.0 in Q14 is 2^14", (t) => {
  t.is(ONE_Q14, 2 ** 14)
})

test("the square root is the largest whole number whose square fits", (t) => {
  const holds = (n: number) => {
    const root = squareRoot(n)
    return root * root <= n && (root + 1) * (root + 1) > n
  }
  for (let n = 0; n < 5000; n++) t.true(holds(n), `${n}`)
  for (const n of [2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1, 46340 ** 2, 46340 ** 2 - 1]) t.true(holds(n), `${n}`)
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), holds))
})

test("division is exact, rounded towards zero", (t) => {
  const exact = (numerator: number, denominator: number) =>
    // A zero without a sign: -0 is a double in XS.
    Object.is(divide(numerator, denominator), Math.trunc(numerator / denominator) + 0)
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }),
      fc.oneof(fc.integer({ min: 1, max: 70000 }), fc.integer({ min: 1, max: 2 ** 30 })),
      exact,
    ),
    { numRuns: 2000 },
  )
  for (const [numerator, denominator] of [
    [0, 1],
    [1, 1],
    [-1, 1],
    [2 ** 31 - 1, 1],
    [-(2 ** 31) + 1, 1],
    [2 ** 31 - 1, 2 ** 30],
    [2 ** 30, 2 ** 30],
    [2 ** 30 - 1, 2 ** 30],
    [6, 3],
    [-7, 2],
    [-1, 2],
  ] as const)
    t.true(exact(numerator, denominator), `${numerator} / ${denominator}`)
})

test("sine and cosine are within 6 of 16384 of theirs", (t) => {
  for (let cdeg = -9000; cdeg <= 9000; cdeg += 7) {
    const angle = (cdeg * Math.PI) / 18000
    t.true(Math.abs(sineQ14(cdeg) - 16384 * Math.sin(angle)) < 6, `sin ${cdeg}`)
    t.true(Math.abs(cosineQ14(2 * cdeg) - 16384 * Math.cos(2 * angle)) < 6, `cos ${2 * cdeg}`)
  }
})

test("a part's ratio to a length is what division makes of it", (t) => {
  const parts = fc
    .integer({ min: 2, max: 65_535 })
    .chain((length) => fc.tuple(fc.integer({ min: -length - 1, max: length + 1 }), fc.constant(length)))
  fc.assert(
    fc.property(parts, ([part, length]) => {
      t.is(
        ratioQ14(part, length, divide(ONE_Q30, length)),
        divide(part * ONE_Q14, length),
        `${part} / ${length}`,
      )
    }),
    { numRuns: 5000 },
  )
})
