import test from "ava"
import { Activity } from "../../src/motion/stride"
import { walkingContactDms, walkingToeOffDms } from "../../src/motion/walking-events"

test("in walking the foot is on the ground for 62 % of the stride, from half a stride before the thigh is farthest back", (t) => {
  for (const periodMs of [900, 1100, 1400]) {
    const contact = walkingContactDms(Activity.walk, periodMs) / 10
    const toeOff = walkingToeOffDms(Activity.walk, periodMs) / 10
    t.true(Math.abs((contact - toeOff) / periodMs - 0.62) < 0.01)
    t.true(Math.abs(contact / periodMs - 0.52) < 0.01)
  }
})

test("on stairs it lands later in the swing of the thigh, and lifts later", (t) => {
  t.true(walkingContactDms(Activity.stairs, 1200) < walkingContactDms(Activity.walk, 1200))
  t.true(walkingToeOffDms(Activity.stairs, 1200) < walkingToeOffDms(Activity.walk, 1200))
})
