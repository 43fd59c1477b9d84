import test from "ava"
import { Activity } from "../../src/motion/stride"
import { walkingContactDms, walkingToeOffDms } from "../../src/motion/walking-events"

/** Share of the stride on the ground, and from contact to where the thigh is farthest back. */
function shares(gait: Activity, thighPeakDeg: number, periodMs: number) {
  const contact = walkingContactDms(gait, periodMs, thighPeakDeg * 100) / 10
  const toeOff = walkingToeOffDms(gait, periodMs, thighPeakDeg * 100) / 10
  return { stance: (contact - toeOff) / periodMs, toTrough: contact / periodMs }
}

for (const [what, gait, peakDeg, toTrough] of [
  ["walking", Activity.walk, 25, 0.52],
  ["going upstairs", Activity.stairs, 57, 0.57],
  ["going downstairs", Activity.stairs, 39, 0.31],
] as const)
  test(`${what}: on the ground for about 60 % of the stride, ${100 * toTrough} % of it before the thigh is farthest back`, (t) => {
    for (const periodMs of [900, 1100, 1400]) {
      const found = shares(gait, peakDeg, periodMs)
      t.true(Math.abs(found.stance - 0.6) < 0.03, `${found.stance}`)
      t.true(Math.abs(found.toTrough - toTrough) < 0.01, `${found.toTrough}`)
    }
  })
