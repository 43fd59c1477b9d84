import test from "ava"
import { classifyStride, isSwing, type StrideSwing } from "../../src/motion/gait"
import { Activity } from "../../src/motion/stride"
import { COUNTS_PER_G } from "./thigh-motion"

const SAMPLES = 70
const { run, walk, stairs, other } = Activity
const NAMES = { [run]: "running", [walk]: "walking", [stairs]: "stairs", [other]: "neither" } as Record<
  number,
  string
>

interface Swing {
  periodMs: number
  rangeDeg: number
  forwardG: number
  troughDeg?: number
  /** Mean place between trough and peak. */
  place?: number
  before?: Activity
}
function kindOf({
  periodMs,
  rangeDeg,
  forwardG,
  troughDeg = -15,
  place = 0.55,
  before = other,
}: Swing): Activity {
  const swing: StrideSwing = {
    periodMs,
    rangeCdeg: Math.round(rangeDeg * 100),
    troughCdeg: Math.round(troughDeg * 100),
    forwardSum: Math.round(forwardG * COUNTS_PER_G * SAMPLES),
    thighSum: Math.round((troughDeg + place * rangeDeg) * 100 * SAMPLES),
    samples: SAMPLES,
  }
  return classifyStride(swing, before)
}

const strideIs = test.macro({
  exec: (t, activity: Activity, swing: Swing) => {
    t.is(kindOf(swing), activity)
  },
  title: (what, activity: Activity) => `${what} is ${NAMES[activity]}`,
})

const A_RUN = { periodMs: 650, rangeDeg: 55, forwardG: 1 }
const A_WALK = { periodMs: 1100, rangeDeg: 40, forwardG: 0.25 }
const UPSTAIRS = { periodMs: 1250, rangeDeg: 57, forwardG: 0.3, troughDeg: 0, place: 0.45 }
const DOWNSTAIRS = { periodMs: 1200, rangeDeg: 34, forwardG: 0.3, troughDeg: 5, place: 0.4 }
test("a stride of 0.7 s over 55° at 1 g", strideIs, run, { ...A_RUN, periodMs: 700 })
test("a stride of 1.1 s over 40° at 0.25 g", strideIs, walk, A_WALK)
test("a step of 1.25 s up a stair", strideIs, stairs, UPSTAIRS)
test("a step of 1.2 s down a stair", strideIs, stairs, DOWNSTAIRS)
// One number over the edge at a time, from a stride that is only just running …
test("the quickest running stride", strideIs, run, { ...A_RUN, periodMs: 420 })
test("a quicker one", strideIs, other, { ...A_RUN, periodMs: 419 })
test("the slowest running stride", strideIs, run, { ...A_RUN, rangeDeg: 50, periodMs: 950 })
test("a slower one", strideIs, walk, { ...A_RUN, rangeDeg: 50, periodMs: 951 })
test("the smallest running swing", strideIs, run, { ...A_RUN, rangeDeg: 30 })
test("a smaller one", strideIs, other, { ...A_RUN, rangeDeg: 29.99 })
test("the gentlest running", strideIs, run, { ...A_RUN, forwardG: 0.501 })
test("gentler running, too quick for a walk,", strideIs, other, { ...A_RUN, forwardG: 0.499 })
test("gentler running at a walk's time", strideIs, walk, { ...A_RUN, periodMs: 750, forwardG: 0.499 })
test("a jump that hangs least behind", strideIs, run, { ...A_RUN, place: 0.44 })
test("a jump that hangs more behind", strideIs, other, { ...A_RUN, place: 0.43 })
test("a slow jump", strideIs, other, { ...A_WALK, place: 0.43 })
// … walking …
test("the quickest walking stride", strideIs, walk, { ...A_WALK, periodMs: 700 })
test("a quicker walk", strideIs, other, { ...A_WALK, periodMs: 699 })
test("the slowest walking stride", strideIs, walk, { ...A_WALK, periodMs: 1600 })
test("a slower walk", strideIs, other, { ...A_WALK, periodMs: 1601 })
test("the smallest walking swing", strideIs, walk, { ...A_WALK, rangeDeg: 25 })
test("a smaller walking swing", strideIs, other, { ...A_WALK, rangeDeg: 24.99 })
test("the gentlest walk", strideIs, walk, { ...A_WALK, forwardG: 0.1005 })
test("squats without a push", strideIs, other, { ...A_WALK, forwardG: 0.0995 })
test("the highest walking step", strideIs, walk, { ...A_WALK, rangeDeg: 59.99 })
// … and stairs.
test("a step that rises to 45°", strideIs, stairs, { ...A_WALK, rangeDeg: 60 })
test("the quickest stair", strideIs, stairs, { ...UPSTAIRS, periodMs: 850 })
test("a quicker stair", strideIs, other, { ...UPSTAIRS, periodMs: 849 })
test("the slowest stair", strideIs, stairs, { ...UPSTAIRS, periodMs: 1900 })
test("a slower stair", strideIs, other, { ...UPSTAIRS, periodMs: 1901 })
test("a thigh that never gets near the standing line", strideIs, other, { ...UPSTAIRS, troughDeg: 12.1 })
test("pedalling, which hardly pushes,", strideIs, other, { ...UPSTAIRS, forwardG: 0.09 })
test("a knee bend, repeated", strideIs, other, { ...UPSTAIRS, periodMs: 2500 })

test("a push of exactly the least is enough: 1025 and 205 counts a sample", (t) => {
  const swing = {
    periodMs: 650,
    rangeCdeg: 5500,
    troughCdeg: -1500,
    thighSum: 1500 * SAMPLES,
    samples: SAMPLES,
  }
  t.is(classifyStride({ ...swing, forwardSum: 1025 * SAMPLES }, other), run)
  t.is(classifyStride({ ...swing, periodMs: 1100, forwardSum: 205 * SAMPLES }, other), walk)
})

test("a thigh that never goes behind the standing line does not run", (t) => {
  t.is(kindOf({ ...A_RUN, troughDeg: -2.99 }), other)
  t.is(kindOf({ ...A_RUN, troughDeg: -3 }), run)
})

test("who was running goes on running up to 12° in front of the line: a strap that slipped moved it", (t) => {
  t.is(kindOf({ ...A_RUN, troughDeg: 12, before: run }), run)
  t.is(kindOf({ ...A_RUN, troughDeg: 12.01, before: run }), other)
  t.is(kindOf({ ...A_RUN, place: 0.4, before: run }), run)
})

for (const [what, troughDeg, riseMs, is] of [
  ["quickly from behind", -10, 100, true],
  ["as slowly as a swing can be", -10, 220, true],
  ["slower, as in standing up", -10, 221, false],
  ["from just behind the standing line", -3, 100, true],
  ["from there, as a bend does", -2.9, 100, false],
] as const)
  test(`a thigh that comes forward ${what} is ${is ? "a" : "no"} swing of gait`, (t) => {
    t.is(isSwing(troughDeg * 100, riseMs), is)
  })
