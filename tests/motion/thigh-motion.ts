/**
 * A thigh that moves as told, as a strapped-on LSM6DSO would measure it: inclination and horizontal acceleration as
 * functions of time in, raw counts out. Frames: thigh x forward, y left, z up while standing; the sensor sits in it turned
 * by a matrix whose rows are the sensor's axes in the thigh's frame.
 */

/** 10 periods of 960 µs: near the chip's 104 Hz. */
export const PERIOD_US = 9600
export const PERIOD_S = PERIOD_US / 1_000_000
export const COUNTS_PER_G = 1 / 0.000488
export const COUNTS_PER_DPS = 1 / 0.07
export const G_MS2 = 9.80665
const RADIANS = Math.PI / 180

export type Vector = [number, number, number]
export type Matrix = [Vector, Vector, Vector]
/** gx gy gz ax ay az */
export type Sample = [number, number, number, number, number, number]

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
export const times = (m: Matrix, v: Vector): Vector => [dot(m[0], v), dot(m[1], v), dot(m[2], v)]
export const transposed = (m: Matrix): Matrix => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
]
export const product = (a: Matrix, b: Matrix): Matrix => {
  const columns = transposed(b)
  return [times(columns, a[0]), times(columns, a[1]), times(columns, a[2])]
}
/** Angle between two directions, degrees. */
export const angleDeg = (a: Vector, b: Vector): number =>
  Math.atan2(Math.hypot(...cross(a, b)), dot(a, b)) / RADIANS

/** Rodrigues' rotation about `axis` (any length) by its length in radians. */
export function rotation(axis: Vector): Matrix {
  const angle = Math.hypot(...axis)
  if (angle === 0) return turned(0, 0, 0)
  const [x, y, z] = axis.map((part) => part / angle) as Vector
  const s = Math.sin(angle)
  const c = Math.cos(angle)
  const k = 1 - c
  return [
    [c + x * x * k, x * y * k - z * s, x * z * k + y * s],
    [y * x * k + z * s, c + y * y * k, y * z * k - x * s],
    [z * x * k - y * s, z * y * k + x * s, c + z * z * k],
  ]
}

/** A sensor turned about the thigh, then tilted sideways and fore and aft; degrees. */
export function turned(aboutThigh: number, sideways: number, foreAndAft: number): Matrix {
  const about = (angle: number, axis: number): Matrix => {
    const [s, c] = [Math.sin(angle * RADIANS), Math.cos(angle * RADIANS)]
    if (axis === 2) return [[c, -s, 0], [s, c, 0], [0, 0, 1]] // biome-ignore format: a matrix
    if (axis === 1) return [[c, 0, s], [0, 1, 0], [-s, 0, c]] // biome-ignore format: a matrix
    return [[1, 0, 0], [0, c, -s], [0, s, c]] // biome-ignore format: a matrix
  }
  return product(product(about(foreAndAft, 1), about(sideways, 0)), about(aboutThigh, 2))
}

export interface ThighMotion {
  seconds: number
  /** Inclination, degrees, positive = knee forward; 0 when left out. */
  thighDeg?: (timeS: number) => number
  /** Acceleration of the sensor in the world, g. */
  forwardG?: (timeS: number) => number
  upwardG?: (timeS: number) => number
  sensor?: Matrix
  /** Gyroscope bias, °/s, in the sensor's frame. */
  biasDps?: Vector
  periodUs?: number
}

/** The samples of the motion, rounded and clipped as the chip does. */
export function measure(motion: ThighMotion): Sample[] {
  const {
    seconds,
    thighDeg = () => 0,
    forwardG = () => 0,
    upwardG = () => 0,
    sensor = turned(0, 0, 0),
    biasDps = [0, 0, 0],
    periodUs = PERIOD_US,
  } = motion
  const periodS = periodUs / 1_000_000
  const step = 1e-4
  return Array.from({ length: Math.round(seconds / periodS) }, (_, n) => {
    const timeS = n * periodS
    const thigh = thighDeg(timeS) * RADIANS
    const rate = (thighDeg(timeS + step) - thighDeg(timeS - step)) / (2 * step)
    // The knee forward is a turn about the thigh's -y.
    const gyro = times(sensor, [0, -rate, 0])
    const [forward, upward] = [forwardG(timeS), 1 + upwardG(timeS)]
    const force = times(sensor, [
      forward * Math.cos(thigh) + upward * Math.sin(thigh),
      0,
      upward * Math.cos(thigh) - forward * Math.sin(thigh),
    ])
    const counts = [
      ...gyro.map((value, axis) => (value + (biasDps[axis] as number)) * COUNTS_PER_DPS),
      ...force.map((value) => value * COUNTS_PER_G),
    ]
    return counts.map((value) => Math.max(-32768, Math.min(32767, Math.round(value)))) as Sample
  })
}

/** A pseudo-random stream in -1 … 1, the same every time. */
export function noise(seed = 1): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** Forward and back again once, from 0 to `peakDeg`, raised-cosine, between `fromS` and `toS`. */
export function bendDeg(timeS: number, fromS: number, toS: number, peakDeg: number): number {
  if (timeS <= fromS || timeS >= toS) return 0
  return (peakDeg / 2) * (1 - Math.cos((2 * Math.PI * (timeS - fromS)) / (toS - fromS)))
}

/**
 * Standing for 4 s, then bends of `bendS` with `restS` between them, one for each peak; `extraS` of standing after it.
 * @returns inclination (degrees) and how long it takes
 */
export function bends(peaksDeg: readonly number[], bendS = 1.6, restS = 0.8, extraS = 1) {
  const standS = 4
  const each = bendS + restS
  return {
    seconds: standS + each * peaksDeg.length + extraS,
    thighDeg: (timeS: number) =>
      peaksDeg.reduce((sum, peak, i) => {
        const from = standS + each * i
        return sum + bendDeg(timeS, from, from + bendS, peak)
      }, 0),
  }
}
