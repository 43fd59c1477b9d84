/**
 * The LSM6DSO's wake-up function (AN5192, "Wake-up interrupt"): half of the change of each axis from one sample to the next against a threshold, for
 * so many samples on end; latched or not. WAKE_UP_SRC tells, and taking it back is reading it.
 */
import type { RegisterFile } from "./lsm6dso-register-file"
import { INT1_WU, INTERRUPTS_ENABLE, LIR, REG, WAKE_THS_W, WU_IA, X_WU } from "./lsm6dso-registers"

/** A step of the threshold is 1/64 of the range, or 1/256 (WAKE_THS_W), in its counts. */
const COARSE_COUNTS = 32768 / 64
const FINE_COUNTS = 32768 / 256
const THRESHOLD_MASK = 0x3f
const DURATION_SHIFT = 5
const DURATION_MASK = 3
/** Of the accelerometer's axes in a word pair (protocol.ts). */
const AXIS_PLACES = [8, 10, 12] as const

export class WakeUp {
  /** Each sample counts. */
  isOn = false
  /** The pin is to be active. */
  isActive = false
  #source = 0
  #threshold = 0
  #duration = 0
  #isLatched = false
  #isRouted = false
  /** Samples past the threshold, on end. */
  #past = 0
  readonly #last = [0, 0, 0]

  configure(registers: RegisterFile): void {
    const { bytes } = registers
    const wasOn = this.isOn
    this.isOn = registers.accelerometerRateCode > 0 && (bytes[REG.WAKE_UP_THS] as number) !== 0
    const duration = bytes[REG.WAKE_UP_DUR] as number
    const step = duration & WAKE_THS_W ? FINE_COUNTS : COARSE_COUNTS
    this.#threshold = ((bytes[REG.WAKE_UP_THS] as number) & THRESHOLD_MASK) * step
    this.#duration = (duration >> DURATION_SHIFT) & DURATION_MASK
    this.#isLatched = registers.has(REG.TAP_CFG0, LIR)
    this.#isRouted = registers.has(REG.TAP_CFG2, INTERRUPTS_ENABLE) && registers.has(REG.MD1_CFG, INT1_WU)
    if (!registers.has(REG.TAP_CFG2, INTERRUPTS_ENABLE)) this.#source = 0
    // The filter begins with nothing in it.
    if (!wasOn && this.isOn) this.#last.fill(0)
    this.#update()
  }

  /** The sample at `offset`, counts of the range that is set. */
  sampled(pair: Uint8Array, offset: number, isEnabled: boolean): void {
    let bits = 0
    AXIS_PLACES.forEach((place, axis) => {
      const at = offset + place
      const counts = (((pair[at] as number) | ((pair[at + 1] as number) << 8)) << 16) >> 16
      const slope = Math.abs(counts - (this.#last[axis] as number)) / 2
      this.#last[axis] = counts
      if (slope > this.#threshold) bits |= X_WU >> axis
    })
    this.#past = bits ? this.#past + 1 : 0
    const isNow = isEnabled && this.#past > this.#duration
    if (isNow) this.#source = WU_IA | bits
    else if (!this.#isLatched) this.#source = 0
    this.#update()
  }

  /** WAKE_UP_SRC. */
  readSource(): number {
    const source = this.#source
    this.#source = 0
    this.#update()
    return source
  }

  #update(): void {
    this.isActive = this.#isRouted && this.#source !== 0
  }
}
