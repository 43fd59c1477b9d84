import test from "ava"
import { createPrincipalAxis } from "../../src/motion/principal-axis"
import { angleDeg, type Vector } from "./thigh-motion"

const WINDOW_SHIFT = 5

/** A window of rates to and fro along `main`, and less so along two others. */
function addWindow(axis: ReturnType<typeof createPrincipalAxis>, main: Vector, rest = 0): void {
  const sums = [0, 0, 0, 0, 0, 0, 0, 0, 0] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let tick = 0; tick < 1 << WINDOW_SHIFT; tick++) {
    const along = tick & 1 ? 1 : -1
    const x = Math.round(200 * along * main[0] + rest * (tick & 2 ? 1 : -1))
    const y = Math.round(200 * along * main[1] + rest * (tick & 4 ? 1 : -1))
    const z = Math.round(200 * along * main[2] + rest * (tick & 8 ? 1 : -1))
    for (const [at, value] of [x, y, z, x * x, y * y, z * z, x * y, x * z, y * z].entries())
      sums[at as 0] += value
  }
  axis.addWindow(...sums)
}

for (const main of [
  [1, 0, 0],
  [0, 1, 0],
  [0.6, 0, 0.8],
  [-0.48, 0.6, 0.64],
] as Vector[])
  test(`rates along ${main} have that axis, of length 1`, (t) => {
    const axis = createPrincipalAxis(WINDOW_SHIFT)
    addWindow(axis, main, 40)
    t.true(axis.find())
    const off = angleDeg([axis.x, axis.y, axis.z], main)
    t.true(Math.min(off, 180 - off) < 1, `${off}°`)
    t.true(Math.abs(Math.hypot(axis.x, axis.y, axis.z) - 16384) < 4)
  })

test("the axis stays on the side where it was", (t) => {
  const axis = createPrincipalAxis(WINDOW_SHIFT)
  addWindow(axis, [0, 0.6, 0.8])
  axis.find()
  const { y } = axis
  addWindow(axis, [0, -0.6, -0.8])
  axis.find()
  t.is(Math.sign(axis.y), Math.sign(y))
})

test("rates all about have no axis, and rates too small none either", (t) => {
  const axis = createPrincipalAxis(WINDOW_SHIFT)
  addWindow(axis, [0, 0, 0], 100)
  t.false(axis.find())
  axis.reset()
  addWindow(axis, [0.05, 0, 0])
  t.false(axis.find())
})
