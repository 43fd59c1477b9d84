import test from "ava"
import fc from "fast-check"
import { RollingMedian } from "../../src/run/rolling-median"
import { median } from "./strides"

const CAPACITY = 12

test("it is the median of the newest values, also when the window changes on the way", (t) => {
  const step = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.option(fc.integer({ min: 1, max: CAPACITY })))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const rolling = new RollingMedian(CAPACITY)
      let window = CAPACITY
      const values: number[] = []
      for (const [value, newWindow] of steps) {
        if (newWindow !== null) {
          window = newWindow
          rolling.setWindow(window)
        }
        rolling.add(value)
        values.push(value)
        if (rolling.median !== Math.floor(median(values.slice(-window)))) return false
        if (rolling.full !== values.length >= window) return false
      }
      return true
    }),
  )
  t.pass()
})

test("cleared, it has forgotten everything", (t) => {
  const rolling = new RollingMedian(CAPACITY)
  rolling.setWindow(2)
  for (const value of [1, 2, 3]) rolling.add(value)
  rolling.clear()
  t.is(rolling.median, 0)
  t.false(rolling.full)
  rolling.add(9)
  t.is(rolling.median, 9)
})

test("a window longer than the memory is as long as the memory", (t) => {
  const rolling = new RollingMedian(3)
  rolling.setWindow(100)
  for (const value of [100, 1, 2, 3]) rolling.add(value)
  t.is(rolling.median, 2)
  t.true(rolling.full)
})
