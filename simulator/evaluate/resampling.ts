/**
 * A recording at another rate (Hz), as a sensor with a filter in front of that rate would have made it: band-limited interpolation,
 * a sinc with a Hann window, stretch by stretch. A higher rate adds rows and no knowledge.
 */
import type { Gap, ImuChannels, Recording } from "../recording/recording"
import { countBeyondRange } from "../recording/recording"
import { stretches } from "../recording/time-axis"

/** Share of the lower of the two Nyquist rates that passes. */
const PASSED = 0.9
/** Half of the kernel, in its own zero crossings. */
const REACH_CROSSINGS = 8

/** Without truth: that has its own rows. */
export function resampled(recording: Recording, rateHz: number): Recording {
  const { truth: _truth, ...untold } = recording
  const { sampledS, gaps, thigh, shank } = recording
  const cutoffHz = (PASSED * Math.min(rateHz, recording.rateHz)) / 2
  const places: Place[] = []
  const timeS: number[] = []
  const gapsAfter: Gap[] = []
  for (const [first, last] of stretches(
    sampledS.length,
    gaps.map((gap) => gap.row),
  )) {
    const startS = sampledS[first] as number
    const endS = sampledS[last] as number
    if (timeS.length > 0) gapsAfter.push(gapTo(startS, timeS, rateHz))
    for (let step = 0; step <= Math.floor((endS - startS) * rateHz + ROUNDING); step++) {
      const nowS = startS + step / rateHz
      timeS.push(nowS)
      places.push(placeOf(sampledS, first, last, nowS, cutoffHz))
    }
  }
  const imu = (channels: ImuChannels): ImuChannels => ({
    axG: at(places, channels.axG),
    ayG: at(places, channels.ayG),
    azG: at(places, channels.azG),
    gxDps: at(places, channels.gxDps),
    gyDps: at(places, channels.gyDps),
    gzDps: at(places, channels.gzDps),
  })
  const times = Float64Array.from(timeS)
  const thighNow = imu(thigh)
  return {
    ...untold,
    rateHz,
    timeS: times,
    sampledS: times,
    thigh: thighNow,
    ...(shank && { shank: imu(shank) }),
    gaps: gapsAfter,
    beyondRangeRows: countBeyondRange(thighNow),
  }
}

/** So much of a step is no step. */
const ROUNDING = 1e-6

function gapTo(startS: number, timeS: readonly number[], rateHz: number): Gap {
  const beforeS = timeS.at(-1) as number
  const lostSamples = Math.max(1, Math.round((startS - beforeS) * rateHz) - 1)
  return { row: timeS.length - 1, startS: beforeS, endS: startS, lostSamples }
}

/** Rows from `first` on and what each weighs at one moment; together 1. */
interface Place {
  first: number
  weights: Float64Array
}

function placeOf(sampledS: Float64Array, first: number, last: number, nowS: number, cutoffHz: number): Place {
  const reachS = REACH_CROSSINGS / (2 * cutoffHz)
  const from = Math.max(first, firstAt(sampledS, nowS - reachS))
  const to = Math.min(last, firstAt(sampledS, nowS + reachS))
  const weights = Float64Array.from({ length: to - from + 1 }, (_, i) => {
    const awayS = (sampledS[from + i] as number) - nowS
    if (Math.abs(awayS) >= reachS) return 0
    const phase = 2 * Math.PI * cutoffHz * awayS
    const sinc = phase === 0 ? 1 : Math.sin(phase) / phase
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * awayS) / reachS))
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return { first: from, weights: weights.map((weight) => weight / total) }
}

/** The first row at or after this moment; the last row when there is none. */
function firstAt(sampledS: Float64Array, momentS: number): number {
  let low = 0
  let high = sampledS.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sampledS[middle] as number) < momentS) low = middle + 1
    else high = middle
  }
  return low
}

function at(places: readonly Place[], channel: Float64Array): Float64Array {
  return Float64Array.from(places, ({ first, weights }) => {
    let sum = 0
    for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (channel[first + i] as number)
    return sum
  })
}
