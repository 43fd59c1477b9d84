/**
 * The battery: voltage of a single lithium-polymer cell in mV through an ADC behind a divider, and what that leaves in
 * percent. The curve is the common discharge table of such cells at a light load (0.2 C, 25 °C); good to about ±10 %.
 */
import type { Analog, Board } from "../board"

/** Readings averaged: the ESP32's ADC scatters by some 10 mV. */
const READINGS = 8

/** Cell voltage (mV) and what is left (%), falling; straight in between. */
const DISCHARGE: readonly (readonly [mv: number, percent: number])[] = [
  [4200, 100],
  [4060, 90],
  [3980, 80],
  [3920, 70],
  [3870, 60],
  [3820, 50],
  [3790, 40],
  [3770, 30],
  [3740, 20],
  [3680, 10],
  [3450, 5],
  [3000, 0],
]

/** @param mv cell voltage under a light load */
export function lipoPercent(mv: number): number {
  let [upperMv, upperPercent] = [0, 100]
  for (const [lowerMv, lowerPercent] of DISCHARGE) {
    if (mv >= lowerMv) {
      if (upperMv === 0) return lowerPercent
      const share = (mv - lowerMv) / (upperMv - lowerMv)
      return Math.round(lowerPercent + share * (upperPercent - lowerPercent))
    }
    upperMv = lowerMv
    upperPercent = lowerPercent
  }
  return 0
}

export class Battery {
  readonly #io: Analog
  readonly #fullScaleMv: number

  constructor({ io: Input, pin, mvFullScale }: Board["battery"]) {
    this.#io = new Input({ pin })
    this.#fullScaleMv = mvFullScale
  }

  readMv(): number {
    let sum = 0
    for (let reading = 0; reading < READINGS; reading++) sum += this.#io.read()
    return Math.round((sum * this.#fullScaleMv) / (READINGS * (2 ** this.#io.resolution - 1)))
  }

  close(): void {
    this.#io.close()
  }
}
