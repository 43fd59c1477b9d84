import test from "ava"
import { createSwingSense } from "../../src/motion/swing-sense"

const WINDOW_TICKS = 32
const STRIDE_TICKS = 8

/** Windows of a swing that is fast one way, for two ticks, and slow the other. */
function swinging(fast: number) {
  const sense = createSwingSense(WINDOW_TICKS)
  for (let window = 0; window < 4; window++) {
    for (let tick = 0; tick < WINDOW_TICKS; tick++)
      sense.step(tick % STRIDE_TICKS < 2 ? fast : Math.round(-fast / 3))
    sense.endWindow()
  }
  return sense
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
