/**
 * From what the sensing elements see to what the LSM6DSO puts out at the full scale that is set (FS_G, FS_125, FS_XL): the
 * motor's shaking added, scaled, clipped to int16. In: counts at ±2000 °/s and ±16 g; out: counts of the range; both as word pairs.
 */
import type { RegisterFile } from "./lsm6dso-register-file"
import { ACCELEROMETER_GAIN, GYRO_GAIN, REG } from "./lsm6dso-registers"
import type { MotorShake } from "./motor-shake"
import { WORD_PAIR_BYTES } from "./protocol"

const INT16_MIN = -32768
const INT16_MAX = 32767
/** Of gx gy gz ax ay az in a pair, behind their words' tags. */
const AXIS_PLACES = [1, 3, 5, 8, 10, 12] as const

export class FullScale {
  /** Another range than ±2000 °/s and ±16 g: counts have to be scaled. */
  isRescaled = false
  /** The sample that was converted last. */
  readonly pair = new Uint8Array(WORD_PAIR_BYTES)
  readonly #counts = new DataView(this.pair.buffer)
  readonly #sample = [0, 0, 0, 0, 0, 0]
  #gyroGain = 1
  #accelerometerGain = 1

  configure({ bytes }: RegisterFile): void {
    this.#gyroGain = GYRO_GAIN[((bytes[REG.CTRL2_G] as number) >> 1) & 7] as number
    this.#accelerometerGain = ACCELEROMETER_GAIN[((bytes[REG.CTRL1_XL] as number) >> 2) & 3] as number
    this.isRescaled = this.#gyroGain !== 1 || this.#accelerometerGain !== 1
  }

  /** Converts the sample at `offset` into `pair`. */
  convert(source: Uint8Array, offset: number, shake: MotorShake): void {
    const sample = this.#sample
    AXIS_PLACES.forEach((place, axis) => {
      const at = offset + place
      sample[axis] = (((source[at] as number) | ((source[at + 1] as number) << 8)) << 16) >> 16
    })
    if (shake.isTurning) shake.addTo(sample)
    AXIS_PLACES.forEach((place, axis) => {
      const gain = axis < AXIS_PLACES.length / 2 ? this.#gyroGain : this.#accelerometerGain
      const value = Math.round((sample[axis] as number) * gain)
      this.#counts.setInt16(place, Math.max(INT16_MIN, Math.min(INT16_MAX, value)), true)
    })
  }
}
