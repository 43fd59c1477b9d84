/**
 * The way of the hip in gait, from mechanics: what the legs push with (in body weights, over the share of a contact) in, the hip's
 * periodic displacement in m over one stride out. Displacement, not velocity, so no stride leaves an impulse behind.
 */
import { type Curve, curveOf, type FourierSeries, integratedTwice, seriesOf } from "./fourier"
import type { Sparing } from "./limp"

export const GRAVITY_MS2 = 9.80665

/** Of one leg; `share` of its contact, 0 to 1. */
export type Push = (share: number) => number

export interface Pushes {
  /** Scaled so that both legs carry the body's weight in the mean. */
  vertical: Push
  /** Forward is positive. */
  foreAft: Push
  /** Share of the stride that a foot is on the ground. */
  dutyFactor: number
  /** How the measured leg is spared, where it is. */
  spared?: Sparing
}

export interface HipPath {
  forwardM: Curve
  upM: Curve
  /** Acceleration upward, in g: plus 1 it is both legs' push in body weights. */
  upG: FourierSeries
}

/** 24 reach past 30 Hz in running. Where both legs push alike every second one is 0. */
const HARMONICS = 24
const ALIKE: Sparing = { stanceGain: 1, pushGain: 1, bendGain: 1, otherLegAt: 0.5 }
/** Of the numerical means, and of the power of a sine that gives a push its peak. */
const STEPS = 200
const PRECISION = 1e-4
const BLUNTEST = 0.2
const SHARPEST = 5

export function hipPath({ vertical, foreAft, dutyFactor, spared = ALIKE }: Pushes, periodS: number): HipPath {
  const { stanceGain, pushGain, otherLegAt } = spared
  const bothLegs = (push: Push) =>
    seriesOf((share) => {
      const leg = (own: number, duty: number) => (own < duty ? push(own / duty) : 0)
      const other = (share + 1 - otherLegAt) % 1
      return pushGain * leg(share, stanceGain * dutyFactor) + leg(other, dutyFactor)
    }, HARMONICS)
  const upright = bothLegs(vertical)
  const upG = scaled(upright, 1 / upright.mean)
  const placed = (accelerationG: FourierSeries) =>
    curveOf(scaled(integratedTwice(accelerationG, periodS), GRAVITY_MS2))
  return { forwardM: placed(bothLegs(foreAft)), upM: placed(upG), upG }
}

/** A single push that rises and falls once: half a sine, made as much narrower as its peak (body weights) demands. */
export function singlePush(peakBw: number, dutyFactor: number): Push {
  // Mean over the contact with which two such legs carry the body.
  const wanted = 1 / (2 * dutyFactor * peakBw)
  const meanOf = (power: number) => {
    let sum = 0
    for (let step = 0; step < STEPS; step++) sum += Math.sin((Math.PI * (step + 0.5)) / STEPS) ** power
    return sum / STEPS
  }
  let [low, high] = [BLUNTEST, SHARPEST]
  while (high - low > PRECISION) {
    const middle = (low + high) / 2
    if (meanOf(middle) > wanted) low = middle
    else high = middle
  }
  return (share) => Math.sin(Math.PI * share) ** low
}

/** Braking first, then as much propulsion. */
export function brakeAndPush(peakBw: number): Push {
  return (share) => -peakBw * Math.sin(2 * Math.PI * share)
}

function scaled({ mean, harmonics }: FourierSeries, gain: number): FourierSeries {
  return { mean: mean * gain, harmonics: harmonics.map(([c, s]) => [c * gain, s * gain] as const) }
}
