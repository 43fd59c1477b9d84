import test from "ava"
import { GaitNews, GaitNow } from "../../src/motion/gait-now"
import { SampleTime } from "../../src/motion/sample-time"
import { Activity } from "../../src/motion/stride"
import { StrideCycle } from "../../src/motion/stride-cycle"
import { RUNNING, type RunningCurve, runningThighDeg } from "./running-curves"

const PERIOD_US = 10_000
const FIRST_STRIDE_SAMPLES = 70
const CURVE = RUNNING[1] as RunningCurve
const PERIOD_SAMPLES = Math.round((CURVE.strideS * 1_000_000) / PERIOD_US)
/** 0.8 g: as hard as runners push. */
const PUSH_COUNTS = 1640

function gait() {
  const cycle = new StrideCycle()
  const now = new GaitNow(cycle, new SampleTime(PERIOD_US), FIRST_STRIDE_SAMPLES)
  const step = (thighCdeg: number, forwardCounts: number) => {
    const sinceTrough = cycle.step(thighCdeg, forwardCounts)
    return sinceTrough > now.limit ? now.step(sinceTrough) : 0
  }
  let sample = 0
  return {
    now,
    run(samples: number, pushCounts = PUSH_COUNTS): number[] {
      return Array.from({ length: samples }, () => {
        const thighDeg = runningThighDeg(CURVE, (sample++ * PERIOD_US) / 1_000_000)
        return step(Math.round(100 * thighDeg), sample & 1 ? pushCounts : 0 - pushCounts)
      })
    },
    /** Samples at which the leg is loaded. */
    loaded(samples: number): number {
      let loaded = 0
      for (let n = 0; n < samples; n++) {
        this.run(1)
        if (now.loaded) loaded++
      }
      return loaded
    },
    stand: (samples: number): number[] => Array.from({ length: samples }, () => step(0, 0)),
  }
}
const times = (news: number[], bit: number) => news.filter((bits) => bits & bit).length

test("gait begins with the first stride that closes, and each one tells its length", (t) => {
  const { now, run } = gait()
  const news = run(PERIOD_SAMPLES * 6)
  t.is(times(news, GaitNews.begun), 1)
  t.true(times(news, GaitNews.closed) >= 4)
  t.is(now.gait, Activity.run)
  t.true(Math.abs(now.periodSamples - PERIOD_SAMPLES) <= 1, `${now.periodSamples}`)
})

test("gait ends when a stride takes half as long again", (t) => {
  const { now, run, stand } = gait()
  run(PERIOD_SAMPLES * 6)
  const news = stand(PERIOD_SAMPLES * 2)
  t.is(times(news, GaitNews.ended), 1)
  t.true(news.findIndex((bits) => bits & GaitNews.ended) < PERIOD_SAMPLES * 1.5)
  t.false(now.inGait)
})

test("the same swings without a push are no gait, but the leg swings", (t) => {
  const { now, run } = gait()
  const news = run(PERIOD_SAMPLES * 4, 0)
  t.is(times(news, GaitNews.closed), 0)
  t.true(times(news, GaitNews.swings) > 0)
  t.true(now.swings)
})

test("the leg is loaded from the expected contact to the expected toe-off, which may come after the trough", (t) => {
  const walk = gait()
  const { now, run } = walk
  t.false(now.loaded)
  run(PERIOD_SAMPLES * 4)
  now.expect(PERIOD_SAMPLES - 30, PERIOD_SAMPLES - 5)
  t.is(walk.loaded(PERIOD_SAMPLES * 4), 4 * 25)
  now.expect(PERIOD_SAMPLES - 20, PERIOD_SAMPLES + 5)
  run(PERIOD_SAMPLES)
  t.is(walk.loaded(PERIOD_SAMPLES * 4), 4 * 25)
})

test("a gap ends gait, once", (t) => {
  const { now, run } = gait()
  run(PERIOD_SAMPLES * 4)
  t.true(now.lose())
  t.false(now.lose())
})
