/**
 * A recording from a file as a motion: all of it is there, but its strap can slip. Where the sensor sits on the leg is read off the recording:
 * up from the first second, in which the wearer stands; the knee's axis is what the thigh turns about most. The shank's channels stay.
 */
import type { ImuChannels, Recording } from "../recording/recording"
import {
  chain,
  inward,
  outward,
  RADIANS,
  type Rotation,
  transposed,
  turnBetween,
  type Vector,
} from "../runner/rotation"
import { type Slip, slipped } from "../runner/sensor"
import type { Motion } from "./motion"

const STANDING_S = 1
/** Of the power iteration, which finds the main axis; each makes it clearer. */
const ITERATIONS = 30

/** The caller's recording stays as it is. */
export function motionOf(recorded: Recording): Motion {
  const { thigh, timeS, rateHz } = recorded
  const slips: Slip[] = []
  let mount: Rotation | undefined
  const recording: Recording = { ...recorded, thigh: copied(thigh) }
  return {
    recording,
    need() {},
    slip(slip) {
      mount ??= mountOf(thigh, rateHz)
      slips.push(slip)
      const halfRowS = 1 / rateHz / 2
      for (let row = timeS.length - 1; row >= 0; row--) {
        const now = timeS[row] as number
        if (now + halfRowS < slip.timeS) break
        const strap = slipped(slips, now)
        const turn = turnBetween(slipped(slips, now - halfRowS), slipped(slips, now + halfRowS))
        const seen = chain(transposed(mount), chain(strap, mount))
        write(recording.thigh, row, thigh, seen, inward(mount, perS(turn, 2 * halfRowS)))
      }
    },
  }
}

/** A row of the file as the turned sensor sees it, and its own turning beside it. */
function write(to: ImuChannels, row: number, from: ImuChannels, turned: Rotation, ownDps: Vector): void {
  const at = (channel: Float64Array) => channel[row] as number
  const force = inward(turned, [at(from.axG), at(from.ayG), at(from.azG)])
  const rate = inward(turned, [at(from.gxDps), at(from.gyDps), at(from.gzDps)])
  to.axG[row] = force[0]
  to.ayG[row] = force[1]
  to.azG[row] = force[2]
  to.gxDps[row] = rate[0] + ownDps[0]
  to.gyDps[row] = rate[1] + ownDps[1]
  to.gzDps[row] = rate[2] + ownDps[2]
}

/** The sensor's axes in the thigh's: forward, left and up. */
function mountOf({ axG, ayG, azG, gxDps, gyDps, gzDps }: ImuChannels, rateHz: number): Rotation {
  const first = Math.max(1, Math.round(STANDING_S * rateHz))
  const up = unit([mean(axG, first), mean(ayG, first), mean(azG, first)])
  const level = acrossOf(up, mainAxis([gxDps, gyDps, gzDps]))
  const forward = cross(level, up)
  // While a knee is forward, as it is on the whole, the thigh's front points upward.
  const rows = axG.length
  const lift = dot(forward, [mean(axG, rows), mean(ayG, rows), mean(azG, rows)])
  const sign = lift < 0 ? -1 : 1
  const [fx, fy, fz] = forward.map((value) => sign * value) as unknown as Vector
  const [lx, ly, lz] = level.map((value) => sign * value) as unknown as Vector
  return [fx, fy, fz, lx, ly, lz, ...up]
}

/** Of three channels: the direction in which they vary most. */
function mainAxis([x, y, z]: readonly [Float64Array, Float64Array, Float64Array]): Vector {
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0
    for (let row = 0; row < a.length; row++) sum += (a[row] as number) * (b[row] as number)
    return sum
  }
  const [xy, xz, yz] = [product(x, y), product(x, z), product(y, z)]
  const spread: Rotation = [product(x, x), xy, xz, xy, product(y, y), yz, xz, yz, product(z, z)]
  let axis: Vector = [1, 1, 1]
  for (let i = 0; i < ITERATIONS; i++) axis = unit(outward(spread, axis))
  return axis
}

/** The part of an axis that is at a right angle to `up`. */
function acrossOf(up: Vector, axis: Vector): Vector {
  const along = dot(up, axis)
  return unit([axis[0] - along * up[0], axis[1] - along * up[1], axis[2] - along * up[2]])
}

function copied({ axG, ayG, azG, gxDps, gyDps, gzDps }: ImuChannels): ImuChannels {
  return {
    axG: axG.slice(),
    ayG: ayG.slice(),
    azG: azG.slice(),
    gxDps: gxDps.slice(),
    gyDps: gyDps.slice(),
    gzDps: gzDps.slice(),
  }
}

function perS([x, y, z]: Vector, inS: number): Vector {
  const degPerS = 1 / inS / RADIANS
  return [x * degPerS, y * degPerS, z * degPerS]
}

function mean(channel: Float64Array, rows: number): number {
  const part = channel.subarray(0, rows)
  return part.reduce((sum, value) => sum + value, 0) / part.length
}

const dot = ([a, b, c]: Vector, [x, y, z]: Vector) => a * x + b * y + c * z
const cross = ([a, b, c]: Vector, [x, y, z]: Vector): Vector => [b * z - c * y, c * x - a * z, a * y - b * x]
function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}
