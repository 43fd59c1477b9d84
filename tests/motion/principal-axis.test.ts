import test from "ava"
import { PrincipalAxis, type RateSums } from "../../src/motion/principal-axis"
import { WINDOW_TICKS } from "../../src/motion/swing-window"
import { angleDeg, type Vector } from "./thigh-motion"

/** A window of rates to and fro along `main`, and less so along two others. */
function addWindow(principal: PrincipalAxis, main: Vector, rest = 0): void {
  const sums: RateSums = { x: 0, y: 0, z: 0, xx: 0, yy: 0, zz: 0, xy: 0, xz: 0, yz: 0 }
  for (let tick = 0; tick < WINDOW_TICKS; tick++) {
    const along = tick & 1 ? 1 : -1
    const x = Math.round(200 * along * main[0] + rest * (tick & 2 ? 1 : -1))
    const y = Math.round(200 * along * main[1] + rest * (tick & 4 ? 1 : -1))
    const z = Math.round(200 * along * main[2] + rest * (tick & 8 ? 1 : -1))
    const parts = { x, y, z, xx: x * x, yy: y * y, zz: z * z, xy: x * y, xz: x * z, yz: y * z }
    for (const [name, part] of Object.entries(parts)) sums[name as keyof RateSums] += part
  }
  principal.addWindow(sums)
}

function find(principal: PrincipalAxis): boolean {
  principal.narrow()
  return principal.find()
}

for (const main of [
  [1, 0, 0],
  [0, 1, 0],
  [0.6, 0, 0.8],
  [-0.48, 0.6, 0.64],
] as Vector[])
  test(`rates along ${main} have that axis, of length 1`, (t) => {
    const principal = new PrincipalAxis()
    addWindow(principal, main, 40)
    t.true(find(principal))
    const { axis } = principal
    const off = angleDeg([axis.x, axis.y, axis.z], main)
    t.true(Math.min(off, 180 - off) < 1, `${off}°`)
    t.true(Math.abs(Math.hypot(axis.x, axis.y, axis.z) - 16384) < 4)
  })

test("the axis stays on the side where it was", (t) => {
  const principal = new PrincipalAxis()
  addWindow(principal, [0, 0.6, 0.8])
  find(principal)
  const { y } = principal.axis
  addWindow(principal, [0, -0.6, -0.8])
  find(principal)
  t.is(Math.sign(principal.axis.y), Math.sign(y))
})

test("rates all about have no axis, and rates too small none either", (t) => {
  const principal = new PrincipalAxis()
  addWindow(principal, [0, 0, 0], 100)
  t.false(find(principal))
  principal.reset()
  addWindow(principal, [0.05, 0, 0])
  t.false(find(principal))
})
