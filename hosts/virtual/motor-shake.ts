/**
 * What the vibration motor does to the sensor on the same strap. An eccentric mass turns at 190 Hz at full duty, its force
 * grows with the square of its speed; the chip sees it through its filters and aliased at its output rate. Deterministic
 * and the same in every engine: no library sine.
 */
import { butterworthGain } from "./lsm6dso-filter"

/** A 10 mm coin motor: about 11,400 rpm at its rated voltage. */
const FULL_SPEED_HZ = 190
/** Amplitudes before the filters, at full speed, on a strap box of some 25 g. */
const FULL_FORCE_G = 3
const FULL_RATE_DPS = 60
/** Time constant of spinning up and down. */
const SPIN_S = 0.05
/** Under this share of full speed it stands. */
const STANDSTILL = 0.02

const COUNTS_PER_G = 1 / 0.000488
const COUNTS_PER_DPS = 1 / 0.07

export class MotorShake {
  /** Share of full duty, 0 to 1. */
  duty = 0
  #speed = 0
  #phaseTurns = 0
  #periodS = 0
  #accelerometerHz = 1
  #gyroHz = 1

  /** The chip's rate and its filters' cutoffs, Hz. */
  tune(rateHz: number, { accelerometer, gyro }: { accelerometer: number; gyro: number }): void {
    this.#periodS = 1 / rateHz
    this.#accelerometerHz = accelerometer
    this.#gyroHz = gyro
  }

  get isTurning(): boolean {
    return this.duty > 0 || this.#speed > STANDSTILL
  }

  /** One output period on; adds the shaking to `sample` (gx gy gz ax ay az, counts at ±2000 °/s and ±16 g). */
  addTo(sample: number[]): void {
    this.#speed += (this.duty - this.#speed) * Math.min(1, this.#periodS / SPIN_S)
    const hz = this.#speed * FULL_SPEED_HZ
    this.#phaseTurns += hz * this.#periodS
    this.#phaseTurns -= Math.floor(this.#phaseTurns)
    const drive = this.#speed * this.#speed
    const force = drive * FULL_FORCE_G * butterworthGain(hz, this.#accelerometerHz) * COUNTS_PER_G
    const rate = drive * FULL_RATE_DPS * butterworthGain(hz, this.#gyroHz) * COUNTS_PER_DPS
    const along = sineOfTurns(this.#phaseTurns)
    const across = sineOfTurns(this.#phaseTurns + 0.25)
    // The mass turns in the chip's x–y plane; the box rocks about the axes across.
    sample[0] = (sample[0] as number) + rate * across
    sample[1] = (sample[1] as number) - rate * along
    sample[3] = (sample[3] as number) + force * along
    sample[4] = (sample[4] as number) + force * across
    if (!this.isTurning) this.#speed = 0
  }
}

/** sin(2π t) by its Taylor series to x⁹ within a quarter turn: to 4e-6, and bit for bit the same everywhere. */
function sineOfTurns(turns: number): number {
  let part = turns - Math.floor(turns)
  if (part > 0.75) part -= 1
  else if (part > 0.25) part = 0.5 - part
  const x = 2 * Math.PI * part
  const xx = x * x
  return x * (1 - (xx / 6) * (1 - (xx / 20) * (1 - (xx / 42) * (1 - xx / 72))))
}
