import test from "ava"
import { flatFootFlexionCdeg } from "../../src/motion/flexion"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { Posture } from "../../src/motion/posture"
import { Activity } from "../../src/motion/stride"
import { createWearer } from "../../src/motion/wearer"

/** 100 Hz, so that a sample is 10 ms. */
const PERIOD_US = 10_000
const SAMPLES_PER_S = 100

interface Step {
  activity: Activity
  bend: { age: number; peakCdeg: number } | undefined
}

function follow(samples: readonly { deg: number; rest?: boolean }[]): Step[] {
  const posture = new Posture(PERIOD_US, createWearer(FLEXION_MODEL))
  return samples.map(({ deg, rest = false }) => {
    const told = posture.step(Math.round(deg * 100), rest)
    const bend = told ? { age: posture.bendAge, peakCdeg: posture.bendPeakCdeg } : undefined
    return { activity: posture.activity, bend }
  })
}
/** An angle held for some seconds. */
const hold = (deg: number, seconds: number, rest = false) =>
  Array.from({ length: Math.round(seconds * SAMPLES_PER_S) }, () => ({ deg, rest }))
/** The same on a posture that is looked at between the steps. */
function keep(posture: Posture, deg: number, samples: number): void {
  for (let n = 0; n < samples; n++) posture.step(deg * 100, false)
}
const bendsIn = (steps: readonly Step[]) => steps.filter(({ bend }) => bend).length

const isBend = test.macro({
  exec: (t, isOne: boolean, deg: number, seconds: number) => {
    const steps = follow([...hold(0, 1), ...hold(deg, seconds), ...hold(0, 1)])
    t.is(bendsIn(steps), isOne ? 1 : 0)
  },
  title: (_, isOne, deg, seconds) => `${deg}° for ${seconds} s is ${isOne ? "a" : "no"} bend`,
})
test(isBend, true, 40, 2)
test(isBend, false, 40, 0.6)
test(isBend, false, 40, 0.68)
test(isBend, true, 40, 0.69)
test(isBend, true, 40, 0.71)
test(isBend, true, 40, 0.8)
test(isBend, true, 40, 7.9)
test(isBend, false, 40, 8.1)
test(isBend, false, 14.9, 2)
test(isBend, true, 15.1, 2)
test(isBend, true, 75, 2)
test(isBend, false, 75.1, 2)
test(isBend, false, 11.9, 2)

test("a bend is told when it is over, with its deepest point: how long ago, and the knee's flexion there", (t) => {
  const way = [...hold(0, 1), ...hold(25, 0.5), ...hold(48, 0.01), ...hold(30, 0.6), ...hold(0, 1)]
  const steps = follow(way)
  const at = steps.findIndex(({ bend }) => bend)
  t.is(at, 100 + 50 + 1 + 60)
  t.deepEqual(steps[at]?.bend, { age: 61, peakCdeg: flatFootFlexionCdeg(createWearer(FLEXION_MODEL), 4800) })
})

test("a bend ends below 8°: one that comes back to 8° is still in it", (t) => {
  t.is(bendsIn(follow([...hold(0, 1), ...hold(40, 1), ...hold(8, 1), ...hold(40, 1), ...hold(7.9, 1)])), 1)
  t.is(bendsIn(follow([...hold(0, 1), ...hold(40, 1), ...hold(7.9, 1), ...hold(40, 1), ...hold(0, 1)])), 2)
})

test("a bend begins above 12°: what lies below is not its time", (t) => {
  const shallow = (deg: number) =>
    follow([...hold(0, 1), ...hold(deg, 0.65), ...hold(40, 0.1), ...hold(0, 1)])
  t.is(bendsIn(shallow(12.1)), 1)
  t.is(bendsIn(shallow(12)), 0)
})

test("each bend's deepest point has its own age", (t) => {
  const steps = follow([...hold(0, 1), ...hold(40, 1), ...hold(0, 1), ...hold(40, 1), ...hold(0, 1)])
  t.deepEqual(
    steps.flatMap(({ bend }) => (bend ? [bend.age] : [])),
    [100, 100],
  )
})

test("a bend of just 75° is one while it lasts, too", (t) => {
  t.is(follow([...hold(0, 1), ...hold(75, 1)]).at(-1)?.activity, Activity.bend)
})

test("standing is still; a tilt is a bend once it has lasted 0.7 s, from its beginning on", (t) => {
  const posture = new Posture(PERIOD_US, createWearer(FLEXION_MODEL))
  keep(posture, 0, 100)
  t.is(posture.activity, Activity.still)
  keep(posture, 40, 69)
  t.is(posture.activity, Activity.still)
  keep(posture, 40, 1)
  t.is(posture.activity, Activity.bend)
  t.is(posture.sinceSamples, 70)
  keep(posture, 40, 30)
  t.is(posture.sinceSamples, 100)
  keep(posture, 0, 2)
  t.is(posture.activity, Activity.still)
  t.is(posture.sinceSamples, 0)
})

test("what is held for 8 s is no bend any more, since it began", (t) => {
  const posture = new Posture(PERIOD_US, createWearer(FLEXION_MODEL))
  keep(posture, 0, 1)
  keep(posture, 40, 799)
  t.is(posture.activity, Activity.bend)
  keep(posture, 40, 1)
  t.is(posture.activity, Activity.other)
  t.is(posture.sinceSamples, 800)
})

test("what gets too deep is no bend any more", (t) => {
  const steps = follow([...hold(0, 1), ...hold(60, 1), ...hold(76, 0.2)])
  t.is(steps[199]?.activity, Activity.bend)
  t.is(steps.at(-1)?.activity, Activity.other)
  t.is(follow([...hold(0, 1), ...hold(76, 1)]).at(-1)?.activity, Activity.still)
})

test("a thigh that rests above 55° sits, since it went up", (t) => {
  const posture = new Posture(PERIOD_US, createWearer(FLEXION_MODEL))
  keep(posture, 0, 1)
  keep(posture, 80, 200)
  t.not(posture.activity, Activity.sit)
  posture.step(8000, true)
  t.is(posture.activity, Activity.sit)
  t.is(posture.sinceSamples, 201)
})

test("at rest at 54° nobody sits, at 56° they do; without rest at no angle", (t) => {
  t.not(follow([...hold(0, 1), ...hold(54, 1, true)]).at(-1)?.activity, Activity.sit)
  t.is(follow([...hold(0, 1), ...hold(56, 1, true)]).at(-1)?.activity, Activity.sit)
  t.not(follow([...hold(0, 1), ...hold(80, 20)]).at(-1)?.activity, Activity.sit)
})

test("sitting ends below 40°, fidgeting or not, and getting up is no bend", (t) => {
  const sitting = [...hold(0, 1), ...hold(80, 3), ...hold(80, 1, true)]
  t.is(follow([...sitting, ...hold(41, 2)]).at(-1)?.activity, Activity.sit)
  t.is(follow([...sitting, ...hold(39, 0.01)]).at(-1)?.activity, Activity.other)
  const up = follow([...sitting, ...hold(39, 0.3), ...hold(0, 1)])
  t.is(up.at(-1)?.activity, Activity.still)
  t.is(bendsIn(up), 0)
})

test("reset() forgets the tilt under way, which was a stride", (t) => {
  const posture = new Posture(PERIOD_US, createWearer(FLEXION_MODEL))
  keep(posture, 0, 1)
  keep(posture, 40, 75)
  posture.reset()
  t.is(posture.activity, Activity.other)
  t.is(posture.sinceSamples, 0)
  t.false(posture.step(0, false))
  t.is(posture.activity, Activity.still)
})
