import test from "ava"
import { LastRest } from "../../src/motion/last-rest"

const LOOK_TICKS = 3
const SETTLED_LOOKS = 16
const look = (rest: LastRest, x: number, y: number, z: number): boolean =>
  Array.from({ length: LOOK_TICKS }, () => rest.tick(x, y, z)).some((isExact) => isExact)

test("the last rest is the look before the newest, which may be the beginning of a movement", (t) => {
  const rest = new LastRest()
  look(rest, 0, 16384, 0)
  t.false(rest.hasRested)
  look(rest, 16384, 0, 0)
  t.true(rest.hasRested)
  t.deepEqual({ ...rest.up }, { x: 0, y: 16384, z: 0 })
})

test("up is exact after three seconds of rest, and has to settle again after gait", (t) => {
  const rest = new LastRest()
  const looks = () => Array.from({ length: SETTLED_LOOKS }, () => look(rest, 0, 16384, 0))
  t.is(looks().indexOf(true), SETTLED_LOOKS - 1)
  rest.gaitSeen()
  t.is(looks().indexOf(true), SETTLED_LOOKS - 1)
})
