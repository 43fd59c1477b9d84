/**
 * The orientation filter in double precision, as its papers write it: the gyroscope carries a rotation matrix along, the
 * specific force is turned by it and low-passed there (2nd-order Butterworth, state-variable form), and turned back.
 */
import { type Matrix, product, rotation, times, transposed, type Vector } from "./thigh-motion"

const GYRO_RAD_S = (0.07 * Math.PI) / 180
const TAU_S = 3

export class DoubleOrientation {
  #periodS: number
  readonly #corner: number
  #attitude: Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] // biome-ignore format: a matrix
  #low: Vector | undefined
  #band: Vector = [0, 0, 0]
  #last: Vector | undefined

  constructor(periodUs: number) {
    this.#periodS = periodUs / 1_000_000
    this.#corner = (Math.SQRT2 / TAU_S) * this.#periodS
  }

  setPeriod(periodUs: number): void {
    this.#periodS = periodUs / 1_000_000
  }

  /** Loses what was gathered about the way that the low-pass goes. */
  gap(): void {
    this.#band = [0, 0, 0]
  }

  /**
   * @param gyro counts, the bias taken off
   * @param raise the corner is raised by 2 to this power
   * @returns up in the sensor's frame, in accelerometer counts
   */
  step(gyro: Vector, force: Vector, raise: number): Vector {
    const last = this.#last ?? gyro
    this.#last = gyro
    const turn = gyro.map((rate, i) => ((rate + (last[i] as number)) / 2) * GYRO_RAD_S * this.#periodS)
    this.#attitude = product(this.#attitude, rotation(turn as Vector))
    const seen = times(this.#attitude, force)
    const corner = this.#corner * 2 ** raise
    // The first sample is where it begins, before it turns.
    const low = this.#low ?? force
    this.#band = this.#band.map(
      (band, i) => band + corner * ((seen[i] as number) - (low[i] as number) - Math.SQRT2 * band),
    ) as Vector
    this.#low = low.map((value, i) => value + corner * (this.#band[i] as number)) as Vector
    return times(transposed(this.#attitude), this.#low)
  }
}
