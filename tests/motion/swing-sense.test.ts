import test from "ava"
import { SwingSense } from "../../src/motion/swing-sense"
import { SwingWindow, WINDOW_TICKS } from "../../src/motion/swing-window"
import { Vector } from "../../src/motion/vector"

const AXIS = new Vector(16384, 0, 0)
const RATE_COUNTS = 16
const AT_REST = { upX: 0, upY: 0, upZ: 16384, biasX: 0, biasY: 0, biasZ: 0 }
const STRIDE_TICKS = 8

/** Windows of a swing that is fast one way, for two ticks, and slow the other. */
function swinging(fast: number) {
  const sense = new SwingSense()
  const window = new SwingWindow()
  window.aim(AXIS, 0, 0)
  for (let windows = 0; windows < 4; windows++) {
    for (let tick = 0; tick < WINDOW_TICKS; tick++)
      window.tick(
        AT_REST,
        RATE_COUNTS * (tick % STRIDE_TICKS < 2 ? fast : Math.round(-fast / 3)),
        0,
        0,
        0,
        0,
        2048,
      )
    sense.judge(window)
    window.aim(AXIS, sense.middle, sense.reach)
  }
  return { skewQ8: sense.skewQ8, crossings: window.crossings }
}

test("the same swing the other way round has a third moment of the other sign, and as many crossings", (t) => {
  const forward = swinging(120)
  const backward = swinging(-120)
  t.true(forward.skewQ8 > 15, `${forward.skewQ8}`)
  t.true(backward.skewQ8 < -15, `${backward.skewQ8}`)
  t.is(forward.crossings, (2 * WINDOW_TICKS) / STRIDE_TICKS)
  t.is(backward.crossings, forward.crossings)
})

test("what hardly moves has no third moment", (t) => {
  t.is(swinging(3).skewQ8, 0)
})

test("no rate leaves int32", (t) => {
  const sense = swinging(4000)
  t.true(Number.isInteger(sense.skewQ8) && Math.abs(sense.skewQ8) < 2 ** 20)
})
