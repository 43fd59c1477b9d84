/** What the pipeline tells of two recorded sessions, held against their truth. */
import test, { type ExecutionContext } from "ava"
import type { TruthBout } from "../../simulator/evaluate/truth"
import { Activity, type Stride } from "../../src/motion/stride"
import {
  columnAt,
  liveTimeOf,
  play,
  RATE_HZ,
  readSession,
  type Session,
  sampleAt,
  type Told,
  timeOf,
} from "./session"
import { COUNTS_PER_DPS, COUNTS_PER_G, type Sample } from "./thigh-motion"

const NAMES = ["S01", "S10"]
const sessions = new Map(
  await Promise.all(NAMES.map(async (name) => [name, await readSession(name)] as const)),
)
const session = (name: string) => sessions.get(name) as Session
const whole = new Map(NAMES.map((name) => [name, play(session(name).samples)]))
const told = (name: string) => whole.get(name) as Told

const MS_PER_S = 1000
/** Strides whose stance ends in the bout, its part-size steps included. */
const stridesIn = (strides: readonly Stride[], { startS, endS }: TruthBout) =>
  strides.filter(({ toeOffMs }) => toeOffMs > startS * MS_PER_S - 700 && toeOffMs < endS * MS_PER_S + 700)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const rms = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value * value)))

/** What was told at each sample of a bout, beside what the columns say. */
function errorsIn(
  { startS, endS }: TruthBout,
  { timeS }: Session,
  column: ArrayLike<number>,
  live: ArrayLike<number>,
) {
  const errors: number[] = []
  for (let n = sampleAt(startS); n < sampleAt(endS); n++)
    errors.push((live[n] as number) - columnAt(timeS, column, liveTimeOf(n)))
  return errors
}

function countsStrides(t: ExecutionContext, strides: readonly Stride[], { truth }: Session) {
  for (const bout of truth.bouts) {
    const counted = stridesIn(strides, bout).length
    t.true(
      counted >= bout.strides && counted <= bout.strides + bout.rampSteps,
      `${counted}, not ${bout.strides}`,
    )
  }
  t.is(
    strides.length,
    truth.bouts.reduce((sum, bout) => sum + stridesIn(strides, bout).length, 0),
    "none elsewhere",
  )
}

for (const name of NAMES) {
  test(`${name}: each bout's strides are counted, part-size steps aside, all of them running, none elsewhere`, (t) => {
    countsStrides(t, told(name).strides, session(name))
    t.true(told(name).strides.every(({ gait }) => gait === Activity.run))
  })

  test(`${name}: thigh inclination is right to 1.5° RMSE in each bout, the knee to 6.5°`, (t) => {
    const { truth, columns } = session(name)
    for (const bout of truth.bouts) {
      const degrees = (cdeg: Int32Array) => Array.from(cdeg, (value) => value / 100)
      const thigh = rms(errorsIn(bout, session(name), columns.thighDeg, degrees(told(name).thighCdeg)))
      t.true(thigh < 1.5, `thigh ${thigh}°`)
      const knee = rms(errorsIn(bout, session(name), columns.kneeDeg, degrees(told(name).kneeCdeg)))
      t.true(knee < 6.5, `knee ${knee}°`)
    }
  })

  test(`${name}: the leg is loaded when it is, as known live, in nine of ten samples`, (t) => {
    const { truth, columns } = session(name)
    for (const bout of truth.bouts) {
      const wrong = mean(errorsIn(bout, session(name), columns.stance, told(name).stance).map(Math.abs))
      t.true(wrong < 0.1, `${wrong}`)
    }
  })

  test(`${name}: standing, the thigh is at 0° and the knee too`, (t) => {
    const n = sampleAt((session(name).truth.bouts[0]?.endS ?? 0) + 5)
    t.true(Math.abs(told(name).thighCdeg[n] as number) < 200)
    t.true((told(name).kneeCdeg[n] as number) < 350)
  })

  test(`${name}: contact and toe-off are where they were, and stance peaks what they were`, (t) => {
    const { truth } = session(name)
    const contact: number[] = []
    const toeOff: number[] = []
    const peak: number[] = []
    for (const bout of truth.bouts)
      for (const stance of bout.stances) {
        const stride = told(name).strides.find(
          ({ toeOffMs }) => Math.abs(toeOffMs - stance.endS * MS_PER_S) < 120,
        )
        if (!stride) continue
        contact.push(stride.contactMs - stance.startS * MS_PER_S)
        toeOff.push(stride.toeOffMs - stance.endS * MS_PER_S)
        peak.push(stride.peakFlexionCdeg / 100 - stance.peakDeg)
        t.is(stride.contactTimeMs, stride.toeOffMs - stride.contactMs)
      }
    t.true(contact.length >= truth.bouts.reduce((sum, bout) => sum + bout.strides, 0))
    t.true(
      Math.abs(mean(contact)) < 8 && rms(contact) < 20,
      `contact ${mean(contact)} ms, RMS ${rms(contact)}`,
    )
    t.true(Math.abs(mean(toeOff)) < 8 && rms(toeOff) < 15, `toe-off ${mean(toeOff)} ms, RMS ${rms(toeOff)}`)
    t.true(rms(peak) < 5.5, `peak ${mean(peak)}°, RMS ${rms(peak)}`)
  })

  test(`${name}: stride times are the times between contacts`, (t) => {
    for (const bout of session(name).truth.bouts) {
      const strides = stridesIn(told(name).strides, bout).slice(1, -1)
      const between = ((strides.at(-1)?.contactMs ?? 0) - (strides[0]?.contactMs ?? 0)) / (strides.length - 1)
      const average = mean(strides.map(({ periodMs }) => periodMs))
      t.true(Math.abs(average - between) < 2, `${average}, not ${between} ms`)
    }
  })

  test(`${name}: load is the regression's on the thigh's own angle in each stance`, (t) => {
    const { strides, thighCdeg } = told(name)
    for (const { contactMs, toeOffMs, contactTimeMs, periodMs, milliLoad } of strides) {
      const stance = thighCdeg.slice(sampleAt(contactMs / MS_PER_S), sampleAt(toeOffMs / MS_PER_S))
      const force = -4.91 + (0.218 * Math.max(...stance)) / 100 - 0.0197 * contactTimeMs + 0.0142 * periodMs
      // The angle is known at sixteenths of the stride only, so the first one in stance may be past the greatest.
      const share = milliLoad / ((1000 * Math.max(1, force)) / 5.873)
      t.true(share > 0.88 && share < 1.03, `${share}`)
    }
  })

  test(`${name}: past the threshold is what the peak is past, and no other`, (t) => {
    const deeper = play(session(name).samples, { thresholdCdeg: 4300 }).strides
    t.is(deeper.length, told(name).strides.length)
    t.true(deeper.some(({ msPastThreshold }) => msPastThreshold === 0))
    for (const [index, stride] of deeper.entries()) {
      const plain = told(name).strides[index] as Stride
      t.is(stride.peakFlexionCdeg, plain.peakFlexionCdeg)
      if (stride.peakFlexionCdeg <= 4300) t.is(stride.msPastThreshold, 0)
      t.is(plain.msPastThreshold > 0, plain.peakFlexionCdeg > 3010)
      t.is(plain.cdegMsPastThreshold > 0, plain.msPastThreshold > 0)
      t.true(stride.msPastThreshold < plain.msPastThreshold || plain.msPastThreshold === 0)
      t.true(plain.milliLoadPeakWeighted > 0)
      t.true(plain.msPastThreshold < plain.contactTimeMs)
    }
  })

  test(`${name}: five bends are listed with their times and peaks, the calibrating three among them`, (t) => {
    const { bends } = session(name)
    t.is(told(name).bends.length, bends.length)
    bends.forEach(({ startS, endS, peakDeg, thighPeakDeg }, index) => {
      const bend = told(name).bends[index]
      t.true(bend && bend.timeMs > startS * MS_PER_S && bend.timeMs < endS * MS_PER_S, `bend ${index}`)
      t.true(Math.abs((bend?.peakCdeg ?? 0) / 100 - peakDeg) < 3, `bend ${index}: ${bend?.peakCdeg}`)
      // At the thigh's greatest angle, whatever the knee makes of it.
      const n = sampleAt((bend?.timeMs ?? 0) / MS_PER_S)
      const thighDeg = columnAt(session(name).timeS, session(name).columns.thighDeg, timeOf(n))
      t.true(Math.abs(thighDeg - thighPeakDeg) < 0.5, `bend ${index}: ${thighDeg}° at its time`)
    })
  })

  test(`${name}: calibrated once, at the end of the third bend`, (t) => {
    const third = session(name).bends[2]
    const [atMs = 0, ...more] = told(name).calibratedMs
    t.deepEqual(more, [])
    t.true(third && atMs > third.startS * MS_PER_S && atMs < third.endS * MS_PER_S)
  })

  test(`${name}: activities as corrected are what was done`, (t) => {
    const { truth, bends, columns } = session(name)
    const { activity, calibratedMs } = told(name)
    const shareOf = (wanted: Activity, fromS: number, toS: number) => {
      const span = activity.slice(sampleAt(fromS), sampleAt(toS))
      return span.filter((value) => value === wanted).length / span.length
    }
    for (const { startS, endS } of truth.bouts) {
      t.is(shareOf(Activity.run, startS + 0.05, endS - 0.1), 1)
      t.is(shareOf(Activity.still, endS + 2, endS + 3), 1)
    }
    // A tilt is a bend between 12° on its way forward and 8° on its way back.
    for (const { startS, endS } of bends.filter(({ startS }) => startS * MS_PER_S > (calibratedMs[0] ?? 0))) {
      const share = shareOf(Activity.bend, startS, endS)
      t.true(share > 0.55 && share < 0.8, `${share}`)
    }
    const seated = columns.activity.indexOf("sit") / 200
    t.is(shareOf(Activity.sit, seated, seated + 8), 1)
    t.is(shareOf(Activity.still, seated + 14, seated + 15), 1)
  })

  test(`${name}: sitting, the leg carries nothing; standing, it does`, (t) => {
    const seated = session(name).columns.activity.indexOf("sit") / 200
    t.is(told(name).stance[sampleAt(seated + 8)], 0)
    t.is(told(name).stance[sampleAt(seated + 14.5)], 1)
  })

  test(`${name}: a vibration of 0.3 g and 20 °/s at 40 Hz changes no count`, (t) => {
    const shaken = session(name).samples.map((sample, n) => {
      const phase = (2 * Math.PI * 40 * n) / RATE_HZ
      return sample.map((counts, axis) => {
        const size = axis < 3 ? 20 * COUNTS_PER_DPS : 0.3 * COUNTS_PER_G
        return Math.round(counts + size * Math.sin(phase + axis))
      }) as Sample
    })
    // Shaken from after the bends on: nobody calibrates with a buzzing motor.
    const from = sampleAt(26)
    const { strides, bends } = play([...session(name).samples.slice(0, from), ...shaken.slice(from)])
    countsStrides(t, strides, session(name))
    t.is(bends.length, session(name).bends.length)
  })

  for (const lostSamples of [1, 10, 40])
    test(`${name}: ${lostSamples} samples lost in mid-bout lose two strides at most, and time goes right on`, (t) => {
      const [bout] = session(name).truth.bouts
      if (!bout) return t.fail()
      const from = sampleAt((bout.startS + bout.endS) / 2)
      const { strides } = play(session(name).samples, { lost: (n) => n >= from && n < from + lostSamples })
      const before = stridesIn(told(name).strides, bout)
      const after = stridesIn(strides, bout)
      t.true(
        after.length >= before.length - 2 && after.length <= before.length,
        `${after.length}, not ${before.length}`,
      )
      const [last, wanted] = [after.at(-1) as Stride, before.at(-1) as Stride]
      t.true(Math.abs(last.contactMs - wanted.contactMs) < 15)
      t.true(Math.abs(last.peakFlexionCdeg - wanted.peakFlexionCdeg) < 150)
    })
}
