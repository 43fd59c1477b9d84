/** Each movement's poses keep to what is known of it: bounds of the angles, a foot that stands, a crank that turns, a free flight. */
import test from "ava"
import { drawBody, MEAN_BODY } from "../../../simulator/runner/body"
import type { Movement } from "../../../simulator/runner/movement"
import type { Pose } from "../../../simulator/runner/pose"
import { randomOf } from "../../../simulator/runner/random"
import { outward } from "../../../simulator/runner/rotation"
import { Skeleton } from "../../../simulator/runner/skeleton"
import { timeline } from "../../../simulator/runner/timeline"
import { type Wearer, wearerOf } from "../../../simulator/runner/wearer"
import { sessionOf } from "../../../simulator/scenario/session-of"
import { SHORT_SCENARIOS } from "../scenario/short-scenarios"

const SEEDS = [1, 2, 3, 4, 5, 6]
const STEP_S = 0.005
const DURATION_S = 20

function posesOf({ durationS, poseAt }: Movement): Pose[] {
  return Array.from({ length: Math.floor(durationS / STEP_S) }, (_, step) => poseAt(step * STEP_S))
}
/** Of six wearers, all together. */
function posesOfAll(move: (wearer: Wearer) => Movement): Pose[] {
  return SEEDS.flatMap((seed) => posesOf(move(wearerOf(drawBody(randomOf(seed, "body"), "right"), seed))))
}
const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
const least = (values: number[]) => -most(values.map((value) => -value))

interface Bounds {
  kneeMax: [number, number]
  kneeMin: [number, number]
  kneeStanceMax: [number, number]
  thighMax: [number, number]
  thighMin: [number, number]
}

/** Lowest and highest that the extreme of six wearers may have. */
const BOUNDS: [name: string, move: (wearer: Wearer) => Movement, bounds: Bounds][] = [
  [
    "walking",
    (w) => w.walk(DURATION_S),
    {
      kneeMax: [58, 67],
      kneeMin: [-2, 6],
      kneeStanceMax: [30, 42],
      thighMax: [19, 25],
      thighMin: [-24, -17],
    },
  ],
  [
    "going upstairs",
    (w) => w.upstairs(DURATION_S),
    { kneeMax: [90, 103], kneeMin: [5, 14], kneeStanceMax: [55, 70], thighMax: [50, 62], thighMin: [-4, 4] },
  ],
  [
    "going downstairs",
    (w) => w.downstairs(DURATION_S),
    { kneeMax: [90, 103], kneeMin: [5, 15], kneeStanceMax: [70, 90], thighMax: [33, 42], thighMin: [1, 8] },
  ],
  [
    "cycling",
    (w) => w.cycle(DURATION_S),
    {
      kneeMax: [105, 130],
      kneeMin: [25, 40],
      kneeStanceMax: [-Infinity, -Infinity],
      thighMax: [75, 100],
      thighMin: [25, 45],
    },
  ],
  [
    "jumping",
    (w) => w.jump(DURATION_S),
    {
      kneeMax: [60, 110],
      kneeMin: [8, 20],
      kneeStanceMax: [60, 110],
      thighMax: [28, 60],
      thighMin: [-12, -5],
    },
  ],
  [
    "sitting",
    (w) => w.sit(DURATION_S),
    { kneeMax: [80, 100], kneeMin: [-1, 1], kneeStanceMax: [70, 96], thighMax: [78, 92], thighMin: [-1, 1] },
  ],
  [
    "bending a little",
    (w) => w.bend(5),
    { kneeMax: [45, 55], kneeMin: [0, 0], kneeStanceMax: [45, 55], thighMax: [30, 55], thighMin: [0, 0] },
  ],
  [
    "squatting on the toes",
    (w) => w.squatHeelUp(5),
    { kneeMax: [80, 95], kneeMin: [0, 0], kneeStanceMax: [80, 95], thighMax: [42, 65], thighMin: [0, 0] },
  ],
]

for (const [name, move, bounds] of BOUNDS) {
  test(`${name} keeps to its bounds`, (t) => {
    const poses = posesOfAll(move)
    const knee = poses.map(({ kneeDeg }) => kneeDeg)
    const thigh = poses.map(({ thighDeg }) => thighDeg)
    const within = (value: number, [low, high]: [number, number], what: string) =>
      t.true(value >= low && value <= high, `${what}: ${value}`)
    within(most(knee), bounds.kneeMax, "highest knee")
    within(least(knee), bounds.kneeMin, "lowest knee")
    within(
      most(poses.flatMap(({ stance, kneeDeg }) => (stance ? kneeDeg : []))),
      bounds.kneeStanceMax,
      "in stance",
    )
    within(most(thigh), bounds.thighMax, "highest thigh")
    within(least(thigh), bounds.thighMin, "lowest thigh")
  })
}

test("walking gives in the knee by 15 to 20° while it takes the load", (t) => {
  const poses = posesOfAll((w) => w.walk(DURATION_S))
  const loading = poses.filter(({ stance, thighDeg }) => stance && thighDeg > 0)
  const peak = most(loading.map(({ kneeDeg }) => kneeDeg))
  t.true(peak > 15 && peak < 22, `${peak}`)
})

/** How far the knee is from the straight line through its thigh, RMS in degrees. */
function offTheLine(poses: Pose[]): number {
  const bent = poses.filter(({ activity }) => activity === "bend")
  const mean = (value: (pose: Pose) => number) =>
    bent.reduce((sum, pose) => sum + value(pose), 0) / bent.length
  const [thigh, knee] = [mean(({ thighDeg }) => thighDeg), mean(({ kneeDeg }) => kneeDeg)]
  const slope =
    mean((pose) => (pose.thighDeg - thigh) * (pose.kneeDeg - knee)) /
    mean((pose) => (pose.thighDeg - thigh) ** 2)
  return Math.sqrt(mean((pose) => (pose.kneeDeg - knee - slope * (pose.thighDeg - thigh)) ** 2))
}

test("calibrating bends follow one line, bends and squats as people make them do not", (t) => {
  const wearer = () => wearerOf(MEAN_BODY, 1)
  t.true(offTheLine(posesOf(wearer().calibrate())) < 1e-6)
  t.true(offTheLine(posesOf(wearer().bend(6))) > 1.5)
  t.true(offTheLine(posesOf(wearer().squatHeelDown(6))) > 2.5)
  t.true(offTheLine(posesOf(wearer().squatHeelUp(6))) > 2.5)
})

test("in a bend the foot stands where it stood", (t) => {
  const skeleton = new Skeleton(MEAN_BODY)
  const ankles = posesOf(wearerOf(MEAN_BODY, 1).bend(4)).map((pose) => {
    const { orientation, place } = skeleton.step(pose, STEP_S).shank
    // The strap is 4 cm before the bone and 12 cm below the knee.
    const [x, , z] = outward(orientation, [-0.04, 0, 0.12 - MEAN_BODY.shankM])
    return [place[0] + x, place[2] + z] as const
  })
  for (const axis of [0, 1] as const) {
    const way = ankles.map((ankle) => ankle[axis])
    t.true(most(way) - least(way) < 1e-9)
  }
})

test("in cycling the foot goes round in a circle of the crank's length", (t) => {
  const skeleton = new Skeleton(MEAN_BODY)
  const pedals = posesOf(wearerOf(MEAN_BODY, 1).cycle(10)).map((pose) => {
    const { orientation, place } = skeleton.step({ ...pose, speedMs: 0, hipUpM: 0 }, STEP_S).shank
    const [x, , z] = outward(orientation, [-0.04, 0, 0.12 - MEAN_BODY.shankM])
    return [place[0] + x, place[2] + z] as const
  })
  const [x, z] = [pedals.map(([along]) => along), pedals.map(([, up]) => up)]
  const [axleX, axleZ] = [(most(x) + least(x)) / 2, (most(z) + least(z)) / 2]
  for (const [along, up] of pedals) t.true(Math.abs(Math.hypot(along - axleX, up - axleZ) - 0.17) < 0.001)
})

test("in a jump's flight the hip falls freely, and the landing carries what the flight took", (t) => {
  const { poseAt, durationS } = wearerOf(MEAN_BODY, 1).jump(10, 0.4, 0.4)
  const stepS = 0.001
  const upwardMs2: number[] = []
  for (let timeS = stepS; timeS < durationS; timeS += stepS) {
    const [before, now, after] = [poseAt(timeS - stepS), poseAt(timeS), poseAt(timeS + stepS)]
    const acceleration = (before.hipUpM - 2 * now.hipUpM + after.hipUpM) / stepS ** 2
    upwardMs2.push(acceleration)
    if (!before.stance && !now.stance && !after.stance) t.true(Math.abs(acceleration + 9.81) < 2.5)
  }
  t.true(Math.abs(upwardMs2.reduce((sum, value) => sum + value, 0) / upwardMs2.length) < 0.3)
  t.true(most(upwardMs2) > 9.81 && most(upwardMs2) < 4 * 9.81)
})

for (const named of SHORT_SCENARIOS) {
  test(`${named.name}: no pose jumps, and what moves is never told still`, (t) => {
    const body = drawBody(randomOf(2, "body"), "left")
    const played = timeline(sessionOf(named).movements(wearerOf(body, 2)), randomOf(2, "transitions"))
    let before = played.poseAt(0)
    const worst = { kneeDps: 0, thighDps: 0, hipMs: 0, stillDps: 0 }
    for (let timeS = STEP_S; timeS < played.durationS; timeS += STEP_S) {
      const pose = played.poseAt(timeS)
      const perS = (from: number, to: number) => Math.abs(to - from) / STEP_S
      const thighDps = perS(before.thighDeg, pose.thighDeg)
      worst.kneeDps = Math.max(worst.kneeDps, perS(before.kneeDeg, pose.kneeDeg))
      worst.thighDps = Math.max(worst.thighDps, thighDps)
      worst.hipMs = Math.max(worst.hipMs, perS(before.hipUpM, pose.hipUpM))
      if (pose.activity === "still" && before.activity === "still")
        worst.stillDps = Math.max(worst.stillDps, thighDps)
      before = pose
    }
    t.true(worst.kneeDps < 1100 && worst.thighDps < 700 && worst.hipMs < 3, JSON.stringify(worst))
    t.true(worst.stillDps < 2, JSON.stringify(worst))
  })
}
