import test from "ava"
import { ShankMount } from "../../src/motion/shank-mount"

const UNIT = 16384

/** Standing, then bends in which the shank's top leans forward by `leanDeg`: up as a sensor that is turned about it sees it. */
function calibrated(turnDeg: number, { leanDeg = 9, bends = 3, stands = true } = {}) {
  const up = { upX: 0, upY: 0, upZ: 0 }
  const moments = { bending: false, bends: 0, complete: false }
  const mount = new ShankMount(up, moments)
  const turn = (turnDeg * Math.PI) / 180
  const lean = (deg: number) => {
    // Forward in the sensor's frame: (cos, 0, sin) of the turn.
    const forward = Math.sin((deg * Math.PI) / 180) * UNIT
    up.upX = Math.round(Math.cos(turn) * forward)
    up.upZ = Math.round(Math.sin(turn) * forward)
    up.upY = Math.round(Math.cos((deg * Math.PI) / 180) * UNIT)
  }
  const step = (samples: number, resting: boolean, deg: (share: number) => number) => {
    for (let n = 0; n < samples; n++) {
      lean(deg(n / samples))
      mount.step(resting)
    }
  }
  step(200, stands, () => 0)
  for (let bend = 0; bend < bends; bend++) {
    moments.bending = true
    step(250, false, (share) => 0 - leanDeg * Math.sin(Math.PI * share))
    moments.bending = false
    moments.bends++
    step(100, true, () => 0)
  }
  return { mount, moments, step }
}

for (const turnDeg of [0, 37, 90, 180, -90])
  test(`turned by ${turnDeg}° about the shank: up is standing, forward is where the ankle would go, to 2°`, (t) => {
    const { mount } = calibrated(turnDeg)
    t.true(mount.find())
    const { upX, upY, upZ, forwardX, forwardZ } = mount.mount
    t.true(Math.hypot(upX, upY - UNIT, upZ) < UNIT / 100)
    const foundDeg = (Math.atan2(forwardZ, forwardX) * 180) / Math.PI
    const off = ((foundDeg - turnDeg + 540) % 360) - 180
    t.true(Math.abs(off) < 2, `${foundDeg}°`)
  })

test("a shank that leans by 3° only is found too, one that does not lean is not", (t) => {
  t.true(calibrated(0, { leanDeg: 3 }).mount.find())
  t.false(calibrated(0, { leanDeg: 0 }).mount.find())
})

test("who never stood still has no mount", (t) => {
  t.false(calibrated(0, { stands: false, bends: 0 }).mount.find())
})

test("bends that the calibration forgot do not count: the new ones tell", (t) => {
  const { mount, moments, step } = calibrated(0, { bends: 2 })
  moments.bends = 0
  step(50, true, () => 0)
  for (let bend = 0; bend < 3; bend++) {
    moments.bending = true
    // The other way round.
    step(250, false, (share) => 9 * Math.sin(Math.PI * share))
    moments.bending = false
    moments.bends++
    step(20, true, () => 0)
  }
  t.true(mount.find())
  t.true(mount.mount.forwardX < -0.99 * UNIT, `${mount.mount.forwardX}`)
})

test("a restart forgets it all", (t) => {
  const { mount } = calibrated(0)
  mount.restart()
  t.false(mount.find())
})
