import test from "ava"
import fc from "fast-check"
import { MAX_MINUTES, MinuteSums } from "../../src/run/minute-sums"
import { sum } from "./strides"

test("the newest whole minutes add up to what came in them, however long the pauses", (t) => {
  const steps = fc.array(fc.tuple(fc.oneof(fc.nat(2), fc.nat(200)), fc.nat(1000)), { maxLength: 100 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: MAX_MINUTES }), (given, minutes) => {
      const sums = new MinuteSums()
      const came: [minute: number, amount: number][] = []
      let now = 0
      for (const [later, amount] of given) {
        now += later
        sums.add(now, amount)
        came.push([now, amount])
        const whole = came
          .filter(([minute]) => minute < now && minute >= now - minutes)
          .map(([, each]) => each)
        if (sums.lastWhole(minutes) !== (now < minutes ? undefined : sum(whole))) return false
      }
      return true
    }),
  )
  t.pass()
})

test("it remembers an hour, no more, and nothing once cleared", (t) => {
  const sums = new MinuteSums()
  for (let minute = 0; minute <= 70; minute++) sums.add(minute, 1)
  t.is(sums.lastWhole(60), 60)
  t.is(sums.lastWhole(61), undefined)
  sums.clear()
  t.is(sums.lastWhole(1), undefined)
  sums.add(1, 5)
  t.is(sums.lastWhole(1), 0)
})
