import test from "ava"
import { MountAxes, SwingNews, UsualSwing } from "../../src/motion/usual-swing"
import { Vector as Direction } from "../../src/motion/vector"
import { angleDeg, type Matrix, rotation, times, type Vector } from "./thigh-motion"

const ONE = 16384
const { none, known, shifted, settled } = SwingNews
const RADIANS = Math.PI / 180
const turn = (axis: Vector, deg: number): Matrix =>
  rotation(axis.map((part) => part * deg * RADIANS) as Vector)
const NOT_TURNED = turn([1, 0, 0], 0)
const counts = ([x, y, z]: Vector) =>
  new Direction(Math.round(x * ONE), Math.round(y * ONE), Math.round(z * ONE))
const partsOf = ({ x, y, z }: Direction): Vector => [x, y, z]
/** In the thigh's frame: up leans forward by 13°, the axis is the knee's and leans up by 10°. */
const UP: Vector = [Math.sin(13 * RADIANS), 0, Math.cos(13 * RADIANS)]
const AXIS: Vector = [0, -Math.cos(10 * RADIANS), Math.sin(10 * RADIANS)]

function wearing() {
  const axes = new MountAxes()
  axes.forward.set(ONE, 0, 0)
  axes.up.set(0, 0, ONE)
  axes.side.set(0, -ONE, 0)
  const swing = new UsualSwing(axes)
  const see = (slip: Matrix) => {
    const news = swing.see(counts(times(slip, UP)), counts(times(slip, AXIS)))
    if ((news === shifted || news === settled) && swing.buildNow() && swing.buildUsual()) swing.turnAxes()
    return news
  }
  return { axes, swing, see }
}

test("four windows make the swing known", (t) => {
  const { see } = wearing()
  t.deepEqual(
    [1, 2, 3, 4, 5].map(() => see(NOT_TURNED)),
    [none, none, none, known, none],
  )
})

test("the swing is as usual while it is known and a window is within half of the limits", (t) => {
  const { swing, see } = wearing()
  const isUsualAfter = (deg: number) => {
    see(turn([0, 0, 1], deg))
    return swing.isUsual
  }
  t.deepEqual([0, 0, 0, 0, 0].map(isUsualAfter), [false, false, false, false, true])
  t.deepEqual([2, 4, 0, 10, 10, 10, 10].map(isUsualAfter), [true, false, true, false, false, false, false])
  swing.forget()
  t.false(swing.isUsual)
})

for (const [what, axis] of [
  ["forward", [0, -1, 0]],
  ["sideways", [1, 0, 0]],
  ["about the thigh", [0, 0, 1]],
] as const)
  test(`a sensor that slipped ${what} by 10° is told of at the third window, and the axes are turned along, finely four windows later`, (t) => {
    const { axes, see } = wearing()
    for (let n = 0; n < 8; n++) see(NOT_TURNED)
    const slip = turn([...axis] as Vector, 10)
    t.deepEqual(
      [1, 2, 3].map(() => see(slip)),
      [none, none, shifted],
    )
    t.deepEqual(
      [1, 2, 3, 4, 5].map(() => see(slip)),
      [none, none, none, none, settled],
    )
    t.true(angleDeg(partsOf(axes.forward), times(slip, [1, 0, 0])) < 0.2)
    t.true(angleDeg(partsOf(axes.up), times(slip, [0, 0, 1])) < 0.2)
    t.deepEqual(
      [1, 2, 3, 4].map(() => see(slip)),
      [none, none, none, none],
    )
  })

test("windows that are off each in their own way are noise, and so is one between others", (t) => {
  const { see } = wearing()
  for (let n = 0; n < 8; n++) see(NOT_TURNED)
  for (const deg of [8, -9, 12, -7, 16, 0, 10, 10, 0, 10, 10, 0])
    t.is(see(turn([0, -1, 0], deg)), none, `${deg}`)
})

test("a lean that comes on slowly is followed", (t) => {
  const { see } = wearing()
  for (let n = 0; n < 8; n++) see(NOT_TURNED)
  for (let n = 0; n < 60; n++) t.is(see(turn([0, -1, 0], 0.2 * n)), none)
})
