/** Each disturbance does what its name says, to a copy. */
import test from "ava"
import {
  DISTURBANCES,
  turned,
  withGyroBias,
  withLostBatches,
  withNoise,
} from "../../simulator/evaluate/disturbances"
import { resampled } from "../../simulator/evaluate/resampling"
import { withoutRows } from "../../simulator/evaluate/row-loss"
import type { ImuChannels, Recording } from "../../simulator/recording/recording"
import { readTimeAxis } from "../../simulator/recording/time-axis"

const RATE_HZ = 200
const ROWS = 4000
/** So long that one in a hundred batches is many. */
const MANY_ROWS = 40_000
const TONE_HZ = 3

/** A second of standing askew, then a tone on every channel. */
function recording(name = "S01.csv.gz", rows = ROWS): Recording {
  const timeS = Float64Array.from({ length: rows }, (_, row) => 5 + row / RATE_HZ)
  const channel = (standing: number, size: number) =>
    timeS.map((now) => (now < 6 ? standing : standing + size * Math.sin(2 * Math.PI * TONE_HZ * (now - 6))))
  const imu = (): ImuChannels => ({
    axG: channel(0.6, 0.2),
    ayG: channel(0.8, 0.1),
    azG: channel(0, 0.5),
    gxDps: channel(0, 100),
    gyDps: channel(0, 200),
    gzDps: channel(0, 50),
  })
  const truth = {
    kneeDeg: timeS.slice(),
    thighDeg: timeS.slice(),
    stance: new Uint8Array(rows),
    activity: Array.from(timeS, () => "run"),
  }
  const others = { gaps: [], beyondRangeRows: 0, ignoredColumns: [] }
  return { name, rateHz: RATE_HZ, timeS, sampledS: timeS, thigh: imu(), shank: imu(), truth, ...others }
}

const CHANNELS = ["axG", "ayG", "azG", "gxDps", "gyDps", "gzDps"] as const
type Channel = (typeof CHANNELS)[number]
const changed = (before: ImuChannels, after: ImuChannels, channel: Channel) =>
  Array.from(after[channel], (value, row) => value - (before[channel][row] as number))
const spread = (values: number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

for (const { name, apply, chipRate } of DISTURBANCES) {
  test(`${name}: the recording that it is made from stays as it is, and the same comes again`, (t) => {
    const original = recording()
    const once = apply(original)
    t.deepEqual(original, recording())
    t.deepEqual(apply(original), once)
    t.is(once.name, original.name)
    if (name === "none" || chipRate) t.deepEqual(once, original)
    else t.notDeepEqual(once.thigh, original.thigh)
    t.is(once.shank?.axG.length, once.thigh.axG.length)
  })
}

test("bias is constant, of the size asked for on every axis of the gyroscope, on none of the other", (t) => {
  const before = recording()
  const after = withGyroBias(before, 1.5)
  for (const sensor of ["thigh", "shank"] as const) {
    for (const channel of CHANNELS) {
      const off = changed(before[sensor] as ImuChannels, after[sensor] as ImuChannels, channel)
      const sign = Math.sign(off[0] as number)
      const expected = channel.startsWith("g") ? 1.5 * sign : 0
      t.true(off.every((value) => Math.abs(value - expected) < 1e-9))
    }
  }
})

test("runners are biased each in their own direction", (t) => {
  const signs = new Set(
    ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => {
      const { gxDps, gyDps, gzDps } = withGyroBias(recording(name), 1).thigh
      return [gxDps, gyDps, gzDps].map((channel) => Math.sign(channel[0] as number)).join()
    }),
  )
  t.true(signs.size > 2)
})

for (const times of [2, 4]) {
  test(`with noise × ${times} the whole noise is ${times} times that of the sensor model`, (t) => {
    const before = recording()
    const { thigh } = withNoise(before, times)
    const added = Math.sqrt(times * times - 1)
    t.true(Math.abs(spread(changed(before.thigh, thigh, "gxDps")) / (0.07 * added) - 1) < 0.03)
    t.true(Math.abs(spread(changed(before.thigh, thigh, "azG")) / (0.004 * added) - 1) < 0.03)
  })
}

for (const turnDeg of [45, 90, 180]) {
  test(`a strap turned by ${turnDeg}° feels the same up in standing, and what lies across by ${turnDeg}° elsewhere`, (t) => {
    const before = recording()
    const { thigh } = turned(before, turnDeg)
    const at = (imu: ImuChannels, row: number) =>
      [imu.axG, imu.ayG, imu.azG].map((axis) => axis[row] as number)
    const [x = 0, y = 0, z = 0] = at(thigh, 10)
    t.true(Math.abs(x - 0.6) + Math.abs(y - 0.8) + Math.abs(z) < 1e-9)
    const row = 200 + Math.round(RATE_HZ / TONE_HZ / 4)
    const across = (vector: number[]) => {
      const along = 0.6 * (vector[0] as number) + 0.8 * (vector[1] as number)
      return [(vector[0] as number) - 0.6 * along, (vector[1] as number) - 0.8 * along, vector[2] as number]
    }
    const [a, b] = [across(at(before.thigh, row)), across(at(thigh, row))]
    const dot = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
    const angleDeg = (Math.acos(dot / (Math.hypot(...a) * Math.hypot(...b))) * 180) / Math.PI
    t.true(Math.abs(angleDeg - turnDeg) < 1e-4, `${angleDeg}`)
  })
}

for (const rateHz of [52, 104, 208]) {
  test(`at ${rateHz} Hz the same motion is told by rows ${rateHz} a second`, (t) => {
    const before = recording()
    const after = resampled(before, rateHz)
    t.is(after.rateHz, rateHz)
    t.true(Math.abs(readTimeAxis("made.csv", after.timeS).rateHz - rateHz) < 1e-6)
    t.is(after.timeS[0], before.timeS[0])
    t.true((before.timeS.at(-1) as number) - (after.timeS.at(-1) as number) < 1 / rateHz)
    const errors = Array.from(after.timeS, (now, row) => {
      const wanted = now < 6 ? 0 : 200 * Math.sin(2 * Math.PI * TONE_HZ * (now - 6))
      // The tone sets in with a corner, which no band-limited signal has.
      const isCorner = Math.abs(now - 6) < 0.3 || now - 5 > ROWS / RATE_HZ - 0.3
      return isCorner ? 0 : Math.abs((after.thigh.gyDps[row] as number) - wanted)
    })
    t.true(Math.max(...errors) < 1, `${Math.max(...errors)}°/s`)
    t.is(after.truth, undefined)
  })
}

test("what is faster than the new rate can show does not come out as something slow", (t) => {
  const original = recording()
  const buzzing = original.thigh.axG.map((value, row) => value + Math.sin(2 * Math.PI * 70 * (row / RATE_HZ)))
  const withBuzz = { ...original, thigh: { ...original.thigh, axG: buzzing } }
  const clean = resampled(original, 52).thigh.axG
  const heard = resampled(withBuzz, 52).thigh.axG
  const middle = Array.from(heard, (value, row) => value - (clean[row] as number)).slice(50, -50)
  t.true(spread(middle) < 0.01, `${spread(middle)}`)
})

test("a recording with a gap keeps it at another rate", (t) => {
  const holed = withoutRows(recording(), (row) => row >= 1000 && row < 1040)
  const [gap] = resampled(holed, 104).gaps
  t.is(resampled(holed, 104).gaps.length, 1)
  t.true(Math.abs((gap?.lostSamples ?? 0) - 0.2 * 104) <= 1.5, `${gap?.lostSamples}`)
})

test("about 1 % of the rows are lost, in whole batches, each of which is a gap", (t) => {
  const before = recording("S01.csv.gz", MANY_ROWS)
  const after = withLostBatches(before, 0.01)
  const lost = MANY_ROWS - after.timeS.length
  t.true(lost / MANY_ROWS > 0.004 && lost / MANY_ROWS < 0.02, `${lost}`)
  t.is(
    after.gaps.reduce((sum, gap) => sum + gap.lostSamples, 0),
    lost,
  )
  for (const { lostSamples, row, startS, endS } of after.gaps) {
    t.true(lostSamples >= 30, `${lostSamples} rows: a batch lasts 154 ms`)
    t.true(Math.abs(endS - startS - (lostSamples + 1) / RATE_HZ) < 1e-9)
    t.is(after.timeS[row], startS)
    t.is(after.timeS[row + 1], endS)
  }
  t.deepEqual(readTimeAxis("made.csv", after.timeS).gaps, after.gaps)
  t.is(after.truth?.kneeDeg.length, after.timeS.length)
  t.deepEqual(after.truth?.kneeDeg, after.timeS)
})

test("rows that are lost beside a gap make it longer; the ends of a recording stay", (t) => {
  const once = withoutRows(recording(), (row) => row >= 100 && row < 120)
  const twice = withoutRows(once, (row) => row >= 100 && row < 110)
  t.deepEqual(
    twice.gaps.map(({ row, lostSamples }) => [row, lostSamples]),
    [[99, 30]],
  )
  t.is(withoutRows(recording(), () => true).timeS.length, 2)
})
