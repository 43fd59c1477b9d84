/** Motion that is made as it is needed is the same whatever is asked for at a time, and a strap can slip while it is made. */
import test from "ava"
import type { Recording } from "../../../simulator/recording/recording"
import type { Slip } from "../../../simulator/runner/sensor"
import { FAULTLESS, sessionMotion, synthesizeSession } from "../../../simulator/runner/synthesis"
import type { Session } from "../../../simulator/runner/wearer"
import { strapdown } from "./strapdown"

const SHORT: Session = {
  description: "",
  movements: (w) => [w.stand(2), w.run(8, 3), w.stand(2)],
}
const RATE_HZ = 200
const columns = ({ thigh, shank, truth }: Recording) => ({ thigh, shank, truth })
const made = (pieces: (rows: number) => number[], rateHz: number) => {
  const motion = sessionMotion("short", SHORT, { seed: 5, rateHz })
  const rows = motion.recording.timeS.length
  for (const row of [...pieces(rows), rows]) motion.need(row)
  return motion.recording
}

for (const rateHz of [52, 200, 600, 2000])
  test(`at ${rateHz} Hz rows that come one by one, by hundreds or again are those of the whole`, (t) => {
    const whole = columns(synthesizeSession("short", SHORT, { seed: 5, rateHz }).recording)
    t.true(whole.truth?.activity.includes("run"))
    const oneByOne = made((rows) => Array.from({ length: rows }, (_, row) => row), rateHz)
    t.deepEqual(columns(oneByOne), whole)
    const byHundreds = made(
      (rows) => Array.from({ length: Math.floor(rows / 100) }, (_, i) => 100 * i),
      rateHz,
    )
    t.deepEqual(columns(byHundreds), whole)
    t.deepEqual(columns(made(() => [300, 100, 301, 300], rateHz)), whole)
  })

test("an hour has its times at once, and no row that nobody needs", (t) => {
  const hour: Session = { description: "", movements: (w) => [w.stand(2), w.run(3600, 3)] }
  const motion = sessionMotion("hour", hour, { seed: 5 })
  const { timeS, thigh, truth } = motion.recording
  t.true(timeS.length > 3600 * RATE_HZ && (timeS.at(-1) as number) > 3600)
  motion.need(500)
  t.is(truth.activity.length, 500)
  t.true(thigh.azG.subarray(0, 500).every((force) => force !== 0))
  t.true(thigh.azG.subarray(500).every((force) => force === 0))
  t.throws(() => motion.need(timeS.length + 1), { instanceOf: RangeError, message: /are needed/ })
})

test("a slip while the motion is made is the session's own slip", (t) => {
  const slip: Slip = { timeS: 6, angleDeg: 10, around: "knee" }
  const scripted = synthesizeSession("short", { ...SHORT, slip }, { seed: 5 }).recording
  const motion = sessionMotion("short", SHORT, { seed: 5 })
  motion.need(6 * RATE_HZ)
  motion.slip(slip)
  motion.need(motion.recording.timeS.length)
  t.deepEqual(columns(motion.recording), columns(scripted))
  t.notDeepEqual(columns(scripted), columns(synthesizeSession("short", SHORT, { seed: 5 }).recording))
})

test("slips add up, and none comes into what is made already", (t) => {
  const perfect = { seed: 5, thigh: FAULTLESS, shank: FAULTLESS }
  const motion = sessionMotion("short", SHORT, perfect)
  motion.need(1000)
  t.throws(() => motion.slip({ timeS: 4.9, angleDeg: 5, around: "knee" }), {
    instanceOf: RangeError,
    message: /4\.9 s/,
  })
  for (const timeS of [5, 7]) motion.slip({ timeS, angleDeg: 6, around: "knee" })
  motion.need(motion.recording.timeS.length)
  const firm = synthesizeSession("short", SHORT, perfect).recording
  const [slipped, straight] = [motion.recording, firm].map(
    ({ thigh }) => strapdown(thigh, RATE_HZ).inclinationDeg,
  ) as [Float64Array, Float64Array]
  const apartDeg = (timeS: number) =>
    (slipped[timeS * RATE_HZ] as number) - (straight[timeS * RATE_HZ] as number)
  for (const [timeS, wantedDeg] of [
    [4, 0],
    [6, 6],
    [8, 12],
    [11, 12],
  ] as const)
    t.true(Math.abs(apartDeg(timeS) - wantedDeg) < 0.5, `${timeS} s: ${apartDeg(timeS)}`)
})
