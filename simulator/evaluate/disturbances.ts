/**
 * What can go wrong with a sensor, one thing at a time: each takes a recording and gives a new one, the same for the same name. Truth
 * that no longer has a value a row is left out: a disturbed recording is judged by the truth of the one that it was made from.
 */
import { Draws } from "../draws"
import type { ImuChannels, Recording } from "../recording/recording"
import { countBeyondRange } from "../recording/recording"
import { resampled } from "./resampling"
import { withoutRows } from "./row-loss"

export interface Disturbance {
  /** In the JSON; the same in every version. */
  name: string
  title: string
  apply(recording: Recording): Recording
  /** Rate that the device's own chip is set to, where it is not the usual one. */
  chipRate?: 52 | 104 | 208
}

/** White noise a sample that the recordings' sensor model has: what ×2 and ×4 mean. */
const NOISE_DPS = 0.07
const NOISE_G = 0.004
/** The wearer stands in the first second: up is along the thigh then. */
const STANDING_S = 1
/** What the driver reads at a time: 16 samples at 104 Hz (src/drivers/lsm6dso.ts). */
const BATCH_S = 16 / 104
const RAD_PER_DEG = Math.PI / 180

export const DISTURBANCES: readonly Disturbance[] = [
  { name: "none", title: "as recorded", apply: (recording) => recording },
  ...[0.5, 1, 2].map((biasDps) => ({
    name: `bias${biasDps}`,
    title: `gyro bias ${biasDps}°/s more on each axis`,
    apply: (recording: Recording) => withGyroBias(recording, biasDps),
  })),
  ...[2, 4].map((times) => ({
    name: `noise${times}`,
    title: `noise × ${times}`,
    apply: (recording: Recording) => withNoise(recording, times),
  })),
  ...[45, 90, 135, 180].map((turnDeg) => ({
    name: `turn${turnDeg}`,
    title: `strap turned by ${turnDeg}°`,
    apply: (recording: Recording) => turned(recording, turnDeg),
  })),
  ...[52, 104, 208].map((rateHz) => ({
    name: `rate${rateHz}`,
    title: `recorded at ${rateHz} Hz`,
    apply: (recording: Recording) => resampled(recording, rateHz),
  })),
  ...([52, 104, 208] as const).map((chipRate) => ({
    name: `chip${chipRate}`,
    title: `measured at ${chipRate} Hz`,
    apply: (recording: Recording) => recording,
    chipRate,
  })),
  {
    name: "lost1",
    title: "1 % of the batches lost",
    apply: (recording) => withLostBatches(recording, 0.01),
  },
]

/** A constant rate on every axis of each sensor, its sign drawn. */
export function withGyroBias(recording: Recording, biasDps: number): Recording {
  const draws = new Draws(`${recording.name} bias`)
  const off = (channel: Float64Array) => {
    const signedDps = draws.below(2) === 0 ? biasDps : -biasDps
    return channel.map((rateDps) => rateDps + signedDps)
  }
  return withSensors(recording, (imu) => ({
    ...imu,
    gxDps: off(imu.gxDps),
    gyDps: off(imu.gyDps),
    gzDps: off(imu.gzDps),
  }))
}

/** `times` as much white noise: the squares of independent noises add up. */
export function withNoise(recording: Recording, times: number): Recording {
  const draws = new Draws(`${recording.name} noise`)
  const share = Math.sqrt(times * times - 1)
  const noisy = (channel: Float64Array, deviation: number) =>
    channel.map((value) => value + share * deviation * draws.bell())
  return withSensors(recording, (imu) => ({
    axG: noisy(imu.axG, NOISE_G),
    ayG: noisy(imu.ayG, NOISE_G),
    azG: noisy(imu.azG, NOISE_G),
    gxDps: noisy(imu.gxDps, NOISE_DPS),
    gyDps: noisy(imu.gyDps, NOISE_DPS),
    gzDps: noisy(imu.gzDps, NOISE_DPS),
  }))
}

/** The strap turned about the leg, from the start: every vector about the sensor's up in standing. */
export function turned(recording: Recording, turnDeg: number): Recording {
  const rows = Math.max(1, Math.round(STANDING_S * recording.rateHz))
  return withSensors(recording, (imu) => {
    const standing = [imu.axG, imu.ayG, imu.azG].map((channel) => sum(channel.subarray(0, rows)))
    const length = Math.hypot(...standing)
    const turn = rotation(
      standing.map((value) => value / length),
      turnDeg * RAD_PER_DEG,
    )
    const [axG, ayG, azG] = turn([imu.axG, imu.ayG, imu.azG])
    const [gxDps, gyDps, gzDps] = turn([imu.gxDps, imu.gyDps, imu.gzDps])
    return { axG, ayG, azG, gxDps, gyDps, gzDps } as ImuChannels
  })
}

/** Each batch but the first is lost with this chance. */
export function withLostBatches(recording: Recording, share: number): Recording {
  const draws = new Draws(`${recording.name} loss`)
  const { sampledS } = recording
  const startS = sampledS[0] as number
  const batches = Math.ceil(((sampledS.at(-1) as number) - startS) / BATCH_S) + 1
  const lost = Array.from({ length: batches }, (_, batch) => batch > 0 && draws.uniform() < share)
  return withoutRows(
    recording,
    (row) => lost[Math.floor(((sampledS[row] as number) - startS) / BATCH_S)] === true,
  )
}

function withSensors(recording: Recording, change: (imu: ImuChannels) => ImuChannels): Recording {
  const thigh = change(recording.thigh)
  const shank = recording.shank && change(recording.shank)
  return { ...recording, thigh, ...(shank && { shank }), beyondRangeRows: countBeyondRange(thigh) }
}

/** Rodrigues' rotation about a unit axis, of three channels. */
function rotation(axis: readonly number[], angle: number) {
  const [ux, uy, uz] = axis as [number, number, number]
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  return (channels: readonly [Float64Array, Float64Array, Float64Array]) => {
    const [xs, ys, zs] = channels.map((channel) => channel.slice()) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    for (let row = 0; row < xs.length; row++) {
      const [x, y, z] = [xs[row] as number, ys[row] as number, zs[row] as number]
      const along = (ux * x + uy * y + uz * z) * (1 - cosine)
      xs[row] = x * cosine + (uy * z - uz * y) * sine + ux * along
      ys[row] = y * cosine + (uz * x - ux * z) * sine + uy * along
      zs[row] = z * cosine + (ux * y - uy * x) * sine + uz * along
    }
    return [xs, ys, zs]
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
