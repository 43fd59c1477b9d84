import test from "ava"
import { butterworthGain, cutoffsHz, outputRateHz } from "../../../hosts/virtual/lsm6dso-filter"
import { MotorShake } from "../../../hosts/virtual/motor-shake"

/** Fast enough to see the motor turn. */
const CODE = 6
const RATE_HZ = outputRateHz(CODE)
const G_A_COUNT = 0.000488
const DPS_A_COUNT = 0.07

/** A motor at full duty for `onS`, then off; each sample's shaking in counts (gx gy gz ax ay az). */
function shaken(onS: number, offS = 0): { samples: number[][]; stoodAfterS: number | undefined } {
  const shake = new MotorShake()
  shake.tune(RATE_HZ, cutoffsHz(CODE))
  const samples: number[][] = []
  let stoodAfterS: number | undefined
  for (let n = 0; n < (onS + offS) * RATE_HZ; n++) {
    shake.duty = n < onS * RATE_HZ ? 1 : 0
    if (!shake.isTurning) stoodAfterS ??= n / RATE_HZ - onS
    const sample = [0, 0, 0, 0, 0, 0]
    if (shake.isTurning) shake.addTo(sample)
    samples.push(sample)
  }
  return { samples, stoodAfterS }
}
/** The mass turns in the plane of x and y: both together are the amplitude. */
const force = (sample: number[] | undefined) => Math.hypot(sample?.[3] ?? 0, sample?.[4] ?? 0)
const rate = (sample: number[] | undefined) => Math.hypot(sample?.[0] ?? 0, sample?.[1] ?? 0)

test("at full speed it turns as a coin motor of 10 mm does, 10,000 to 13,000 times a minute", (t) => {
  const { samples } = shaken(2)
  const steady = samples.slice(Math.round(RATE_HZ))
  let turns = 0
  for (const [n, sample] of steady.entries()) {
    const before = steady[n - 1]
    if (!before) continue
    const angle = (each: number[]) => Math.atan2(each[3] ?? 0, each[4] ?? 0) / (2 * Math.PI)
    turns += (((angle(sample) - angle(before)) % 1) + 1) % 1
  }
  const perMinute = (60 * turns * RATE_HZ) / (steady.length - 1)
  t.true(perMinute > 10_000 && perMinute < 13_000, `${perMinute} a minute`)
})

test("it shakes a box of 25 g by its mass of some 0.6 g, 1 mm off the axis, and rocks it", (t) => {
  const { samples } = shaken(1)
  const { accelerometer, gyro } = cutoffsHz(CODE)
  const forceG = (force(samples.at(-1)) * G_A_COUNT) / butterworthGain(190, accelerometer)
  const expectedG = (0.0006 * 0.001 * (2 * Math.PI * 190) ** 2) / (0.025 * 9.80665)
  t.true(Math.abs(forceG / expectedG - 1) < 0.25, `${forceG} of ${expectedG} g`)
  const rateDps = (rate(samples.at(-1)) * DPS_A_COUNT) / butterworthGain(190, gyro)
  t.true(rateDps > 45 && rateDps < 75, `${rateDps} °/s`)
})

test("it spins up and down within a fifth of a second, not at once, and stands when a few counts are left", (t) => {
  const { samples, stoodAfterS = Number.NaN } = shaken(1, 1)
  const full = force(samples[Math.round(RATE_HZ) - 1])
  t.true(force(samples[Math.round(0.02 * RATE_HZ)]) < 0.3 * full)
  t.true(force(samples[Math.round(0.2 * RATE_HZ)]) > 0.95 * full)
  t.true(stoodAfterS > 0.1 && stoodAfterS < 0.25, `${stoodAfterS} s`)
  const last = force(samples.filter((sample) => force(sample) > 0).at(-1))
  t.true(last < 3.5, `${last} counts`)
})
