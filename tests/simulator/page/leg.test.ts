/** The drawn leg: its joints by the angles, its foot on the ground. */
import test from "ava"
import fc from "fast-check"
import { LegMotion } from "../../../simulator/page/drawing/leg-motion"
import { legPose, SHANK_LENGTH, STANDING_REACH, THIGH_LENGTH } from "../../../simulator/page/drawing/leg-pose"
import { isPast, legReading } from "../../../simulator/page/drawing/leg-reading"
import { Ring } from "../../../simulator/page/drawing/ring"

const PICTURE_S = 1 / 60
const near = (one: number, other: number) => Math.abs(one - other) < 1e-9

test("who stands has a straight leg over a flat foot", (t) => {
  const pose = legPose(0, 0, 1)
  t.true(near(pose.thighTurn, 0) && near(pose.shankTurn, 0) && near(pose.footTurn, 0))
  t.is(pose.reach, STANDING_REACH)
  t.true(near(pose.ankleForward, 0))
})

test("a thigh forward brings the ankle forward, a bent knee brings it back and up", (t) => {
  t.true(near(legPose(30, 0, 1).ankleForward, (THIGH_LENGTH + SHANK_LENGTH) / 2))
  t.true(legPose(0, 90, 0).ankleForward < -100)
  t.true(legPose(0, 90, 0).reach < legPose(0, 30, 0).reach)
})

test("seated, the shank hangs and the foot lies flat", (t) => {
  const { shankTurn, footTurn, reach } = legPose(90, 90, 1)
  t.true(near(shankTurn, 0) && near(footTurn, 0))
  t.true(near(reach, STANDING_REACH - THIGH_LENGTH))
})

for (const [words, thighDeg, kneeDeg, footTurn] of [
  ["lies flat in stance, the knee bent over it", 22, 38, 0],
  ["rises at its heel when the shank leans far forward", -20, 20, 22],
  ["rises at its toes when the leg reaches far forward", 35, 5, -5],
] as const) {
  test(`a foot that carries ${words}`, (t) => t.true(near(legPose(thighDeg, kneeDeg, 1).footTurn, footTurn)))
}

test("with its toes up, the leg reaches down to its heel", (t) => {
  const ankle = THIGH_LENGTH * Math.cos((35 * Math.PI) / 180) + SHANK_LENGTH * Math.cos((30 * Math.PI) / 180)
  t.true(Math.abs(legPose(35, 5, 1).reach - ankle - 20.15) < 0.01)
})

test("no part of the foot goes through the ground, whatever the leg does", (t) => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          thigh: fc.double({ min: -40, max: 100, noNaN: true }),
          knee: fc.double({ min: -5, max: 140, noNaN: true }),
          loaded: fc.boolean(),
        }),
        {
          minLength: 1,
          maxLength: 40,
        },
      ),
      (rows) => {
        const motion = new LegMotion()
        for (const { thigh, knee, loaded } of rows) {
          motion.step(PICTURE_S, thigh, knee, loaded)
          t.true(motion.hipUp >= motion.pose.reach - 1e-9)
          t.true(Number.isFinite(motion.ground) && motion.seat >= 0 && motion.seat <= 1)
        }
      },
    ),
  )
})

function strides(motion: LegMotion, count: number): { reaches: number[]; up: number[] } {
  const reaches: number[] = []
  const up: number[] = []
  for (let picture = 0; picture < count * 42; picture++) {
    const phase = (picture % 42) / 42
    const isLoaded = phase < 0.33
    const thigh = 8 + 27 * Math.cos(2 * Math.PI * phase)
    const knee = isLoaded
      ? 20 + 25 * Math.sin((Math.PI * phase) / 0.33)
      : 20 + 85 * Math.sin((Math.PI * (phase - 0.33)) / 0.67)
    motion.step(PICTURE_S, thigh, knee, isLoaded)
    if (phase > 0.1 && phase < 0.3) {
      reaches.push(motion.pose.reach)
      up.push(motion.hipUp)
    }
  }
  return { reaches, up }
}

test("running, the hip stands over the foot that carries, and the ground passes beneath", (t) => {
  const motion = new LegMotion()
  const { reaches, up } = strides(motion, 4)
  up.slice(-20).forEach((height, index) => {
    t.true(
      height - (reaches.slice(-20)[index] as number) < 12,
      `the foot floats by ${height - (reaches.slice(-20)[index] as number)}`,
    )
  })
  t.true(motion.ground > 100)
  t.is(motion.seat, 0)
})

test("who sits gets a seat, and the ground stands still", (t) => {
  const motion = new LegMotion()
  for (let picture = 0; picture < 180; picture++) motion.step(PICTURE_S, 86, 88, false)
  t.true(motion.seat > 0.95)
  t.true(motion.hipUp < STANDING_REACH - 90)
  const { ground } = motion
  motion.step(PICTURE_S, 86, 88, false)
  t.true(motion.ground - ground < 0.01)
})

for (const elapsedS of [30, -30]) {
  test(`after a jump in time by ${elapsedS} s the leg is at once where it belongs`, (t) => {
    const motion = new LegMotion()
    strides(motion, 2)
    const { ground } = motion
    motion.step(elapsedS, 0, 0, true)
    t.is(motion.hipUp, STANDING_REACH)
    t.is(motion.ground, ground)
  })
}

function rowsOf(...rows: number[][]): Ring {
  const ring = new Ring(16, 3)
  for (const row of rows) ring.push(row)
  return ring
}

test("an estimate that does not come any more is no estimate; a leg whose motion is over stays as it is", (t) => {
  const rows = rowsOf([1, 40, 20, 1], [1.1, 44, 22, 1])
  t.is(legReading(rows, 1.3, false)?.kneeDeg, 44)
  t.is(legReading(rows, 3, false), undefined)
  t.deepEqual(legReading(rows, 300, true), { kneeDeg: 44, thighDeg: 22, isLoaded: true })
  t.is(legReading(rowsOf(), 1, true), undefined)
})

test("a knee is past the threshold while the leg is loaded alone", (t) => {
  const reading = { kneeDeg: 44, thighDeg: 20, isLoaded: true }
  t.true(isPast(reading, 30))
  t.false(isPast(reading, 44))
  t.false(isPast({ ...reading, isLoaded: false }, 30))
  t.false(isPast(undefined, 30))
})
