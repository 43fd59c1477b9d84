/**
 * The virtual runner runs as the 26 treadmill runners did (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298; mean ± SD computed from
 * their data for this project): angles, times and forces at three speeds.
 */
import test from "ava"
import { type Body, drawBody, MEAN_BODY } from "../../../simulator/runner/body"
import type { GaitStyle } from "../../../simulator/runner/gait"
import { randomOf } from "../../../simulator/runner/random"
import { FASTEST_MS, runningStyle, SLOWEST_MS } from "../../../simulator/runner/running"

interface Measured {
  speedMs: number
  cadenceSpm: number
  contactMs: number
  peakAtMs: number
  contactKneeDeg: [mean: number, sd: number]
  stancePeakDeg: [mean: number, sd: number]
  swingPeakDeg: [mean: number, sd: number]
  toeOffKneeDeg: number
  thighMaxMinContactDeg: [number, number, number]
  peakForceBw: number
}

// biome-ignore format: a table
const MEASURED: Measured[] = [
  { speedMs: 2.5, cadenceSpm: 162, contactMs: 273, peakAtMs: 113, contactKneeDeg: [12.8, 6.8], stancePeakDeg: [42.6, 7.1], swingPeakDeg: [93.5, 11.6], toeOffKneeDeg: 14.8, thighMaxMinContactDeg: [35, -16, 23], peakForceBw: 2.32 },
  { speedMs: 3.5, cadenceSpm: 171, contactMs: 231, peakAtMs: 99, contactKneeDeg: [13.6, 7.4], stancePeakDeg: [43.6, 6.1], swingPeakDeg: [108.5, 11.8], toeOffKneeDeg: 12.9, thighMaxMinContactDeg: [42, -22, 27], peakForceBw: 2.56 },
  { speedMs: 4.5, cadenceSpm: 184, contactMs: 205, peakAtMs: 90, contactKneeDeg: [14.8, 7.7], stancePeakDeg: [44.3, 6.3], swingPeakDeg: [117.2, 11], toeOffKneeDeg: 12.1, thighMaxMinContactDeg: [48, -27, 31], peakForceBw: 2.68 },
]
const RUNNERS = Array.from({ length: 60 }, (_, seed) => drawBody(randomOf(seed, "body"), "right"))
const STEPS = 500

function shares(from: number, to: number): number[] {
  return Array.from({ length: STEPS }, (_, i) => from + ((to - from) * i) / STEPS)
}
const highest = (curve: (share: number) => number, from: number, to: number) =>
  Math.max(...shares(from, to).map(curve))
const stancePeak = (style: GaitStyle) => highest(style.kneeDeg, 0, style.dutyFactor)
const swingPeak = (style: GaitStyle) => highest(style.kneeDeg, style.dutyFactor, 1)
const contactKnee = (style: GaitStyle) => style.kneeDeg(0)

for (const measured of MEASURED) {
  const { speedMs } = measured
  const style = (body: Body) => runningStyle(body, { speedMs })
  const mean = style(MEAN_BODY)

  test(`the mean runner at ${speedMs} m/s bends the knee as measured`, (t) => {
    const near = (value: number, wanted: number, reach: number, what: string) =>
      t.true(Math.abs(value - wanted) <= reach, `${what}: ${value}, measured ${wanted}`)
    near(contactKnee(mean), ...measured.contactKneeDeg, "knee at contact")
    near(stancePeak(mean), measured.stancePeakDeg[0], 2, "stance peak")
    near(swingPeak(mean), measured.swingPeakDeg[0], 6, "swing peak")
    near(mean.kneeDeg(mean.dutyFactor), measured.toeOffKneeDeg, 5, "knee at toe-off")
    const peak = stancePeak(mean)
    const peakShare = shares(0, mean.dutyFactor).find((share) => mean.kneeDeg(share) === peak) ?? 0
    near(peakShare * mean.periodS * 1000, measured.peakAtMs, 12, "time of the peak, ms")
    const [most, least, atContact] = measured.thighMaxMinContactDeg
    near(highest(mean.thighDeg, 0, 1), most, 3, "thigh max")
    near(-highest((share) => -mean.thighDeg(share), 0, 1), least, 3, "thigh min")
    near(mean.thighDeg(0), atContact, 4, "thigh at contact")
  })

  test(`the mean runner at ${speedMs} m/s steps and pushes as measured`, (t) => {
    t.true(Math.abs(120 / mean.periodS - measured.cadenceSpm) < 1)
    t.true(Math.abs(mean.dutyFactor * mean.periodS * 1000 - measured.contactMs) < 4)
    const { harmonics } = mean.hip.upG
    const forceBw = (share: number) =>
      harmonics.reduce((sum, [cosine, sine], i) => {
        const angle = 2 * Math.PI * (i + 1) * share
        return sum + cosine * Math.cos(angle) + sine * Math.sin(angle)
      }, 1)
    t.true(Math.abs(highest(forceBw, 0, 1) / measured.peakForceBw - 1) < 0.03)
    for (const share of shares(mean.dutyFactor + 0.02, 0.48))
      t.true(Math.abs(forceBw(share)) < 0.08, `nothing pushes in flight: ${forceBw(share)}`)
  })

  test(`runners at ${speedMs} m/s differ as the measured ones do`, (t) => {
    const spread: [(style: GaitStyle) => number, [mean: number, sd: number]][] = [
      [contactKnee, measured.contactKneeDeg],
      [stancePeak, measured.stancePeakDeg],
      [swingPeak, measured.swingPeakDeg],
    ]
    for (const [angle, [wanted, sd]] of spread) {
      const angles = RUNNERS.map((body) => angle(style(body)))
      const average = angles.reduce((sum, value) => sum + value, 0) / angles.length
      const own = Math.sqrt(angles.reduce((sum, value) => sum + (value - average) ** 2, 0) / angles.length)
      t.true(Math.abs(average - wanted) < sd, `${angle.name}: ${average}`)
      t.true(own > 0.75 * sd && own < 1.2 * sd, `${angle.name}: SD ${own}, measured ${sd}`)
    }
  })
}

const at = (speedMs: number) => runningStyle(MEAN_BODY, { speedMs })

test("between the measured speeds everything lies between", (t) => {
  for (const quantity of [
    swingPeak,
    (style: GaitStyle) => -style.periodS,
    (style: GaitStyle) => -style.dutyFactor,
  ]) {
    const values = [2.5, 2.8, 3.2, 3.5, 4, 4.5].map((speedMs) => quantity(at(speedMs)))
    t.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    )
  }
})

test("a speed that the curves do not reach is refused by name", (t) => {
  t.notThrows(() => [at(SLOWEST_MS), at(FASTEST_MS)])
  t.throws(() => at(6), { instanceOf: RangeError, message: /6 m\/s.* 2 to 5 m\/s/ })
  t.throws(() => at(Number.NaN), { instanceOf: RangeError })
})
