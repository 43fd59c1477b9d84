import test from "ava"
import { Calibration } from "../../src/motion/calibration"
import { createOrientation } from "../../src/motion/orientation"
import { RUNNING, runningThighDeg } from "./running-curves"
import { orientationAt } from "./standing-orientation"
import {
  angleDeg,
  bendDeg,
  bends,
  type Matrix,
  measure,
  noise,
  PERIOD_S,
  PERIOD_US,
  type Sample,
  times,
  turned,
  type Vector,
} from "./thigh-motion"

/** Calibrates from samples as the device does; says when (s) and how many bends were counted. */
function calibrate(samples: readonly Sample[]) {
  const orientation = createOrientation(PERIOD_US)
  const calibration = new Calibration(PERIOD_US, orientation)
  let doneS: number | undefined
  samples.forEach((sample, n) => {
    orientation.step(...sample)
    if (calibration.step() && calibration.finish()) doneS = n * PERIOD_S
  })
  return { calibration, doneS }
}

const UPRIGHT: Vector = [0, 0, 1]
const FORWARD: Vector = [1, 0, 0]

/** Up as a sensor sees it whose thigh went `deg` from `up` towards `way`. */
function inclined(deg: number, way = FORWARD, up = UPRIGHT): Vector {
  const [sine, cosine] = [Math.sin((deg * Math.PI) / 180), Math.cos((deg * Math.PI) / 180)]
  return up.map((part, i) => part * cosine + (way[i] as number) * sine) as Vector
}

/** A calibration that is told where up is: the filter's own settling is not in it, limits can be tried from both sides. */
function told() {
  const orientation = orientationAt(UPRIGHT)
  const calibration = new Calibration(PERIOD_US, orientation)
  /** Whether the last of so many samples completed it. */
  const hold = (up: Vector, resting: boolean, samples = 1): boolean => {
    orientation.point(up)
    orientation.resting = resting
    let done = false
    for (let n = 0; n < samples; n++) done = calibration.step() && calibration.finish()
    return done
  }
  return { calibration, hold }
}

/** The same by angles over time, at rest when `rests` says so. */
function judge(seconds: number, thighDeg: (timeS: number) => number, rests: (timeS: number) => boolean) {
  const { calibration, hold } = told()
  let doneS: number | undefined
  for (let n = 0; n < seconds / PERIOD_S; n++)
    if (hold(inclined(thighDeg(n * PERIOD_S)), rests(n * PERIOD_S))) doneS = n * PERIOD_S
  return { calibration, doneS, hold }
}
const standing = (timeS: number) => timeS < 3.5

const findsMount = test.macro({
  exec: (t, sensor: Matrix, peaksDeg: readonly number[] = [45, 50, 40]) => {
    const random = noise(3)
    const samples = measure({ ...bends(peaksDeg), sensor, biasDps: [0.6, -0.8, 0.4] }).map(
      (sample) => sample.map((counts) => Math.round(counts + 6 * random())) as Sample,
    )
    const { calibration, doneS } = calibrate(samples)
    t.true(calibration.complete)
    // With the third bend's end, within its way back from 7°.
    t.true(doneS !== undefined && doneS > 4 + 2 * 2.4 + 1.2 && doneS < 4 + 2 * 2.4 + 1.7, `${doneS} s`)
    const { upX, upY, upZ, forwardX, forwardY, forwardZ } = calibration.mount
    const upOff = angleDeg([upX, upY, upZ], times(sensor, UPRIGHT))
    const forwardOff = angleDeg([forwardX, forwardY, forwardZ], times(sensor, FORWARD))
    t.true(upOff < 1, `up is ${upOff}° off`)
    t.true(forwardOff < 2, `forward is ${forwardOff}° off`)
  },
  title: (how) => `standing and three small knee bends give the mount: ${how}`,
})
test("sensor in front", findsMount, turned(0, 0, 0))
test("turned by 35°, tilted by 15°", findsMount, turned(35, 15, -15))
test("turned by 90°", findsMount, turned(90, -10, 8))
test("turned by -90°", findsMount, turned(-90, 6, 12))
test("at the back", findsMount, turned(180, 9, 9))
test("upside down", findsMount, turned(20, 180, 0))
test("lying flat", findsMount, turned(0, 90, 0))
test("bends of 30°", findsMount, turned(-35, -15, 15), [30, 30, 30])
test("bends of 60°", findsMount, turned(10, 3, 3), [60, 60, 60])

test("two bends are not enough; the third completes, once", (t) => {
  const two = calibrate(measure(bends([45, 45])))
  t.false(two.calibration.complete)
  t.is(two.calibration.bends, 2)
  const five = calibrate(measure(bends([45, 45, 45, 45, 45])))
  t.is(five.calibration.bends, 3)
})

test("each bend weighs the same, however slow: two askew to the left and a slow one to the right", (t) => {
  // A bend's way, not its time, says where forward is.
  const { calibration, hold } = told()
  const bend = (seconds: number, askewDeg: number) => {
    const askew = (askewDeg * Math.PI) / 180
    const way: Vector = [Math.cos(askew), Math.sin(askew), 0]
    for (let s = 0; s < seconds; s += PERIOD_S) hold(inclined(bendDeg(s, 0, seconds, 40), way), false)
  }
  hold(UPRIGHT, true)
  bend(1.2, 6)
  bend(6.5, -6)
  bend(1.2, 6)
  t.true(calibration.complete)
  const off = angleDeg([calibration.mount.forwardX, calibration.mount.forwardY, 0], FORWARD)
  // A third of 6° if all weigh the same, against -3° by time; a power of two stands for the length.
  t.true(calibration.mount.forwardY > 0, `${calibration.mount.forwardY}`)
  t.true(off > 0.5 && off < 4, `${off}°`)
})

const three = (peakDeg: number, bendS?: number) => bends([peakDeg, peakDeg, peakDeg], bendS)
const judged = test.macro({
  exec: (t, completes: boolean, peakDeg: number, bendS: number) => {
    const { seconds, thighDeg } = three(peakDeg, bendS)
    t.is(judge(seconds, thighDeg, standing).calibration.complete, completes)
  },
  title: (what, completes) => `${what} ${completes ? "calibrate" : "do not calibrate"}`,
})
test("bends of 13.5°", judged, false, 13.5, 1.6)
test("bends of 14.2° (a sway)", judged, false, 14.2, 2.4)
test("bends of 15.5°", judged, true, 15.5, 2.4)
test("bends of 69°", judged, true, 69, 2)
test("seats taken (80°) and left again", judged, false, 80, 2.5)
// Of a raised cosine of 45° the tilt is past 14° for 62 % of its time and comes back to 7° after another 8 %.
test("bends over in 0.9 s", judged, false, 45, 0.9)
test("bends over in 1.15 s", judged, true, 45, 1.15)
test("bends of 9 s (past 14° and back to 7° in 6.3)", judged, true, 45, 9)
test("bends of 13 s", judged, false, 45, 13)

test("a bend that is held and at rest in it is a bend still", (t) => {
  const hold = (timeS: number, fromS: number) => {
    const s = timeS - fromS
    if (s < 0 || s > 6) return 0
    if (s < 1) return bendDeg(s, 0, 2, 45)
    return s < 5 ? 45 : bendDeg(s - 4, 0, 2, 45)
  }
  const thighDeg = (timeS: number) => hold(timeS, 4) + hold(timeS, 11) + hold(timeS, 18)
  const { calibration } = judge(
    25,
    thighDeg,
    (timeS) => standing(timeS) || Math.abs(((timeS + 3) % 7) - 3.5) < 1,
  )
  t.true(calibration.complete)
})

test("running strides are no bends, and take away those that were counted", (t) => {
  const curve = RUNNING[0]
  if (!curve) return t.fail()
  const { thighDeg } = bends([45, 45])
  const motion = (timeS: number) => {
    if (timeS < 9) return thighDeg(timeS)
    return timeS < 29 ? runningThighDeg(curve, timeS - 9) : bendDeg(timeS, 30, 31.6, 45)
  }
  const { calibration } = judge(33, motion, standing)
  t.is(calibration.bends, 1)
  t.false(calibration.complete)
})

test("a seat taken after two bends takes them away", (t) => {
  const { thighDeg } = bends([45, 45, 88, 45, 45], 2)
  t.is(judge(18, thighDeg, standing).calibration.bends, 2)
})

test("a bend that goes another way than those before is the first: laces were tied", (t) => {
  const { calibration, hold } = told()
  const bend = (askewDeg: number) => {
    const askew = (askewDeg * Math.PI) / 180
    const way: Vector = [Math.cos(askew), Math.sin(askew), 0]
    for (let s = 0; s < 2; s += PERIOD_S) hold(inclined(bendDeg(s, 0, 2, 40), way), false)
  }
  hold(UPRIGHT, true)
  bend(60)
  bend(-4)
  t.is(calibration.bends, 1)
  bend(20)
  t.is(calibration.bends, 2, "20° from the one before is the same way")
  bend(-4)
  t.true(calibration.complete)
  t.true(angleDeg([calibration.mount.forwardX, calibration.mount.forwardY, 0], FORWARD) < 6)
  const depths = calibration.seen.map(({ upX, upZ }) => Math.round((Math.atan2(upX, upZ) * 180) / Math.PI))
  t.true(
    depths.every((deg) => deg > 36),
    `${depths}: none of them is the one askew`,
  )
  t.true(calibration.seen.every(({ age }, n) => age > (2 - n) * 180 && age < (3 - n) * 200))
})

test("what rests without gravity does not stand", (t) => {
  const { calibration, hold } = told()
  hold([0.2, 0, 0.2], true, 200)
  for (let bend = 0; bend < 3; bend++)
    for (let s = 0; s < 2; s += PERIOD_S) hold(inclined(bendDeg(s, 0, 2, 40)), false)
  t.is(calibration.bends, 0)
  hold(UPRIGHT, true)
  for (let bend = 0; bend < 3; bend++)
    for (let s = 0; s < 2; s += PERIOD_S) hold(inclined(bendDeg(s, 0, 2, 40)), false)
  t.true(calibration.complete)
})

test("a sway between bends takes nothing away", (t) => {
  const { seconds, thighDeg } = bends([45, 14.2, 45, 45], 2)
  t.true(judge(seconds, thighDeg, standing).calibration.complete)
})

test("without a rest there is no standing, and no calibration", (t) => {
  const { seconds, thighDeg } = three(45)
  t.false(judge(seconds, thighDeg, () => false).calibration.complete)
})

for (const [shiftDeg, bendsKept] of [
  [6.3, 0],
  [5.7, 2],
] as const)
  test(`standing anew ${shiftDeg}° away ${bendsKept ? "keeps" : "forgets"} the bends so far`, (t) => {
    const { thighDeg } = bends([45, 45])
    const anew = (timeS: number) => (timeS < 10 ? thighDeg(timeS) : shiftDeg)
    const { calibration } = judge(14, anew, (timeS) => standing(timeS) || timeS > 11)
    t.is(calibration.bends, bendsKept)
  })

test("the new standing is the zero", (t) => {
  const { thighDeg } = bends([45, 45, 45])
  const anew = (timeS: number) => (timeS < 3 ? 0 : 12 + thighDeg(timeS - 1))
  const { calibration } = judge(14, anew, (timeS) => timeS < 4.5)
  t.true(calibration.complete)
  const { upX, upY, upZ } = calibration.mount
  const off = angleDeg([upX, upY, upZ], inclined(12))
  t.true(off < 0.1, `${off}°`)
})

test("standing is averaged over the rest: what it drifts by in a second is followed", (t) => {
  const { calibration, hold } = told()
  hold(UPRIGHT, true)
  hold(inclined(3), true, 150)
  for (let s = 0; s < 6; s += PERIOD_S) hold(inclined(3 + bendDeg(s % 2, 0, 1.8, 40)), false)
  t.true(calibration.complete)
  const { upX, upZ } = calibration.mount
  t.true(Math.abs((Math.atan2(upX, upZ) * 180) / Math.PI - 3) < 0.2)
})

test("it remembers the bends that it was made from: how deep, and how long ago", (t) => {
  const peaksDeg = [35, 50, 42]
  const { seconds, thighDeg } = bends(peaksDeg, 1.6, 0.8)
  const { calibration, doneS = 0 } = judge(seconds, thighDeg, standing)
  calibration.seen.forEach(({ age, upX, upZ }, index) => {
    const deg = (Math.atan2(upX, upZ) * 180) / Math.PI
    t.true(Math.abs(deg - (peaksDeg[index] as number)) < 0.1, `bend ${index}: ${deg}°`)
    const atS = doneS - age * PERIOD_S
    t.true(Math.abs(atS - (4 + 2.4 * index + 0.8)) < 2.5 * PERIOD_S, `bend ${index}: ${atS} s`)
  })
})

test("restart() waits for standing and three bends again", (t) => {
  const { seconds, thighDeg } = three(45)
  const { calibration, hold } = judge(seconds, thighDeg, standing)
  t.true(calibration.complete)
  calibration.restart()
  t.false(calibration.complete)
  t.is(calibration.bends, 0)
  const again = (rests: boolean) => {
    for (let s = 0; s < seconds; s += PERIOD_S) hold(inclined(thighDeg(s), [0, 1, 0]), rests && standing(s))
  }
  again(false)
  t.false(calibration.complete)
  again(true)
  t.true(calibration.complete)
  // To the side now: nothing of the first is left.
  const { forwardX, forwardY } = calibration.mount
  t.true(angleDeg([forwardX, forwardY, 0], [0, 1, 0]) < 0.5)
})

test("small tilts are measured to within some percent in any direction", (t) => {
  // 15.6° is one, 13.1° is none; 64° is one, 80° is none, whichever way the sensor is turned.
  for (let about = 0; about < 360; about += 15) {
    const calibratesAt = (peakDeg: number) => {
      const way = times(turned(about, 25, 40), FORWARD)
      const up = times(turned(about, 25, 40), UPRIGHT)
      const { calibration, hold } = told()
      hold(up, true)
      for (let s = 0; s < 6; s += PERIOD_S) hold(inclined(bendDeg(s % 2, 0, 1.9, peakDeg), way, up), false)
      return calibration.complete
    }
    t.true(calibratesAt(15.6), `15.6° at ${about}°`)
    t.false(calibratesAt(13.1), `13.1° at ${about}°`)
    t.true(calibratesAt(64), `64° at ${about}°`)
    t.false(calibratesAt(80), `80° at ${about}°`)
  }
})

test("a bend takes 0.7 s at least: 73 samples", (t) => {
  const bendsOf = (samples: number) => {
    const { calibration, hold } = told()
    hold(UPRIGHT, true)
    hold(inclined(40), false, samples - 1)
    hold(UPRIGHT, false)
    return calibration.bends
  }
  t.is(bendsOf(72), 0)
  t.is(bendsOf(73), 1)
})

test("whatever was tilted when it is restarted is no bend", (t) => {
  const { calibration, hold } = told()
  hold(UPRIGHT, true)
  hold(inclined(40), false, 100)
  calibration.restart()
  hold(UPRIGHT, true, 100)
  hold(UPRIGHT, false, 100)
  t.is(calibration.bends, 0)
})

test("a sensor that lay on a table is strapped on: the first rest there is the new standing, in every axis", (t) => {
  const { calibration, hold } = told()
  hold(FORWARD, true, 100)
  // Being strapped on takes 12 s, longer than any bend.
  const worn = turned(20, 60, 10)
  const up = times(worn, UPRIGHT)
  const forward = times(worn, FORWARD)
  hold(up, false, 1250)
  hold(up, true)
  for (let s = 0; s < 6; s += PERIOD_S) hold(inclined(bendDeg(s % 2, 0, 1.8, 40), forward, up), false)
  t.true(calibration.complete)
  const { upX, upY, upZ, forwardX, forwardY, forwardZ } = calibration.mount
  t.true(angleDeg([upX, upY, upZ], up) < 0.1)
  t.true(angleDeg([forwardX, forwardY, forwardZ], forward) < 0.5)
})

test("who is in gait is not calibrating: bends so far, and the one under way, are forgotten", (t) => {
  const { seconds, thighDeg } = three(45)
  const { calibration, hold } = told()
  for (let s = 0; s < seconds; s += PERIOD_S) {
    hold(inclined(thighDeg(s)), standing(s))
    if (calibration.bends === 2) calibration.disturb()
  }
  t.false(calibration.complete)
  t.true(calibration.bends < 2)
})
