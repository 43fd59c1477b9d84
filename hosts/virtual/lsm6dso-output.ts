/**
 * The LSM6DSO's output registers, OUTX_L_G (0x22) to OUTZ_H_A (0x2D), and STATUS_REG: the newest sample, gyroscope then
 * accelerometer, and whether it was read.
 */
import type { RegisterFile } from "./lsm6dso-register-file"
import { BDU, GDA, REG, XLDA } from "./lsm6dso-registers"
import { SAMPLE_BYTES } from "./protocol"

const AXIS_BYTES = 2
const GYRO_BYTES = 6

export class OutputRegisters {
  /** STATUS_REG. */
  status = 0
  readonly #registers: RegisterFile
  readonly #bytes = new Uint8Array(SAMPLE_BYTES)
  /** High bytes as they were when the low one was read, and the axes (a bit each) between the two reads. */
  readonly #held = new Uint8Array(SAMPLE_BYTES)
  #heldAxes = 0

  constructor(registers: RegisterFile) {
    this.#registers = registers
  }

  set(source: Uint8Array, offset: number): void {
    this.#bytes.set(source.subarray(offset, offset + SAMPLE_BYTES))
    this.status = XLDA | GDA
  }

  /** Block data update (BDU): between the reads of a value's low and high byte it does not change. */
  read(byte: number): number {
    this.status &= byte < GYRO_BYTES ? ~GDA : ~XLDA
    const axis = 1 << (byte >> 1)
    if (byte % AXIS_BYTES === 0) {
      this.#held[byte + 1] = this.#bytes[byte + 1] as number
      this.#heldAxes |= axis
      return this.#bytes[byte] as number
    }
    const isHeld = this.#heldAxes & axis && this.#registers.has(REG.CTRL3_C, BDU)
    this.#heldAxes &= ~axis
    return (isHeld ? this.#held[byte] : this.#bytes[byte]) as number
  }
}
