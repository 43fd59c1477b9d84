/**
 * How far the device's up is off the optical one: the angle between two directions in the sensor's frame, which is the inclination error
 * 2·acos √(w² + z²) of BROAD. In: the trace's up vectors and the reference; out: root mean square and largest error in degrees.
 */
import { bestDelayS } from "../delay"
import type { UpReference } from "./trial"

/** The columns of a trace that hold up; zero before the device knows it. */
export interface UpTrace {
  timeS: ArrayLike<number>
  upX: ArrayLike<number>
  upY: ArrayLike<number>
  upZ: ArrayLike<number>
}

export interface InclinationErrors {
  rmseDeg: number
  maxDeg: number
  /** Trace rows that were judged. */
  rows: number
}

export interface InclinationScore {
  /** The one constant delay of the trial removed, and as it came. */
  removed: InclinationErrors
  raw: InclinationErrors
  /** + = trace late. */
  delayS: number
}

const DEG_PER_RAD = 180 / Math.PI
const RIGHT_ANGLE_DEG = 90

/** @throws Error when no row of the trace can be judged. */
export function scoreInclination(trace: UpTrace, reference: UpReference): InclinationScore {
  const raw = inclinationErrors(trace, reference, 0)
  if (raw.rows === 0) throw new Error("no motion with an optical fix: there is nothing to score")
  const delayS = bestDelayS((candidateS) => inclinationErrors(trace, reference, candidateS).rmseDeg)
  return { removed: inclinationErrors(trace, reference, delayS), raw, delayS }
}

/** At the trace's rows for which both neighbouring reference rows are scored; up between them on the straight line. */
export function inclinationErrors(trace: UpTrace, reference: UpReference, delayS: number): InclinationErrors {
  const last = reference.timeS.length - 1
  let before = 0
  let squares = 0
  let maxDeg = 0
  let rows = 0
  for (let row = 0; row < trace.timeS.length; row++) {
    const timeS = at(trace.timeS, row) - delayS
    while (before < last - 1 && at(reference.timeS, before + 1) <= timeS) before++
    const fromS = at(reference.timeS, before)
    const toS = at(reference.timeS, before + 1)
    if (!(timeS >= fromS && timeS <= toS)) continue
    if (reference.scored[before] !== 1 || reference.scored[before + 1] !== 1) continue
    const share = (timeS - fromS) / (toS - fromS)
    const between = (axis: Float64Array) => at(axis, before) * (1 - share) + at(axis, before + 1) * share
    const errorDeg = angleDeg(
      [at(trace.upX, row), at(trace.upY, row), at(trace.upZ, row)],
      [between(reference.x), between(reference.y), between(reference.z)],
    )
    squares += errorDeg * errorDeg
    maxDeg = Math.max(maxDeg, errorDeg)
    rows++
  }
  return { rmseDeg: Math.sqrt(squares / rows), maxDeg, rows }
}

type Vector = [x: number, y: number, z: number]

/** By sine and cosine: the cosine alone is blind to small angles. A device that knows no up yet is off by a right angle. */
function angleDeg([ax, ay, az]: Vector, [bx, by, bz]: Vector): number {
  if (ax === 0 && ay === 0 && az === 0) return RIGHT_ANGLE_DEG
  const sine = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
  return Math.atan2(sine, ax * bx + ay * by + az * bz) * DEG_PER_RAD
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] as number
}
