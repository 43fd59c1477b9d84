import test from "ava"
import { SwingPlane, TICK_US } from "../../src/motion/swing-plane"
import { RUNNING, runningThighDeg } from "./running-curves"
import {
  angleDeg,
  measure,
  noise,
  PERIOD_S,
  PERIOD_US,
  type Sample,
  type ThighMotion,
  times,
  turned,
  type Vector,
} from "./thigh-motion"

const ONE = 16384
const SAMPLES_PER_TICK = TICK_US / PERIOD_US
const MOUNTS = [
  [0, 0, 0],
  [90, 12, -8],
  [180, -10, 14],
  [-75, 5, 5],
] as const

interface Window {
  axis: Vector
  senseQ8: number
  isGait: boolean
  rate: number
  yaw: number
  up: Vector
}

/** A tick, and when the window is full the work at it. */
function tick(plane: SwingPlane, ...sample: [...Sample, ...Vector]): boolean {
  const [gx, gy, gz, ax, ay, az, upX, upY, upZ] = sample
  const orientation = { upX, upY, upZ, biasX: 0, biasY: 0, biasZ: 0 }
  if (!plane.window.tick(orientation, gx, gy, gz, ax, ay, az)) return false
  plane.beginWork()
  while (plane.isWorking) plane.work()
  return true
}

/** The thigh's swing with up as the sensor would know it. */
function windowsOf(plane: SwingPlane, motion: ThighMotion): Window[] {
  const { sensor = turned(0, 0, 0), thighDeg = () => 0 } = motion
  const windows: Window[] = []
  measure(motion).forEach(([gx, gy, gz, ax, ay, az], n) => {
    if (n % SAMPLES_PER_TICK !== 0) return
    const angle = (thighDeg(n * PERIOD_S) * Math.PI) / 180
    const [ux, uy, uz] = times(sensor, [ONE * Math.sin(angle), 0, ONE * Math.cos(angle)]).map(
      Math.round,
    ) as Vector
    if (!tick(plane, gx, gy, gz, ax, ay, az, ux, uy, uz)) return
    const { axis, senseQ8, isGait, rate, yaw, up } = plane
    windows.push({ axis: [axis.x, axis.y, axis.z], senseQ8, isGait, rate, yaw, up: [up.x, up.y, up.z] })
  })
  return windows
}

/** Running with the body's own pushes. */
const runningAs = (speed: 0 | 1 | 2, mount: readonly [number, number, number]): ThighMotion => {
  const curve = RUNNING[speed] as (typeof RUNNING)[number]
  return {
    seconds: 20,
    sensor: turned(mount[0], mount[1], mount[2]),
    thighDeg: (timeS) => runningThighDeg(curve, timeS),
    forwardG: (timeS) => Math.cos((2 * Math.PI * timeS) / curve.strideS),
    upwardG: (timeS) => 1.2 * Math.cos((4 * Math.PI * timeS) / curve.strideS),
  }
}

for (const mount of MOUNTS)
  test(`running with the strap turned by ${mount.join("/")}°: the axis is the knee's, and forward is told`, (t) => {
    for (const speed of [0, 1, 2] as const) {
      const windows = windowsOf(new SwingPlane(), runningAs(speed, mount)).slice(2)
      t.true(windows.length >= 5)
      for (const { axis, senseQ8, isGait } of windows) {
        t.true(isGait)
        t.true(Math.abs(senseQ8) > 70, `${senseQ8}`)
        // The thigh goes forward about its -y.
        const forward = axis.map((part) => (senseQ8 > 0 ? part : -part)) as Vector
        t.true(angleDeg(forward, times(turned(mount[0], mount[1], mount[2]), [0, -1, 0])) < 0.5)
      }
    }
  })

test("mean up is that of whole strides, within a degree", (t) => {
  const mount = MOUNTS[1]
  for (const { up } of windowsOf(new SwingPlane(), runningAs(0, mount)).slice(1)) {
    const lean = (13.16 * Math.PI) / 180
    t.true(
      angleDeg(up, times(turned(mount[0], mount[1], mount[2]), [Math.sin(lean), 0, Math.cos(lean)])) < 1.5,
    )
  }
})

const noGait = test.macro({
  exec: (t, motion: Partial<ThighMotion>) => {
    const windows = windowsOf(new SwingPlane(), { seconds: 30, sensor: turned(70, 10, -5), ...motion })
    t.true(windows.length > 10)
    for (const { isGait, senseQ8 } of windows) t.deepEqual([isGait, senseQ8], [false, 0])
  },
  title: (what) => `${what} is no gait`,
})
test("standing", noGait, {})
test("knee bends of 2.5 s", noGait, {
  thighDeg: (timeS) => 20 * (1 - Math.cos((2 * Math.PI * timeS) / 2.5)),
  upwardG: (timeS) => 0.3 * Math.cos((2 * Math.PI * timeS) / 2.5),
})
test("pedalling, which hardly shakes,", noGait, {
  thighDeg: (timeS) => 50 + 22 * Math.cos((2 * Math.PI * timeS) / 0.75),
  upwardG: (timeS) => 0.05 * Math.cos((2 * Math.PI * timeS) / 0.75),
})

test("a leg that is waved about has no plane", (t) => {
  const plane = new SwingPlane()
  const random = noise(4)
  for (let n = 0; n < 640; n++) {
    const [x, y, z] = [random(), random(), random()].map((part) => Math.round(part * 4000)) as Vector
    if (tick(plane, x, y, z, 500, 500, 2600, 0, 0, ONE)) t.false(plane.isGait)
  }
})

test("a corner shows as yaw", (t) => {
  const plane = new SwingPlane()
  const curve = RUNNING[0] as (typeof RUNNING)[number]
  for (let n = 0; n < 128; n++) {
    const swing = Math.round(3000 * Math.sin((2 * Math.PI * n * SAMPLES_PER_TICK * PERIOD_S) / curve.strideS))
    // 60 °/s about up.
    if (tick(plane, 0, swing, 857, 600, 600, 2800, 0, 0, ONE))
      t.true(Math.abs(plane.yaw * 1.12 - 60) < 2, `${plane.yaw}`)
  }
})

test("forgetWindows(): of a strap that slipped meanwhile, one window finds the axis, by which the next is judged", (t) => {
  const offDeg = (isForgotten: boolean) => {
    const plane = new SwingPlane()
    windowsOf(plane, runningAs(1, [0, 0, 0]))
    if (isForgotten) plane.forgetWindows()
    const [, second] = windowsOf(plane, { ...runningAs(1, [10, 0, 0]), seconds: 5.2 })
    const off = angleDeg(second?.axis as Vector, times(turned(10, 0, 0), [0, -1, 0]))
    return Math.min(off, 180 - off)
  }
  t.true(offDeg(true) < 0.5, `${offDeg(true)}`)
  t.true(offDeg(false) > 3, `${offDeg(false)}`)
})

test("reset() forgets the windows before", (t) => {
  const plane = new SwingPlane()
  windowsOf(plane, runningAs(0, MOUNTS[0]))
  plane.reset()
  const [first, second] = windowsOf(plane, runningAs(0, MOUNTS[0]))
  t.false(first?.isGait)
  t.true(second?.isGait)
})

test("no sample of int16 leaves int32", (t) => {
  const plane = new SwingPlane()
  const random = noise(9)
  const edge = () => (random() < 0 ? -32768 : 32767)
  for (let n = 0; n < 64 * 40; n++) {
    const pick = n < 64 * 20 ? edge : () => Math.round(random() * 32767)
    // Up is held within ±1.9 g.
    const up = () => Math.round(random() * 31_000)
    tick(plane, pick(), pick(), pick(), pick(), pick(), pick(), up(), up(), up())
    for (const value of Object.values({ ...plane, ...plane.axis, ...plane.up, ...plane.window }))
      if (typeof value === "number") t.is(value, value | 0)
  }
})
