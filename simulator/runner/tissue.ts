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
  /** Of the sensor, m, in the segment's axes. */
  shiftM(timeS: number): Vector
  turn(timeS: number): Rotation
}

export const FIRM: Readonly<TissueSettings> = { ringingG: 0, ringingHz: 1, wobbleDeg: 0, wobbleHz: 1 }

/** Ringing is over after some hundredths of a second, wobble after a tenth: where each is strongest. */
const RINGING_PEAK_S = 0.012
const WOBBLE_PEAK_S = 0.04
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
  const swing = (timeS: number, rate: number, peakS: number) => {
    const sinceS = timeS - contactS
    return sinceS > 0 && strength > 0 ? strength * rise(sinceS / peakS) * Math.sin(rate * sinceS) : 0
  }
  return {
    contact(timeS, impact) {
      contactS = timeS
      strength = impact * between(random, 1 - SPREAD, 1 + SPREAD)
    },
    shiftM(timeS) {
      const shift = ringingM * swing(timeS, ringingRate, RINGING_PEAK_S)
      const [x, y, z] = RINGING_DIRECTION
      return [shift * x, shift * y, shift * z]
    },
    turn(timeS) {
      const angle = wobbleDeg * RADIANS * swing(timeS, wobbleRate, WOBBLE_PEAK_S)
      return chain(aboutY(angle), aboutX(WOBBLE_SIDEWAYS * angle))
    },
  }
}

/** From 0 to 1 at x = 1 and away again; its slope at 0 is 0, so nothing is struck. */
function rise(x: number): number {
  return x * x * Math.exp(2 - 2 * x)
}
