import test from "ava"
import { rowBytes } from "../../src/ble/fields"
import { LIVE, LIVE_AT, LiveFlag } from "../../src/ble/live-layout"
import { Activity } from "../../src/motion/stride"

test("the places that the device writes at are those of the layout", (t) => {
  const places: Record<string, number> = {}
  let offset = 0
  for (const field of LIVE.head) {
    places[field.name] = offset
    offset += rowBytes([field])
  }
  t.deepEqual({ ...places, angles: offset }, LIVE_AT)
})

test("at the smallest MTU a notification has room for four angles, at 31 for eight", (t) => {
  const bytes = (angles: number) => rowBytes(LIVE.head) + angles * rowBytes(LIVE.lists.angles)
  t.is(bytes(4), 23 - 3)
  t.is(bytes(8), 31 - 3)
})

test("every activity has room below the flags", (t) => {
  t.true(Math.max(...Object.values(Activity)) < Math.min(...Object.values(LiveFlag)))
})
