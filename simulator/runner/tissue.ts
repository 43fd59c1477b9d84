/**
 * What lies between bone and sensor: at a contact the strap rings and the flesh wobbles. Both are displacements that come back to 0,
 * so an impact leaves no velocity behind. Times in s since the session began.
 */
import { between, type Random } from "./random"
import { aboutX, aboutY, chain, RADIANS, type Rotation, type Vector } from "./rotation"

export interface TissueSettings {
  /** Peak of the ringing at an impact of 1, g, and its frequency. */
  ringingG: number
  ringingHz: number
  /** Peak of the sensor's turn against the bone at an impact of 1. */
  wobbleDeg: number
  wobbleHz: number
}

export interface Tissue {
  /** The foot came down. */
  contact(timeS: number, impact: number): void
  /** Nothing moves against the bone: the last contact was long ago. */
  calm(timeS: number): boolean
  /** Of the sensor, m, in the segment's axes. */
  shiftM(timeS: number): Vector
  turn(timeS: number): Rotation
}

export const FIRM: Readonly<TissueSettings> = { ringingG: 0, ringingHz: 1, wobbleDeg: 0, wobbleHz: 1 }

/** Ringing is over after some hundredths of a second, wobble after a tenth: where each is strongest. */
const RINGING_PEAK_S = 0.012
const WOBBLE_PEAK_S = 0.04
/** By then less than a billionth is left of both. */
const CALM_S = 0.6
/** Mostly along the bone, some of it across. */
const RINGING_DIRECTION: Vector = [0.4, 0.2, 0.89]
/** Of the turn about the forward axis, to that about the sideways axis. */
const WOBBLE_SIDEWAYS = 0.4
/** One contact is so much harder or softer than another. */
const SPREAD = 0.2

/** Of the recordings: 1 to 4 g at 25 to 60 Hz, and 2 to 4° of wobble. */
export function drawTissue(random: Random): TissueSettings {
  return {
    ringingG: between(random, 1, 4),
    ringingHz: between(random, 25, 60),
    wobbleDeg: between(random, 2, 4),
    wobbleHz: between(random, 7, 11),
  }
}

export function createTissue(settings: TissueSettings, gravityMs2: number, random: Random): Tissue {
  const { ringingG, ringingHz, wobbleDeg, wobbleHz } = settings
  const ringingRate = 2 * Math.PI * ringingHz
  const wobbleRate = 2 * Math.PI * wobbleHz
  const ringingM = (ringingG * gravityMs2) / ringingRate ** 2
  let contactS = Number.NEGATIVE_INFINITY
  let strength = 0
  return {
    contact(timeS, impact) {
      contactS = timeS
      strength = impact * between(random, 1 - SPREAD, 1 + SPREAD)
    },
    calm(timeS) {
      const sinceS = timeS - contactS
      return !(sinceS > 0 && sinceS < CALM_S && strength > 0)
    },
    shiftM(timeS) {
      const sinceS = timeS - contactS
      const shift = ringingM * strength * rise(sinceS / RINGING_PEAK_S) * Math.sin(ringingRate * sinceS)
      return [shift * RINGING_DIRECTION[0], shift * RINGING_DIRECTION[1], shift * RINGING_DIRECTION[2]]
    },
    turn(timeS) {
      const sinceS = timeS - contactS
      const swing = strength * rise(sinceS / WOBBLE_PEAK_S) * Math.sin(wobbleRate * sinceS)
      const angle = wobbleDeg * RADIANS * swing
      return chain(aboutY(angle), aboutX(WOBBLE_SIDEWAYS * angle))
    },
  }
}

/** From 0 to 1 at x = 1 and away again; its slope at 0 is 0, so nothing is struck. */
function rise(x: number): number {
  return x * x * Math.exp(2 - 2 * x)
}
