/** Batches that never come while somebody runs: the stride before stands in for them. */
import test from "ava"
import { MotionEvent } from "../../src/motion/motion"
import { columnAt, liveTimeOf, PERIOD_MS, PERIOD_US, readSession, sampleAt, sessionMotion } from "./session"

const session = await readSession("S01")
const BATCH = 16

/** Plays the session up to a minute; a batch is lost every `everyS` from 40 s on. */
function playLosing(everyS: number, lostBatches = 1) {
  const motion = sessionMotion()
  const until = sampleAt(70)
  const squares: number[] = []
  let strides = 0
  let nextLoss = sampleAt(40)
  let falls = 0
  for (let from = 0; from < until; from += BATCH) {
    const isLost = from >= nextLoss
    const count = isLost ? lostBatches * BATCH : BATCH
    if (isLost) {
      nextLoss = from + Math.round((everyS * 1000) / PERIOD_MS)
      const isBridged = motion.bridge(count)
      if (!isBridged) falls++
      else for (let n = 0; n < count; n++) if (motion.repeat() & MotionEvent.stride) strides++
      from += count - BATCH
      continue
    }
    motion.beginBatch(from * PERIOD_MS, PERIOD_US)
    for (let n = from; n < from + BATCH; n++) {
      if (motion.step(...(session.samples[n] as (typeof session.samples)[number])) & MotionEvent.stride)
        strides++
      if (n > sampleAt(40))
        squares.push(
          (motion.thighCdeg / 100 - columnAt(session.timeS, session.columns.thighDeg, liveTimeOf(n))) ** 2,
        )
    }
  }
  return {
    strides,
    falls,
    rmse: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length),
  }
}

const whole = playLosing(1000, 0)

test("a batch lost every four seconds costs no stride and hardly an angle", (t) => {
  const losing = playLosing(4)
  t.is(losing.falls, 0)
  t.is(losing.strides, whole.strides)
  t.true(whole.rmse < 1, `${whole.rmse}`)
  t.true(losing.rmse < 2, `${losing.rmse}`)
})

test("more than half a stride is a gap: gait begins anew", (t) => {
  const losing = playLosing(10, 4)
  t.is(losing.falls, 3)
  t.true(losing.strides < whole.strides - 3 && losing.strides > whole.strides / 2, `${losing.strides}`)
})

test("outside gait up to four samples are stood in for", (t) => {
  const motion = sessionMotion()
  t.true(motion.bridge(4))
  t.false(motion.bridge(5))
})
