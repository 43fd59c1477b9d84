/**
 * The LSM6DSO's timestamp, TIMESTAMP0 (0x40) to TIMESTAMP3: 25 µs a count of the chip's own clock, from the instant on at
 * which it was switched on or cleared (datasheet DS12140, CTRL10_C and TIMESTAMP0).
 */
import type { VirtualClock } from "./clock"
import { FREQ_FINE_STEP } from "./lsm6dso-filter"
import type { RegisterFile } from "./lsm6dso-register-file"
import { REG, TIMESTAMP_EN } from "./lsm6dso-registers"

const US_PER_S = 1_000_000
const NOMINAL_HZ = 40_000
/** Written to TIMESTAMP2. */
export const TIMESTAMP_CLEAR = 0xaa

export class Timestamp {
  readonly #registers: RegisterFile
  readonly #clock: VirtualClock
  readonly #freqFine: number
  #fromUs = 0

  constructor(registers: RegisterFile, clock: VirtualClock, freqFine: number) {
    this.#registers = registers
    this.#clock = clock
    this.#freqFine = freqFine
  }

  clear(): void {
    this.#fromUs = this.#clock.nowUs
  }

  /** Byte 0 is the lowest; zeros while it is off. */
  read(byte: number): number {
    if (!this.#registers.has(REG.CTRL10_C, TIMESTAMP_EN)) return 0
    const seconds = (this.#clock.nowUs - this.#fromUs) / US_PER_S
    const count = Math.floor(seconds * NOMINAL_HZ * (1 + FREQ_FINE_STEP * this.#freqFine))
    return Math.floor(count / 2 ** (8 * byte)) & 0xff
  }
}
