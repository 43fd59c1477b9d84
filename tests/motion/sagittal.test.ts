import test from "ava"
import fc from "fast-check"
import { atan2Cdeg, ONE_Q14 } from "../../src/motion/fixed-point"
import { createOrientation } from "../../src/motion/orientation"
import { createMount, type Mount, Sagittal, setMount } from "../../src/motion/sagittal"
import {
  angleDeg,
  COUNTS_PER_G,
  type Matrix,
  measure,
  type Sample,
  times,
  turned,
  type Vector,
} from "./thigh-motion"

const UP: Vector = [0, 0, 1]
const FORWARD: Vector = [1, 0, 0]
const q14 = (v: Vector) => v.map((part) => Math.round(part * ONE_Q14)) as Vector
const upOf = ({ upX, upY, upZ }: Mount): Vector => [upX, upY, upZ]
const forwardOf = ({ forwardX, forwardY, forwardZ }: Mount): Vector => [forwardX, forwardY, forwardZ]

const anySensor = fc
  .tuple(
    fc.integer({ min: -180, max: 180 }),
    fc.integer({ min: -90, max: 90 }),
    fc.integer({ min: -90, max: 90 }),
  )
  .map((angles) => turned(...angles))

function mountOf(sensor: Matrix): Mount {
  const mount = createMount()
  setMount(mount, ...q14(times(sensor, UP)), ...q14(times(sensor, FORWARD)))
  return mount
}

const PERIOD_US = 10_000

/** What is told of one force by a sensor that is at rest in this mount, up (of any length) being where it really is. */
function toldOf(mount: Mount, force: Vector, up: Vector) {
  const sagittal = new Sagittal()
  const orientation = createOrientation(PERIOD_US, sagittal)
  // Settled, a sample moves up by next to nothing.
  const gravity = up.map((part) => Math.round(part * COUNTS_PER_G)) as Vector
  for (let n = 0; n < 300; n++) orientation.step(0, 0, 0, ...gravity)
  orientation.restart(...q14(up))
  orientation.remount(mount)
  orientation.step(0, 0, 0, ...force)
  return { sagittal, orientation }
}

function seen(sensor: Matrix, force: Vector, thighDeg: number) {
  const thigh = (thighDeg * Math.PI) / 180
  return toldOf(mountOf(sensor), force, times(sensor, [Math.sin(thigh), 0, Math.cos(thigh)])).sagittal
}

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

test("angle and forces are those of up in the mount's plane, to the last bit", (t) => {
  const anyPart = fc.integer({ min: -1000, max: 1000 })
  const anyForce = fc.integer({ min: -32768, max: 32767 })
  fc.assert(
    fc.property(
      anySensor,
      fc.tuple(anyPart, anyPart, anyPart),
      fc.tuple(anyForce, anyForce, anyForce),
      (sensor, parts, force) => {
        const mount = mountOf(sensor)
        const { sagittal, orientation } = toldOf(
          mount,
          force as Vector,
          parts.map((part) => part / 700) as Vector,
        )
        const up: Vector = [orientation.upX, orientation.upY, orientation.upZ]
        const cosine = dot(upOf(mount), up) >> 14
        const sine = dot(forwardOf(mount), up) >> 14
        t.is(sagittal.thighCdeg, atan2Cdeg(sine, cosine))
        const along = dot(forwardOf(mount), force as Vector) >> 15
        const across = dot(upOf(mount), force as Vector) >> 15
        t.is(sagittal.forwardCounts, (along * cosine - across * sine) >> 13)
        t.true(Math.abs(sagittal.upCounts - dot(up, force as Vector) / ONE_Q14) <= 3)
      },
    ),
  )
})

test("a mount is two unit vectors at right angles: up, and the part of the way that is square to it", (t) => {
  fc.assert(
    fc.property(anySensor, fc.double({ min: -1, max: 1, noNaN: true }), (sensor, along) => {
      const mount = createMount()
      // Up is not quite 1 g, and the way goes along it as well.
      const up = q14(times(sensor, [0, 0, 1.02]))
      const moved = q14(times(sensor, [0.7, 0, along * 0.7]))
      t.true(setMount(mount, ...up, ...moved))
      t.true(Math.abs(Math.hypot(...upOf(mount)) - ONE_Q14) < 4)
      t.true(Math.abs(Math.hypot(...forwardOf(mount)) - ONE_Q14) < 4)
      t.true(angleDeg(upOf(mount), times(sensor, UP)) < 0.02)
      t.true(angleDeg(forwardOf(mount), times(sensor, FORWARD)) < 0.05)
    }),
  )
})

test("up under half a g gives no mount", (t) => {
  t.false(setMount(createMount(), 0, 0, 8191, 9000, 0, 0))
  t.true(setMount(createMount(), 0, 0, 8192, 9000, 0, 0))
})

test("a way forward under 1/32 gives no mount, however long it is along up", (t) => {
  t.false(setMount(createMount(), 0, 0, ONE_Q14, 511, 0, 30000))
  t.true(setMount(createMount(), 0, 0, ONE_Q14, 0, 512, 0))
})

test("a mount that was refused is left as it was", (t) => {
  const mount = mountOf(turned(30, 20, 10))
  const before = { ...mount }
  t.false(setMount(mount, ONE_Q14, 0, 0, 500, 100, 100))
  t.deepEqual(mount, before)
})

test("wherever the sensor sits, the thigh has the same angle, positive with the knee forward", (t) => {
  fc.assert(
    fc.property(anySensor, fc.integer({ min: -90, max: 150 }), (sensor, thighDeg) => {
      const { thighCdeg } = seen(sensor, [0, 0, 0], thighDeg)
      t.true(Math.abs(thighCdeg / 100 - thighDeg) < 0.05, `${thighCdeg / 100}°, not ${thighDeg}°`)
    }),
  )
})

test("the angle does not mind up's length", (t) => {
  const { sagittal } = toldOf(mountOf(turned(0, 0, 0)), [0, 0, 0], [0.3, 0, 0.4])
  t.true(Math.abs(sagittal.thighCdeg - 3687) < 5, `${sagittal.thighCdeg}`)
})

test("pushes forward and upward in the world show with size and sign, however far the thigh is inclined; gravity only upward", (t) => {
  fc.assert(
    fc.property(
      anySensor,
      fc.integer({ min: -40, max: 80 }),
      fc.integer({ min: -40, max: 40 }),
      (sensor, thighDeg, tenths) => {
        const push = tenths / 10
        const samples = measure({
          seconds: 0.02,
          sensor,
          thighDeg: () => thighDeg,
          forwardG: () => push,
          upwardG: () => 0.5,
        })
        const { forwardCounts, upCounts } = seen(sensor, (samples[0] as Sample).slice(3) as Vector, thighDeg)
        t.true(
          Math.abs(forwardCounts / COUNTS_PER_G - push) < 0.005,
          `${forwardCounts / COUNTS_PER_G}, not ${push}`,
        )
        t.true(Math.abs(upCounts / COUNTS_PER_G - 1.5) < 0.005, `${upCounts / COUNTS_PER_G} up`)
      },
    ),
  )
})

test("a new mount counts from the sample after remount() on", (t) => {
  const { sagittal, orientation } = toldOf(mountOf(turned(0, 0, 0)), [0, 0, 0], [0, 1, 0])
  t.is(sagittal.thighCdeg, 0)
  orientation.remount(
    mountOf([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]),
  )
  t.is(sagittal.thighCdeg, 0)
  orientation.step(0, 0, 0, 0, 0, 0)
  t.true(Math.abs(sagittal.thighCdeg - 9000) <= 1)
})
