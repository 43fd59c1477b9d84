/**
 * What a sensor's own signal says, in double precision: orientation by integrating the angular rate from the first row on, thigh
 * inclination (degrees, first row = 0), heading (degrees, to the left) and mean specific force in the world (g).
 */
import type { ImuChannels } from "../../../simulator/recording/recording"
import { aboutY, aboutZ, chain, outward, RADIANS, type Rotation } from "../../../simulator/runner/rotation"

export interface Strapdown {
  inclinationDeg: Float64Array
  headingDeg: Float64Array
  forceG: [x: Float64Array, y: Float64Array, z: Float64Array]
}

/** The sensor's axes are the segment's, and it begins at rest. */
export function strapdown(sensor: ImuChannels, rateHz: number): Strapdown {
  const { axG, ayG, azG, gxDps, gyDps, gzDps } = sensor
  const rows = axG.length
  const column = () => new Float64Array(rows)
  const result: Strapdown = {
    inclinationDeg: column(),
    headingDeg: column(),
    forceG: [column(), column(), column()],
  }
  const value = (channel: Float64Array, row: number) => channel[row] as number
  const startDeg = Math.atan2(value(axG, 0), value(azG, 0)) / RADIANS
  let orientation: Rotation = aboutY(-startDeg * RADIANS)
  for (let row = 0; row < rows; row++) {
    if (row > 0) {
      const turn = [gxDps, gyDps, gzDps].map(
        (channel) => (((value(channel, row - 1) + value(channel, row)) / 2) * RADIANS) / rateHz,
      )
      orientation = chain(orientation, smallTurn(turn as [number, number, number]))
    }
    const [xx, , , yx, , , zx, , zz] = orientation
    result.inclinationDeg[row] = Math.atan2(zx, zz) / RADIANS - startDeg
    result.headingDeg[row] = Math.atan2(yx, xx) / RADIANS
    const force = outward(orientation, [value(axG, row), value(ayG, row), value(azG, row)])
    for (const axis of [0, 1, 2] as const) result.forceG[axis][row] = force[axis]
  }
  return result
}

/** Axis times angle, radians; the axis is brought to z and back. */
function smallTurn([x, y, z]: [number, number, number]): Rotation {
  const angle = Math.hypot(x, y, z)
  if (angle === 0) return aboutZ(0)
  const tilt = chain(aboutZ(Math.atan2(y, x)), aboutY(Math.atan2(Math.hypot(x, y), z)))
  const back = chain(aboutY(-Math.atan2(Math.hypot(x, y), z)), aboutZ(-Math.atan2(y, x)))
  return chain(chain(tilt, aboutZ(angle)), back)
}

/** Of the rows from `fromS` to `toS`. */
export function meanBetween(column: Float64Array, rateHz: number, fromS: number, toS: number): number {
  const part = column.subarray(Math.round(fromS * rateHz), Math.round(toS * rateHz))
  return part.reduce((sum, value) => sum + value, 0) / part.length
}
