/**
 * From what the sensing elements see to what the LSM6DSO puts out at the full scale that is set (FS_G, FS_125, FS_XL): the
 * motor's shaking added, scaled, clipped to int16. In: counts at ±2000 °/s and ±16 g; out: counts of the range.
 */
import type { RegisterFile } from "./lsm6dso-register-file"
import { ACCELEROMETER_GAIN, GYRO_GAIN, REG } from "./lsm6dso-registers"
import type { MotorShake } from "./motor-shake"

const INT16_MIN = -32768
const INT16_MAX = 32767
const AXES = 6
const AXIS_BYTES = 2

export class FullScale {
  /** Another range than ±2000 °/s and ±16 g: counts have to be scaled. */
  isRescaled = false
  /** The sample that was converted last. */
  readonly bytes: Uint8Array
  readonly #counts = new Int16Array(AXES)
  readonly #sample = [0, 0, 0, 0, 0, 0]
  #gyroGain = 1
  #accelerometerGain = 1

  constructor() {
    this.bytes = new Uint8Array(this.#counts.buffer)
  }

  configure({ bytes }: RegisterFile): void {
    this.#gyroGain = GYRO_GAIN[((bytes[REG.CTRL2_G] as number) >> 1) & 7] as number
    this.#accelerometerGain = ACCELEROMETER_GAIN[((bytes[REG.CTRL1_XL] as number) >> 2) & 3] as number
    this.isRescaled = this.#gyroGain !== 1 || this.#accelerometerGain !== 1
  }

  /** Converts the sample at `offset` into `bytes`. */
  convert(source: Uint8Array, offset: number, shake: MotorShake): void {
    const sample = this.#sample
    for (let axis = 0; axis < AXES; axis++) {
      const at = offset + axis * AXIS_BYTES
      sample[axis] = (((source[at] as number) | ((source[at + 1] as number) << 8)) << 16) >> 16
    }
    if (shake.isTurning) shake.addTo(sample)
    for (let axis = 0; axis < AXES; axis++) {
      const gain = axis < AXES / 2 ? this.#gyroGain : this.#accelerometerGain
      const value = Math.round((sample[axis] as number) * gain)
      this.#counts[axis] = Math.max(INT16_MIN, Math.min(INT16_MAX, value))
    }
  }
}
