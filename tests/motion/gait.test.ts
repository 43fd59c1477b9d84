import test from "ava"
import { classifyStride } from "../../src/motion/gait"
import { Activity } from "../../src/motion/stride"
import { COUNTS_PER_G } from "./thigh-motion"

const SAMPLES = 70
const TROUGH_CDEG = -1500
const { run, walk, other } = Activity

const strideIs = test.macro({
  exec: (t, activity: Activity, periodMs: number, rangeDeg: number, forwardG: number) => {
    const forwardSum = forwardG * COUNTS_PER_G * SAMPLES
    t.is(classifyStride(periodMs, rangeDeg * 100, TROUGH_CDEG, forwardSum, SAMPLES, other), activity)
  },
  title: (what, activity) =>
    `${what} is ${activity === run ? "running" : activity === walk ? "walking" : "neither"}`,
})

test("a stride of 0.7 s over 55° at 1 g", strideIs, run, 700, 55, 1)
test("a stride of 1.1 s over 40° at 0.25 g", strideIs, walk, 1100, 40, 0.25)
// One number over the edge at a time, from a stride that is only just running …
test("the quickest running stride", strideIs, run, 420, 55, 1)
test("a quicker one", strideIs, other, 419, 55, 1)
test("the slowest running stride", strideIs, run, 950, 55, 1)
test("a slower one", strideIs, walk, 951, 55, 1)
test("the smallest running swing", strideIs, run, 650, 30, 1)
test("a smaller one", strideIs, other, 650, 29.99, 1)
test("the gentlest running", strideIs, run, 650, 55, 0.501)
test("gentler running, too quick for a walk,", strideIs, other, 650, 55, 0.499)
test("gentler running at a walk's time", strideIs, walk, 750, 55, 0.499)
// … and walking.
test("the quickest walking stride", strideIs, walk, 700, 40, 0.25)
test("a quicker walk", strideIs, other, 699, 40, 0.25)
test("the slowest walking stride", strideIs, walk, 1600, 40, 0.25)
test("a slower walk", strideIs, other, 1601, 40, 0.25)
test("the smallest walking swing", strideIs, walk, 1100, 25, 0.25)
test("a smaller walking swing", strideIs, other, 1100, 24.99, 0.25)
test("the gentlest walk", strideIs, walk, 1100, 40, 0.1005)
test("squats without a push", strideIs, other, 1100, 40, 0.0995)

test("a push of exactly the least is enough: 1025 and 205 counts a sample", (t) => {
  t.is(classifyStride(650, 5500, TROUGH_CDEG, 1025 * SAMPLES, SAMPLES, other), run)
  t.is(classifyStride(1100, 5500, TROUGH_CDEG, 205 * SAMPLES, SAMPLES, other), walk)
})

test("a thigh that never goes behind the standing line pedals or hops", (t) => {
  for (const periodMs of [650, 1100]) {
    t.is(classifyStride(periodMs, 5500, -299, 2000 * SAMPLES, SAMPLES, walk), other)
    t.not(classifyStride(periodMs, 5500, -300, 2000 * SAMPLES, SAMPLES, walk), other)
  }
})

test("who was running goes on running up to 12° in front of the line: a strap that slipped moved it", (t) => {
  t.is(classifyStride(650, 5500, 1200, 2000 * SAMPLES, SAMPLES, run), run)
  t.is(classifyStride(650, 5500, 1201, 2000 * SAMPLES, SAMPLES, run), other)
})
