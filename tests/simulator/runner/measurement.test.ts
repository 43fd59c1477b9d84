/** What the strapped sensors measure fits what the leg does: angular rate, specific force, mount, slip, impacts. */
import test from "ava"
import { MEAN_BODY } from "../../../simulator/runner/body"
import { inward } from "../../../simulator/runner/rotation"
import { mounted, perfectSensor } from "../../../simulator/runner/sensor"
import { FAULTLESS, synthesizeSession } from "../../../simulator/runner/synthesis"
import { FIRM } from "../../../simulator/runner/tissue"
import type { Session } from "../../../simulator/runner/wearer"
import { readScenario } from "../../../simulator/scenario/library"
import { lengthS, synthesize } from "../../../simulator/scenario/motion-of-scenario"
import { SHORT_SCENARIOS } from "../scenario/short-scenarios"
import { meanBetween, strapdown } from "./strapdown"

const PERFECT = { seed: 3, thigh: FAULTLESS, shank: FAULTLESS }
const RATE_HZ = 200
/** What is lost in adding up rates goes with the square of the time between rows, and with how long is run. */
const FINE_HZ = 400
const SHORT_RUN: Session = {
  description: "",
  movements: (w) => [w.stand(3), w.run(20, 3), w.stand(3)],
}
/** Rates that were sampled, added up, drift by 0.12° in 100 s of running. */
const LONGEST_S = 300
/** Begin standing, and with a strap that stays where it is. */
const FIRM_FROM_REST = SHORT_SCENARIOS.filter(
  (named) =>
    named.scenario.steps[0]?.do === "stand" &&
    !named.scenario.events?.some((event) => event.do === "slipStrap") &&
    lengthS(named, PERFECT.seed) < LONGEST_S,
)

const largest = (column: ArrayLike<number>) =>
  Array.from(column).reduce((most, x) => Math.max(most, Math.abs(x)), 0)

for (const named of FIRM_FROM_REST) {
  test(`${named.name}: both sensors' angular rates add up to the true angles, their force to 1 g upward`, (t) => {
    const { recording } = synthesize(named, { ...PERFECT, rateHz: FINE_HZ })
    const { kneeDeg, thighDeg } = recording.truth
    const thigh = strapdown(recording.thigh, FINE_HZ)
    const off = (angles: Float64Array, truth: Float64Array) =>
      largest(angles.map((angle, row) => angle - (truth[row] as number)))
    t.true(off(thigh.inclinationDeg, thighDeg) < 0.15, `${off(thigh.inclinationDeg, thighDeg)}`)
    if (!recording.shank) return t.fail()
    const shank = strapdown(recording.shank, FINE_HZ).inclinationDeg
    const knee = thigh.inclinationDeg.map((angle, row) => angle - (shank[row] as number))
    t.true(off(knee, kneeDeg) < 0.25, `${off(knee, kneeDeg)}`)

    const endS = recording.timeS.length / FINE_HZ
    const mean = (axis: 0 | 1 | 2) => meanBetween(thigh.forceG[axis], FINE_HZ, 0, endS)
    t.true(Math.hypot(mean(0), mean(1)) < 0.01, `${mean(0)} ${mean(1)}`)
    t.true(Math.abs(mean(2) - 1) < 0.01, `${mean(2)}`)
    t.true(Math.max(...thigh.forceG.map(largest)) < 8, `${thigh.forceG.map(largest)}`)
    t.true(largest(recording.thigh.gyDps) < 900)
  })
}

test("on a treadmill every stride gives back what it took: 1 g upward, nothing sideways", (t) => {
  const { recording, truth } = synthesizeSession("short", SHORT_RUN, PERFECT)
  const { forceG } = strapdown(recording.thigh, RATE_HZ)
  const contacts = truth.bouts[0]?.stances.map(({ startS }) => startS) ?? []
  t.true(contacts.length > 20)
  for (let i = 5; i < contacts.length; i++) {
    const mean = (axis: 0 | 1 | 2) =>
      meanBetween(forceG[axis], RATE_HZ, contacts[i - 5] as number, contacts[i] as number)
    t.true(Math.hypot(mean(0), mean(1)) < 0.06, `${i}: ${mean(0)} ${mean(1)}`)
    t.true(Math.abs(mean(2) - 1) < 0.04, `${i}: ${mean(2)}`)
  }
})

test("impacts ring by grams and degrees, but leave neither velocity nor angle behind", (t) => {
  const hard = { ...FAULTLESS, tissue: { ringingG: 3, ringingHz: 40, wobbleDeg: 3, wobbleHz: 9 } }
  const { recording: calm } = synthesizeSession("short", SHORT_RUN, PERFECT)
  const { recording: rung } = synthesizeSession("short", SHORT_RUN, { ...PERFECT, thigh: hard })
  const [still, shaken] = [strapdown(calm.thigh, RATE_HZ), strapdown(rung.thigh, RATE_HZ)]
  const differenceG = shaken.forceG[2].map((force, row) => force - (still.forceG[2][row] as number))
  t.true(largest(differenceG) > 1.5 && largest(differenceG) < 6, `${largest(differenceG)}`)
  t.true(Math.abs(meanBetween(differenceG, RATE_HZ, 0, 25)) < 0.002)
  const turnedDeg = shaken.inclinationDeg.map((angle, row) => angle - (still.inclinationDeg[row] as number))
  t.true(largest(turnedDeg) > 1.5 && largest(turnedDeg) < 6, `${largest(turnedDeg)}`)
  t.true(Math.abs(turnedDeg.at(-1) as number) < 0.3)
})

test("a mount turns what the sensor sees, and nothing else", (t) => {
  const settings = { turnDeg: 130, tiltSidewaysDeg: 10, tiltForwardDeg: -12 }
  const tilted = perfectSensor(settings)
  const { recording: straight } = synthesizeSession("short", SHORT_RUN, PERFECT)
  const { recording: turned } = synthesizeSession("short", SHORT_RUN, { ...PERFECT, thigh: tilted })
  for (const row of [0, 1000, 2000, 2345]) {
    const at = (channel: Float64Array) => channel[row] as number
    const { axG, ayG, azG, gxDps, gyDps, gzDps } = straight.thigh
    const force = inward(mounted(settings), [at(axG), at(ayG), at(azG)])
    const rate = inward(mounted(settings), [at(gxDps), at(gyDps), at(gzDps)])
    const seen = turned.thigh
    t.true(
      Math.abs(force[0] - at(seen.axG)) +
        Math.abs(force[1] - at(seen.ayG)) +
        Math.abs(force[2] - at(seen.azG)) <
        1e-4,
    )
    t.true(
      Math.abs(rate[0] - at(seen.gxDps)) +
        Math.abs(rate[1] - at(seen.gyDps)) +
        Math.abs(rate[2] - at(seen.gzDps)) <
        1e-4,
    )
  }
  t.deepEqual(turned.truth, straight.truth)
})

test("a strap that slips by 10° around the knee's axis tips the sensor by 10°, not the thigh", (t) => {
  const slip = { timeS: 10, angleDeg: 10, around: "knee" } as const
  const { recording: before } = synthesizeSession("short", SHORT_RUN, PERFECT)
  const { recording: after } = synthesizeSession("short", SHORT_RUN, { ...PERFECT, slip })
  t.deepEqual(after.truth, before.truth)
  const angles = [before, after].map(({ thigh }) => strapdown(thigh, RATE_HZ).inclinationDeg)
  const [firm, slipped] = angles as [Float64Array, Float64Array]
  const apartDeg = slipped.map((angle, row) => angle - (firm[row] as number))
  t.true(largest(apartDeg.subarray(0, 10 * RATE_HZ)) < 0.01)
  t.true(apartDeg.subarray(11 * RATE_HZ).every((apart) => Math.abs(apart - 10) < 0.5))
})

test("a left leg is the mirror image of a right one", (t) => {
  const leg = (side: "left" | "right") =>
    synthesizeSession("short", SHORT_RUN, { ...PERFECT, body: { ...MEAN_BODY, side } }).recording
  const [left, right] = [leg("left"), leg("right")]
  t.deepEqual(left.truth, right.truth)
  const apart = (name: "ayG" | "gxDps" | "gzDps" | "axG" | "gyDps" | "azG", sign: number) =>
    largest(left.thigh[name].map((value, row) => value - sign * (right.thigh[name][row] as number)))
  for (const same of ["axG", "azG", "gyDps"] as const) t.true(apart(same, 1) < 1e-4, same)
  for (const mirrored of ["ayG", "gxDps", "gzDps"] as const) t.true(apart(mirrored, -1) < 1e-4, mirrored)
  t.true(largest(right.thigh.gxDps) > 20)
})

test("running to and fro turns by half a circle each time, to the left and to the right", (t) => {
  const { recording } = synthesize(readScenario("corridor-run"), PERFECT)
  const { headingDeg } = strapdown(recording.thigh, RATE_HZ)
  const runS = recording.truth.activity.indexOf("run") / RATE_HZ
  const facing = (timeS: number) => Math.abs(meanBetween(headingDeg, RATE_HZ, timeS - 1, timeS + 1))
  for (const lap of [0, 2, 4])
    t.true(facing(runS + lap * 8.3 + 4) < 15, `out, lap ${lap}: ${facing(runS + lap * 8.3 + 4)}`)
  for (const lap of [1, 3]) {
    const back = headingDeg.subarray(Math.round((runS + lap * 8.3 + 3) * RATE_HZ)).subarray(0, 2 * RATE_HZ)
    t.true(
      back.every((heading) => Math.abs(heading) > 150),
      `back, lap ${lap}`,
    )
  }
})

test("without tissue and faults nothing of them is left", (t) => {
  t.is(FIRM.ringingG, 0)
  const { recording } = synthesizeSession(
    "short",
    { description: "", movements: (w) => [w.stand(2)] },
    PERFECT,
  )
  t.true(largest(recording.thigh.gyDps) < 0.5)
})
