import test from "ava"
import { BEYOND_QUARTER_RANGE, isClipped, QUARTER_RANGE } from "../../src/motion/clipping"

const isFar = (value: number) => ((value + QUARTER_RANGE) & BEYOND_QUARTER_RANGE) !== 0

test("an axis within one count of either end of int16 is clipped, whichever it is", (t) => {
  for (const value of [32767, -32767, -32768])
    for (let axis = 0; axis < 3; axis++) {
      const axes = [0, 0, 0]
      axes[axis] = value
      t.true(isClipped(...(axes as [number, number, number])), `${axes}`)
    }
  t.false(isClipped(32766, -32766, 0))
})

test("past a quarter of its range an axis is looked at more closely, and no clipped one escapes that", (t) => {
  for (let value = -32768; value <= 32767; value++) {
    if (isFar(value) !== (value < -QUARTER_RANGE || value >= QUARTER_RANGE)) t.fail(`${value}`)
    if (isClipped(value, 0, 0) && !isFar(value)) t.fail(`${value} is clipped`)
  }
  t.pass()
})
