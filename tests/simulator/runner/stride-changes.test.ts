/** Hills, another step rate, a limp, tiring and the variation from stride to stride change a stride as they are said to, and its mechanics hold. */
import test from "ava"
import { type Body, MEAN_BODY } from "../../../simulator/runner/body"
import { type GaitStyle, gait } from "../../../simulator/runner/gait"
import { STEEPEST_PERCENT } from "../../../simulator/runner/hill"
import { randomOf } from "../../../simulator/runner/random"
import { type RunningStyleSettings, running, runningStyle } from "../../../simulator/runner/running"
import { standing } from "../../../simulator/runner/standing"
import { FAULTLESS } from "../../../simulator/runner/synthesis"
import { timeline } from "../../../simulator/runner/timeline"
import { walking, walkingStyle } from "../../../simulator/runner/walking"
import { WornMotion } from "../../../simulator/runner/worn-motion"
import { meanBetween, strapdown } from "./strapdown"

const run = (settings: Partial<RunningStyleSettings> = {}, body: Partial<Body> = {}) =>
  runningStyle({ ...MEAN_BODY, ...body }, { speedMs: 3, ...settings })
const walk = (settings: object = {}, body: Partial<Body> = {}) =>
  walkingStyle({ ...MEAN_BODY, ...body }, settings)

const SHARES = Array.from({ length: 500 }, (_, i) => i / 500)
const stancePeak = ({ kneeDeg, dutyFactor }: GaitStyle) =>
  Math.max(...SHARES.filter((share) => share < Math.min(dutyFactor, 0.35)).map(kneeDeg))
const swingPeak = ({ kneeDeg }: GaitStyle) => Math.max(...SHARES.map(kneeDeg))
const thighMost = ({ thighDeg }: GaitStyle) => Math.max(...SHARES.map(thighDeg))
const stepsPerMinute = ({ periodS }: GaitStyle) => 120 / periodS
const contactS = ({ periodS, dutyFactor }: GaitStyle) => periodS * dutyFactor

test("level is a hill of no grade", (t) => {
  for (const style of [run, walk]) {
    const [level, none] = [style(), style({ gradePercent: 0 })]
    for (const share of SHARES) t.is(none.kneeDeg(share), level.kneeDeg(share))
    t.is(none.periodS, level.periodS)
    t.is(none.impact, level.impact)
    t.is(none.climbMs, 0)
  }
})

test("running downhill lands straighter, gives deeper and hits harder; uphill the other way round", (t) => {
  const [down, level, up] = [run({ gradePercent: -9 }), run(), run({ gradePercent: 9 })]
  // The measured differences at −9 %: −3.9° and +6.9°; Gottschall & Kram's impact at −16 %: +54 %.
  t.true(Math.abs(down.kneeDeg(0) - level.kneeDeg(0) + 3.9) < 0.5)
  t.true(Math.abs(stancePeak(down) - stancePeak(level) - 6.9) < 0.7)
  t.true(Math.abs(run({ gradePercent: -15.8 }).impact / level.impact - 1.54) < 0.01)
  t.true(up.kneeDeg(0) > level.kneeDeg(0) + 3 && thighMost(up) > thighMost(level) + 3)
  t.true(up.impact < level.impact && up.impact > 0 && run({ gradePercent: 20 }).impact > 0)
})

test("uphill the steps come quicker by 4 % at 7 %, downhill slower; the foot is on the ground as long", (t) => {
  const [down, level, up] = [run({ gradePercent: -7 }), run(), run({ gradePercent: 7 })]
  t.true(Math.abs(stepsPerMinute(up) / stepsPerMinute(level) - 1.04) < 0.002)
  t.true(stepsPerMinute(down) < stepsPerMinute(level))
  for (const hill of [down, up]) t.true(Math.abs(contactS(hill) - contactS(level)) < 0.001)
})

test("walking uphill lands with a bent knee and a raised thigh, downhill gives more in the knee", (t) => {
  const [down, level, up] = [walk({ gradePercent: -10 }), walk(), walk({ gradePercent: 10 })]
  t.true(up.kneeDeg(0) > level.kneeDeg(0) + 8 && Math.abs(down.kneeDeg(0) - level.kneeDeg(0)) < 2)
  t.true(down.thighDeg(0) < level.thighDeg(0) - 3 && up.thighDeg(0) > level.thighDeg(0) + 6)
  t.true(down.kneeDeg(0.14) > level.kneeDeg(0.14) + 4)
  for (const gradePercent of [-20, 20]) {
    const knee = SHARES.map(walk({ gradePercent }).kneeDeg)
    t.true(Math.min(...knee) > -2 && Math.max(...knee) < 75)
  }
})

test("who travels uphill rises by the grade, on a treadmill nobody rises", (t) => {
  for (const [style, speedMs] of [
    [run({ gradePercent: 12 }), 3],
    [walk({ gradePercent: 12, speedMs: 1.2 }), 1.2],
  ] as const) {
    t.true(Math.abs(style.climbMs / style.speedMs - 0.12) < 1e-9)
    t.true(Math.abs(Math.hypot(style.climbMs, style.speedMs) - speedMs) < 1e-9)
  }
  const on = (treadmill: boolean) =>
    running(MEAN_BODY, randomOf(1, "run"), { speedMs: 3, gradePercent: 12, durationS: 9, treadmill }).poseAt(
      4,
    )
  t.is(on(true).climbMs, 0)
  t.true(on(false).climbMs > 0.3)
})

test("10 % more steps bend the knee by 3 to 5° less under load, and are 10 % shorter", (t) => {
  const usual = run()
  const cadenceSpm = stepsPerMinute(usual) * 1.1
  const quick = run({ cadenceSpm })
  t.true(Math.abs(stepsPerMinute(quick) - cadenceSpm) < 1e-9)
  const lessDeg = stancePeak(usual) - stancePeak(quick)
  t.true(lessDeg > 3 && lessDeg < 5, `${lessDeg}`)
  t.true(Math.abs(contactS(quick) / contactS(usual) - 1 / 1.1) < 1e-6)
  t.true(thighMost(quick) < thighMost(usual))
  const reach = ({ thighDeg }: GaitStyle) =>
    Math.max(...SHARES.map(thighDeg)) - Math.min(...SHARES.map(thighDeg))
  t.true(Math.abs(reach(walk({ cadenceSpm: 121.1 })) / reach(walk()) - 1 / 1.1) < 0.01)
})

test("a limp shortens stance and stiffens the loaded knee; swing stays", (t) => {
  for (const style of [run, walk]) {
    const [sound, half, full] = [style({}, {}), style({}, { limp: 0.5 }), style({}, { limp: 1 })]
    for (const [more, less] of [
      [half, sound],
      [full, half],
    ] as const) {
      t.true(contactS(more) < 0.95 * contactS(less))
      t.true(more.kneeDeg(0.12) < less.kneeDeg(0.12) - 2)
      t.true(Math.abs(swingPeak(more) - swingPeak(less)) < 0.5)
    }
    t.is(stepsPerMinute(full), stepsPerMinute(sound))
    // The sound leg pushes more than the spared one.
    const upG = (share: number) =>
      full.hip.upG.harmonics.reduce((sum, [c, s], i) => {
        const angle = 2 * Math.PI * (i + 1) * share
        return sum + c * Math.cos(angle) + s * Math.sin(angle)
      }, full.hip.upG.mean)
    const pushed = (from: number) => SHARES.reduce((sum, share) => sum + upG(from + share / 2), 0)
    t.true(pushed(0.45) > 1.1 * pushed(0.95))
  }
})

/** Median of the stance peaks of the strides between two times. */
function peaksDeg(body: Body, fromS: number, toS: number, ranBeforeS?: number): number {
  const { poseAt } = running(body, randomOf(1, "run"), {
    speedMs: 3,
    durationS: 3600,
    ...(ranBeforeS !== undefined && { ranBeforeS }),
  })
  const peaks: number[] = []
  let peak = 0
  for (let timeS = fromS; timeS < toS; timeS += 0.01) {
    const { stance, kneeDeg } = poseAt(timeS)
    if (stance) peak = Math.max(peak, kneeDeg)
    else if (peak > 0) peaks.push(peak)
    if (!stance) peak = 0
  }
  return peaks.sort((a, b) => a - b)[Math.floor(peaks.length / 2)] as number
}

test("in an hour of running the stance peak drifts by what the wearer's fatigue says, and goes on from what was run before", (t) => {
  const tiring = { ...MEAN_BODY, fatigueDegPerHour: 6 }
  const early = peaksDeg(tiring, 0, 60)
  t.true(Math.abs(peaksDeg(tiring, 3540, 3600) - early - 5.9) < 0.7)
  t.true(Math.abs(peaksDeg(tiring, 0, 60, 1800) - early - 3) < 0.5)
  t.true(Math.abs(peaksDeg(MEAN_BODY, 3540, 3600) - peaksDeg(MEAN_BODY, 0, 60)) < 0.5)
})

for (const strideTimeSd of [0.01, 0.03])
  test(`strides differ in their time by ${100 * strideTimeSd} %`, (t) => {
    const { poseAt } = gait(run(), { ...MEAN_BODY, strideTimeSd }, randomOf(1, "strides"), 600)
    const contactsS: number[] = []
    let loaded = true
    for (let timeS = 0; timeS < 590; timeS += 0.001) {
      const { stance } = poseAt(timeS)
      if (stance && !loaded) contactsS.push(timeS)
      loaded = stance
    }
    const times = contactsS.slice(1).map((contact, i) => contact - (contactsS[i] as number))
    t.true(times.length > 700)
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length
    const sd = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length)
    t.true(Math.abs(mean - run().periodS) < 0.002)
    t.true(Math.abs(sd / mean / strideTimeSd - 1) < 0.1, `${sd / mean}`)
  })

const REFUSED: [what: string, make: () => unknown, words: RegExp][] = [
  ["too steep to run", () => run({ gradePercent: 21 }), /21 %: from −20 to 20 %/],
  ["too steep to walk", () => walk({ gradePercent: -20.5 }), /-20.5 %: from −20 to 20 %/],
  ["no grade", () => run({ gradePercent: Number.NaN }), /NaN %/],
  [
    "steps too quick to run",
    () => run({ cadenceSpm: 220 }),
    /220 steps a minute at 3 m\/s.* from 133 to 200/,
  ],
  [
    "steps too slow to walk",
    () => walk({ cadenceSpm: 60 }),
    /60 steps a minute at 1.35 m\/s.* from 77 to 143/,
  ],
  ["more than a limp", () => run({}, { limp: 1.1 }), /limp of 1.1: from 0 \(none\) to 1/],
  ["less than none", () => walk({}, { limp: -0.1 }), /limp of -0.1/],
  ["more than tired", () => run({}, { fatigueDegPerHour: 31 }), /31° an hour: from −30° to 30°/],
]
for (const [what, make, words] of REFUSED)
  test(`${what} is refused, and told what is possible`, (t) => {
    t.throws(make, { instanceOf: RangeError, message: words })
  })

const RATE_HZ = 200
const MOVED: [what: string, body: Partial<Body>, gradePercent: number][] = [
  ...[-STEEPEST_PERCENT, -8, 8, STEEPEST_PERCENT].map(
    (grade) => [`at ${grade} %`, {}, grade] as [string, object, number],
  ),
  ["with a limp", { limp: 1 }, 0],
  ["limping downhill, tired", { limp: 0.6, fatigueDegPerHour: 25 }, -10],
]
for (const [what, changed, gradePercent] of MOVED)
  test(`${what} the signals add up to the true angles, and their force to 1 g upward`, (t) => {
    const body = { ...MEAN_BODY, ...changed }
    const chance = (name: string) => randomOf(1, name)
    const played = timeline(
      [
        standing(chance("1"), 3),
        walking(body, chance("2"), { durationS: 15, gradePercent, cadenceSpm: 100 }),
        running(body, chance("3"), { durationS: 20, speedMs: 3, gradePercent, ranBeforeS: 3000 }),
        standing(chance("4"), 3),
      ],
      chance("transitions"),
    )
    const worn = { body, thigh: FAULTLESS, shank: FAULTLESS, slips: [] }
    const motion = new WornMotion(played, worn, { name: "hill", rateHz: RATE_HZ, seed: 1 })
    motion.need(motion.recording.timeS.length)
    const { thigh, shank, truth } = motion.recording
    const own = strapdown(thigh, RATE_HZ)
    const below = strapdown(shank, RATE_HZ).inclinationDeg
    const endS = truth.stance.length / RATE_HZ
    for (let row = 0; row < truth.stance.length; row++) {
      const thighDeg = own.inclinationDeg[row] as number
      if (Math.abs(thighDeg - (truth.thighDeg[row] as number)) > 0.3) return t.fail(`thigh, row ${row}`)
      if (Math.abs(thighDeg - (below[row] as number) - (truth.kneeDeg[row] as number)) > 0.5)
        return t.fail(`knee, row ${row}`)
    }
    const mean = (axis: 0 | 1 | 2) => meanBetween(own.forceG[axis], RATE_HZ, 0, endS)
    t.true(Math.hypot(mean(0), mean(1)) < 0.01, `${mean(0)} ${mean(1)}`)
    t.true(Math.abs(mean(2) - 1) < 0.01, `${mean(2)}`)
  })
