import test from "ava"
import { butterworthGain, cutoffsHz } from "../../hosts/virtual/lsm6dso-filter"
import { chipDelayMs, chipSamples, DPS_PER_COUNT, G_PER_COUNT } from "../../simulator/motion-source"

const RATE_104_HZ = 6667 / 64
const CODE_104 = 4

/** A recording whose six channels are given functions of time (gx gy gz in °/s, ax ay az in g). */
function recording(rateHz: number, seconds: number, ...channels: ((timeS: number) => number)[]) {
  const rows = Math.round(rateHz * seconds) + 1
  const sampledS = Float64Array.from({ length: rows }, (_, row) => row / rateHz)
  const [gxDps, gyDps, gzDps, axG, ayG, azG] = Array.from({ length: 6 }, (_, axis) =>
    sampledS.map((time) => (channels[axis % channels.length] as (timeS: number) => number)(time)),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
  return { sampledS, thigh: { gxDps, gyDps, gzDps, axG, ayG, azG } }
}

/** All samples as six rows of counts. */
function play(source: ReturnType<typeof recording>, rateHz: number, sliceS = 1): number[][] {
  const axes: number[][] = [[], [], [], [], [], []]
  for (const slice of chipSamples(source, 0, source.sampledS.length - 1, rateHz, sliceS)) {
    const view = new DataView(slice.buffer)
    for (let at = 0; at < slice.length; at += 2) axes[(at / 2) % 6]?.push(view.getInt16(at, true))
  }
  return axes
}

/** Amplitude and delay (ms) of a sine of `hz` in `counts`, by correlation over whole periods, the first second left out. */
function sineIn(counts: number[], hz: number, rateHz: number): { amplitude: number; delayMs: number } {
  const from = Math.ceil(rateHz)
  const periods = Math.floor(((counts.length - from) / rateHz) * hz)
  const until = from + Math.round((periods * rateHz) / hz)
  let sine = 0
  let cosine = 0
  for (let n = from; n < until; n++) {
    const phase = (2 * Math.PI * hz * n) / rateHz
    sine += (counts[n] as number) * Math.sin(phase)
    cosine += (counts[n] as number) * Math.cos(phase)
  }
  const amplitude = (2 * Math.hypot(sine, cosine)) / (until - from)
  return { amplitude, delayMs: (Math.atan2(-cosine, sine) / (2 * Math.PI * hz)) * 1000 }
}

for (const recordedHz of [100, 200, 285.71, 1500]) {
  for (const hz of [1, 5, 10, 20]) {
    test(`a sine of ${hz} Hz recorded at ${recordedHz} Hz leaves with the filters' gain and delay`, (t) => {
      const wave = (size: number) => (timeS: number) => size * Math.sin(2 * Math.PI * hz * timeS)
      const source = recording(recordedHz, 12, wave(700), wave(700), wave(700), wave(8))
      const axes = play(source, RATE_104_HZ)
      const cutoff = cutoffsHz(CODE_104)
      const delay = chipDelayMs(RATE_104_HZ)
      for (const [axis, unit, size, cutoffHz, delayMs] of [
        [0, DPS_PER_COUNT, 700, cutoff.gyro, delay.gyro],
        [3, G_PER_COUNT, 8, cutoff.accelerometer, delay.accelerometer],
      ] as const) {
        const seen = sineIn(axes[axis] as number[], hz, RATE_104_HZ)
        const gain = (seen.amplitude * unit) / size
        // Joining samples by curves takes 3 % at a fifth of the recording's rate.
        const tolerance = hz / recordedHz > 0.1 ? 0.04 : 0.005
        t.true(Math.abs(gain - butterworthGain(hz, cutoffHz)) < tolerance, `axis ${axis}: gain ${gain}`)
        // Phase delay of the second-order Butterworth low-pass, atan2(√2 r, 1 − r²) / ω: the stated delay at low frequencies.
        const ratio = hz / cutoffHz
        const phase = Math.atan2(Math.SQRT2 * ratio, 1 - ratio * ratio)
        const expectedMs = (phase / (2 * Math.PI * hz)) * 1000
        t.true(
          Math.abs(seen.delayMs - expectedMs) < 0.15,
          `axis ${axis}: ${seen.delayMs} ms, not ${expectedMs}`,
        )
        if (hz <= 5) t.true(Math.abs(seen.delayMs - delayMs) < 0.2)
      }
    })
  }
}

test("the delays are 6.8 and 4.3 ms at 104 Hz, half at 208 Hz", (t) => {
  const { gyro, accelerometer } = chipDelayMs(RATE_104_HZ)
  t.is(gyro.toFixed(2), "6.82")
  t.is(accelerometer.toFixed(2), "4.32")
  t.true(Math.abs(chipDelayMs(2 * RATE_104_HZ).gyro / gyro - 0.5) < 0.01)
})

test("samples come at the chip's real rate: a slower chip has fewer, its tones keep their pitch", (t) => {
  const source = recording(200, 20, (timeS) => 500 * Math.sin(2 * Math.PI * 2 * timeS))
  for (const freqFine of [-13, 0, 13]) {
    const rateHz = RATE_104_HZ * (1 + 0.0015 * freqFine)
    const [gx] = play(source, rateHz) as [number[]]
    t.is(gx.length, Math.floor(20 * rateHz) + 1)
    const { amplitude } = sineIn(gx, 2, rateHz)
    t.true(Math.abs(amplitude * DPS_PER_COUNT - 500) < 1)
  }
})

test("1000 counts are 70 °/s, 2049 counts are 1 g", (t) => {
  const axes = play(
    recording(
      100,
      1,
      () => 70,
      () => 70,
      () => 70,
      () => 1,
    ),
    RATE_104_HZ,
  )
  t.is(axes[0]?.[50], 1000)
  t.is(axes[3]?.[50], 2049)
})

test("a constant stays what it is, rounded to a count, from the first sample on", (t) => {
  const axes = play(
    recording(
      100,
      2,
      () => 12.34,
      () => -3.21,
      () => 0.04,
      () => 0.5,
      () => -0.25,
      () => 0.9,
    ),
    RATE_104_HZ,
  )
  const units = [DPS_PER_COUNT, DPS_PER_COUNT, DPS_PER_COUNT, G_PER_COUNT, G_PER_COUNT, G_PER_COUNT]
  const values = [12.34, -3.21, 0.04, 0.5, -0.25, 0.9]
  for (const [axis, counts] of axes.entries()) {
    const expected = Math.round((values[axis] as number) / (units[axis] as number))
    t.true(counts.every((count) => count === expected))
  }
})

test("the error of quantisation is that of rounding: 1/√12 of a count", (t) => {
  const slope = 3.7
  const [gx] = play(
    recording(200, 60, (timeS) => slope * timeS),
    RATE_104_HZ,
  ) as [number[]]
  const delayS = chipDelayMs(RATE_104_HZ).gyro / 1000
  const errors = gx
    .slice(104)
    .map((count, n) => count - (slope * ((n + 104) / RATE_104_HZ - delayS)) / DPS_PER_COUNT)
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const rms = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length)
  t.true(Math.abs(rms - 1 / Math.sqrt(12)) < 0.01, `${rms} counts`)
  t.true(Math.abs(mean) < 0.02, `${mean} counts`)
})

test("what is beyond the range is clipped", (t) => {
  const source = recording(
    200,
    4,
    (timeS) => (timeS > 1 && timeS <= 2 ? 2500 : 0),
    () => 0,
    () => 0,
    () => 1,
  )
  const clipped = (play(source, RATE_104_HZ)[0] as number[]).filter((count) => count === 32_767)
  t.true(Math.abs(clipped.length - 104) <= 3, `${clipped.length}`)
  const negative = recording(
    200,
    2,
    () => 0,
    () => 0,
    () => 0,
    () => -17,
  )
  t.true((play(negative, RATE_104_HZ)[3] as number[]).every((count) => count === -32768))
})

test("slices join without a seam, whatever their length", (t) => {
  const source = recording(
    200,
    5,
    (timeS) => 300 * Math.sin(9 * timeS),
    (timeS) => Math.cos(7 * timeS),
  )
  t.deepEqual(play(source, RATE_104_HZ, 0.013), play(source, RATE_104_HZ, 60))
})

test("a stretch of a recording is played as if there were no more", (t) => {
  const source = recording(200, 5, (timeS) => 100 * timeS)
  const slices = [...chipSamples(source, 200, 400, RATE_104_HZ, 60)]
  const view = new DataView((slices[0] as Uint8Array).buffer)
  t.is(slices.length, 1)
  t.is(view.byteLength / 12, Math.floor(RATE_104_HZ) + 1)
  t.is(view.getInt16(0, true), Math.round(100 / DPS_PER_COUNT))
})
