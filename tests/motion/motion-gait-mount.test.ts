/** Recorded sessions whose mount comes from gait: no bends, another way round, the other leg, a strap that slips. */
import test from "ava"
import { Leg } from "../../src/motion/leg"
import { MountQuality } from "../../src/motion/mount-upkeep"
import { type Mount, setMount } from "../../src/motion/sagittal"
import type { Stride } from "../../src/motion/stride"
import { play, readSession, sampleAt, sessionMotion, type Told } from "./session"
import { angleDeg, type Matrix, rotation, type Sample, times, type Vector } from "./thigh-motion"

const NAMES = ["S01", "S10"]
const sessions = await Promise.all(NAMES.map(readSession))
const wholes = sessions.map(({ samples }) => play(samples))
/** The bends are over, and there are some seconds of standing. */
const BENDS_OVER_S = 25.8

const clipped = (value: number) => Math.max(-32768, Math.min(32767, Math.round(value)))
const both = ([gx, gy, gz, ax, ay, az]: Sample, change: (part: Vector, isTurn: boolean) => Vector): Sample =>
  [...change([gx, gy, gz], true), ...change([ax, ay, az], false)].map(clipped) as Sample
const turnedBy = (samples: readonly Sample[], turn: Matrix) =>
  samples.map((sample) => both(sample, (part) => times(turn, part)))
const forwardOf = (mount: Mount): Vector => [mount.forwardX, mount.forwardY, mount.forwardZ]
const upOf = (mount: Mount): Vector => [mount.upX, mount.upY, mount.upZ]
const sideOf = (mount: Mount): Vector => {
  const [fx, fy, fz] = forwardOf(mount)
  const [ux, uy, uz] = upOf(mount)
  return [fy * uz - fz * uy, fz * ux - fx * uz, fx * uy - fy * ux].map((part) => part / 16384) as Vector
}
const about = (axis: Vector, deg: number): Matrix => {
  const length = Math.hypot(...axis)
  return rotation(axis.map((part) => (part / length) * ((deg * Math.PI) / 180)) as Vector)
}
const past = ({ strides }: Told, deg: number) =>
  strides.filter(({ peakFlexionCdeg }) => peakFlexionCdeg > deg * 100).length
const medianPeak = ({ strides }: Told) =>
  strides.map(({ peakFlexionCdeg }) => peakFlexionCdeg).sort((a, b) => a - b)[strides.length >> 1] as number

for (const [index, name] of NAMES.entries()) {
  const { samples, truth } = sessions[index] as (typeof sessions)[number]
  const whole = wholes[index] as Told
  const withoutBends = samples.slice(sampleAt(BENDS_OVER_S))

  for (const strapTurn of [0, 90, 180])
    test(`${name}: without bends, the strap turned by ${strapTurn}°, gait tells the mount, and what was run before it knew is counted`, (t) => {
      const turn = about(upOf(whole.motion.mount), strapTurn)
      const told = play(turnedBy(withoutBends, turn))
      t.is(told.motion.mountQuality, MountQuality.standing)
      const ranS = (told.calibratedMs[0] ?? 0) / 1000 - ((truth.bouts[0]?.startS ?? 0) - BENDS_OVER_S)
      t.true(ranS > 0 && ranS < 9, `${ranS} s after the run began`)
      const mount = told.motion.mount
      t.true(angleDeg(forwardOf(mount), times(turn, forwardOf(whole.motion.mount))) < 10)
      t.true(angleDeg(upOf(mount), times(turn, upOf(whole.motion.mount))) < 1.5)
      t.true(Math.abs(told.strides.length - whole.strides.length) <= 2, `${told.strides.length}`)
      t.true(Math.abs(medianPeak(told) - medianPeak(whole)) < 200, `${medianPeak(told)}`)
      t.deepEqual(told.shiftedMs, [])
    })

  test(`${name}: what waits once gait has told the mount is stepped in its order, two with each new sample`, (t) => {
    const spread = play(withoutBends)
    const atOnce = play(withoutBends, { isCaughtUpAtOnce: true })
    t.is(spread.strides.length, atOnce.strides.length)
    const mostOff = (of: (stride: Stride) => number) =>
      Math.max(...spread.strides.map((stride, n) => Math.abs(of(stride) - of(atOnce.strides[n] as Stride))))
    // Of what was turned, a sample that waits keeps half, in eight bits.
    t.true(mostOff(({ contactMs }) => contactMs) <= 10)
    t.true(mostOff(({ contactTimeMs }) => contactTimeMs) <= 10)
    t.true(mostOff(({ periodMs }) => periodMs) <= 10)
    t.true(mostOff(({ peakFlexionCdeg }) => peakFlexionCdeg) <= 100)
    t.is(spread.motion.samples, withoutBends.length)
    t.true(angleDeg(upOf(spread.motion.mount), upOf(atOnce.motion.mount)) < 0.5)
    t.true(angleDeg(forwardOf(spread.motion.mount), forwardOf(atOnce.motion.mount)) < 1)
  })

  test(`${name}: a sensor put on in mid-run takes the average runner's standing, until there is one`, (t) => {
    const fromS = (truth.bouts[0]?.startS ?? 0) + 15
    const running = samples.slice(sampleAt(fromS))
    const early = play(running.slice(0, sampleAt(25)))
    t.is(early.motion.mountQuality, MountQuality.gait)
    t.true((early.calibratedMs[0] ?? 0) < 12_600, `${early.calibratedMs[0]}`)
    t.true(angleDeg(upOf(early.motion.mount), upOf(whole.motion.mount)) < 8)
    t.true(early.strides.length >= 24, `${early.strides.length}`)
    const later = play(running)
    t.is(later.motion.mountQuality, MountQuality.standing)
    t.true(angleDeg(upOf(later.motion.mount), upOf(whole.motion.mount)) < 2.5)
  })

  test(`${name}: bends made after running make it a calibration by bends`, (t) => {
    const told = play([...withoutBends, ...samples.slice(0, sampleAt(BENDS_OVER_S))])
    t.is(told.motion.mountQuality, MountQuality.bends)
    t.is(told.calibratedMs.length, 2)
  })

  test(`${name}: bends made right after the first strides are seen, though what was run before waits`, (t) => {
    const fromS = (truth.bouts[0]?.startS ?? 0) + 5
    const soon = [
      ...samples.slice(sampleAt(fromS), sampleAt(fromS + 11)),
      ...samples.slice(sampleAt(5), sampleAt(BENDS_OVER_S)),
    ]
    const motion = sessionMotion()
    let behind = 0
    const { calibratedMs } = play(soon, {
      motion,
      lost: (n) => {
        if (n === sampleAt(15)) behind = motion.behind
        return false
      },
    })
    t.true(behind > 0, "the strides still wait while who ran stands")
    t.is(motion.mountQuality, MountQuality.bends)
    t.is(calibratedMs.length, 2)
  })

  test(`${name}: a stored mount whose strap now sits 25° further forward shows no gait, and gait takes its place`, (t) => {
    const stored: Mount = { ...whole.motion.mount }
    const turn = about(sideOf(stored), 25)
    const [upX, upY, upZ] = times(turn, upOf(stored)).map(Math.round) as Vector
    const [x, y, z] = times(turn, forwardOf(stored)).map(Math.round) as Vector
    t.true(setMount(stored, upX, upY, upZ, x, y, z))
    const motion = sessionMotion()
    motion.restore(stored, MountQuality.bends, Leg.unknown)
    const told = play(withoutBends, { motion })
    t.true(whole.strides.length - told.strides.length <= 20, `${told.strides.length} strides`)
    t.true(angleDeg(upOf(motion.mount), upOf(whole.motion.mount)) < 4)
  })

  test(`${name}: the same motion mirrored is worn on the other leg`, (t) => {
    const side = sideOf(whole.motion.mount)
    const length = Math.hypot(...side)
    const [x, y, z] = side.map((part) => part / length) as Vector
    // A turn is mirrored the other way round.
    const mirrored = samples.map((sample) =>
      both(sample, (part, isTurn) => {
        const along = 2 * (part[0] * x + part[1] * y + part[2] * z)
        const image: Vector = [part[0] - along * x, part[1] - along * y, part[2] - along * z]
        return isTurn ? (image.map((value) => -value) as Vector) : image
      }),
    )
    const left = play(mirrored)
    t.is(left.strides.length, whole.strides.length)
    t.true(Math.abs(medianPeak(left) - medianPeak(whole)) < 20)
    if (whole.motion.leg === Leg.unknown) t.is(left.motion.leg, Leg.unknown)
    else t.deepEqual([whole.motion.leg, left.motion.leg], [Leg.right, Leg.left])
  })

  for (const [what, axisOf, slipDeg] of [
    ["about the thigh", upOf, 10],
    ["the other way about the thigh", upOf, -10],
    ["forward", sideOf, 10],
    ["backward", sideOf, -10],
    ["sideways", forwardOf, 10],
  ] as const)
    test(`${name}: a strap that slips ${what} by 10° in mid-run is noticed within 30 strides, and counts stay within 5 %`, (t) => {
      const [bout] = truth.bouts
      const slipS = ((bout?.startS ?? 0) + (bout?.endS ?? 0)) / 2
      const turn = about(axisOf(whole.motion.mount), slipDeg)
      const slipped = samples.map((sample, n) =>
        n < sampleAt(slipS) ? sample : both(sample, (part) => times(turn, part)),
      )
      const told = play(slipped)
      t.is(told.shiftedMs.length, 1, "once")
      const noticedMs = told.shiftedMs[0] ?? 0
      const until = told.strides.filter(({ toeOffMs }) => toeOffMs > slipS * 1000 && toeOffMs < noticedMs)
      t.true(noticedMs > slipS * 1000 && until.length <= 30, `${until.length} strides`)
      t.is(told.strides.length, whole.strides.length)
      t.true(Math.abs(past(told, 30) - past(whole, 30)) <= 0.05 * whole.strides.length, `${past(told, 30)}`)
      t.true(Math.abs(medianPeak(told) - medianPeak(whole)) < 100, `${medianPeak(told)}`)
      // The mount went along with the strap.
      const expected = times(turn, forwardOf(whole.motion.mount))
      t.true(angleDeg(forwardOf(told.motion.mount), expected) < 3)
    })

  test(`${name}: nothing slips in a session as it was recorded`, (t) => {
    t.deepEqual(whole.shiftedMs, [])
  })
}

test("a stored mount that is another way round than the strap gives way to gait", (t) => {
  const [{ samples }] = sessions as [(typeof sessions)[number]]
  const [whole] = wholes as [Told]
  const { upX, upY, upZ } = whole.motion.mount
  const stored: Mount = { ...whole.motion.mount }
  const [x, y, z] = times(about(upOf(stored), 100), forwardOf(stored)).map(Math.round) as Vector
  t.true(setMount(stored, upX, upY, upZ, x, y, z))
  const motion = sessionMotion()
  motion.restore(stored, MountQuality.bends, Leg.unknown)
  const told = play(samples.slice(sampleAt(BENDS_OVER_S)), { motion })
  t.is(told.shiftedMs.length, 1)
  t.is(motion.mountQuality, MountQuality.standing)
  t.true(angleDeg(forwardOf(motion.mount), forwardOf(whole.motion.mount)) < 10)
})
