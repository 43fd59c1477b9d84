import test from "ava"
import { Leg, LegSense } from "../../src/motion/leg"
import { Vector } from "../../src/motion/vector"

const WINDOWS = 16
const UP = new Vector(0, 16384, 0)
/** A swing's axis that leans up by so many degrees. */
const leaning = (deg: number): Vector => {
  const angle = (deg * Math.PI) / 180
  return new Vector(0, Math.round(16384 * Math.sin(angle)), Math.round(16384 * Math.cos(angle)))
}
function legAfter(windows: number, deg: number): Leg {
  const sense = new LegSense()
  for (let window = 0; window < windows; window++) sense.window(UP, leaning(deg))
  return sense.leg
}

test("an axis that leans up is the right leg's, one that leans down the left one's", (t) => {
  t.is(legAfter(WINDOWS, 10), Leg.right)
  t.is(legAfter(WINDOWS, -10), Leg.left)
  t.is(legAfter(WINDOWS, 2), Leg.unknown)
})

test("it takes forty seconds of gait to tell, again after they are forgotten", (t) => {
  t.is(legAfter(WINDOWS - 1, 10), Leg.unknown)
  const sense = new LegSense()
  for (let window = 0; window < WINDOWS - 1; window++) sense.window(UP, leaning(10))
  sense.forget()
  sense.window(UP, leaning(10))
  t.is(sense.leg, Leg.unknown)
})
