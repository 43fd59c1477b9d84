/**
 * The LSM6DSO's output registers, OUTX_L_G (0x22) to OUTZ_H_A (0x2D), and STATUS_REG: the newest sample, gyroscope then
 * accelerometer, and whether it was read.
 */
import type { RegisterFile } from "./lsm6dso-register-file"
import { BDU, GDA, REG, XLDA } from "./lsm6dso-registers"
import { SAMPLE_BYTES, WORD_PAIR_BYTES } from "./protocol"

const AXIS_BYTES = 2
const GYRO_BYTES = 6

export class OutputRegisters {
  /** STATUS_REG. */
  status = 0
  readonly #registers: RegisterFile
  /** The newest sample is the word pair at `offset`: looked up when it is read, which the FIFO's user never does. */
  #pairs: Uint8Array = new Uint8Array(WORD_PAIR_BYTES)
  #offset = 0
  /** High bytes as they were when the low one was read, and the axes (a bit each) between the two reads. */
  readonly #held = new Uint8Array(SAMPLE_BYTES)
  #heldAxes = 0

  constructor(registers: RegisterFile) {
    this.#registers = registers
  }

  set(pairs: Uint8Array, offset: number): void {
    this.#pairs = pairs
    this.#offset = offset
    this.status = XLDA | GDA
  }

  /** Block data update (BDU): between the reads of a value's low and high byte it does not change. */
  read(byte: number): number {
    this.status &= byte < GYRO_BYTES ? ~GDA : ~XLDA
    const axis = 1 << (byte >> 1)
    if (byte % AXIS_BYTES === 0) {
      this.#held[byte + 1] = this.#newest(byte + 1)
      this.#heldAxes |= axis
      return this.#newest(byte)
    }
    const isHeld = this.#heldAxes & axis && this.#registers.has(REG.CTRL3_C, BDU)
    this.#heldAxes &= ~axis
    return isHeld ? (this.#held[byte] as number) : this.#newest(byte)
  }

  /** Behind the tag of its word. */
  #newest(byte: number): number {
    const tags = byte < GYRO_BYTES ? 1 : 2
    return this.#pairs[this.#offset + tags + byte] as number
  }
}
