/**
 * The LSM6DSO's register file: what was written, within the bits that can be written, and the settings in it that several
 * parts of the chip go by. Addresses, reset values and bits: lsm6dso-registers.ts.
 */
import { REG, WRITABLE } from "./lsm6dso-registers"

export const ADDRESS_MASK = 0x7f

export class RegisterFile {
  readonly bytes = new Uint8Array(ADDRESS_MASK + 1)

  constructor() {
    this.reset()
  }

  reset(): void {
    this.bytes.fill(0)
    for (const [address, row] of Object.entries(WRITABLE)) this.bytes[Number(address)] = row.reset
  }

  /** Gives false when no such register takes a write. @throws for a setting that the model does not have. */
  write(register: number, value: number): boolean {
    const row = WRITABLE[register]
    if (!row) return false
    if ((value ^ row.reset) & row.unmodelled) {
      const [where, what] = [register, value].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`)
      throw new Error(`LSM6DSO model: register ${where} = ${what} asks for something that is not modelled`)
    }
    this.bytes[register] = (value & row.writable) | (row.reset & ~row.writable)
    return true
  }

  has(register: number, bit: number): boolean {
    return ((this.bytes[register] as number) & bit) !== 0
  }

  /** ODR_XL (CTRL1_XL bits 7:4); 0 = off. */
  get accelerometerRateCode(): number {
    return (this.bytes[REG.CTRL1_XL] as number) >> 4
  }

  /** ODR_G (CTRL2_G bits 7:4); 0 = off. */
  get gyroRateCode(): number {
    return (this.bytes[REG.CTRL2_G] as number) >> 4
  }

  /** The rate at which samples are taken: that of the faster sensor. */
  get rateCode(): number {
    return Math.max(this.gyroRateCode, this.accelerometerRateCode)
  }

  /** WTM (FIFO_CTRL1, FIFO_CTRL2 bit 0), words; 0 = none. */
  get watermark(): number {
    return (this.bytes[REG.FIFO_CTRL1] as number) | (((this.bytes[REG.FIFO_CTRL2] as number) & 1) << 8)
  }
}
