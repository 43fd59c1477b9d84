/**
 * The chip's registers over SMBus; what fails names the chip, the register and the address. A read that fails is tried once
 * more: a single disturbance on the wires costs nothing, since the FIFO goes on filling. Registers are numbers: XS copies a literal
 * string to RAM at each use.
 */
import type { SMBus } from "../board"
import { hex, Lsm6dsoError, type Lsm6dsoErrorKind } from "./lsm6dso-error"
import type { Register } from "./lsm6dso-registers"

export class Lsm6dsoRegisters {
  readonly address: number
  private io: SMBus | undefined

  constructor(io: SMBus, address: number) {
    this.io = io
    this.address = address
  }

  /** @throws Lsm6dsoError */
  read(register: Register): number {
    const io = this.open()
    try {
      return io.readUint8(register)
    } catch {
      try {
        return io.readUint8(register)
      } catch (error) {
        throw this.busError(register, error)
      }
    }
  }

  /** @throws Lsm6dsoError */
  readInto(register: Register, buffer: Uint8Array): void {
    const io = this.open()
    try {
      io.readBuffer(register, buffer)
    } catch {
      try {
        io.readBuffer(register, buffer)
      } catch (error) {
        throw this.busError(register, error)
      }
    }
  }

  /** @throws Lsm6dsoError */
  write(register: Register, value: number): void {
    const io = this.open()
    try {
      io.writeUint8(register, value)
    } catch (error) {
      throw this.busError(register, error)
    }
  }

  error(kind: Lsm6dsoErrorKind, register: Register | undefined, what: string): Lsm6dsoError {
    return new Lsm6dsoError(kind, this.address, register, what)
  }

  close(): void {
    this.io?.close()
    this.io = undefined
  }

  private open(): SMBus {
    if (!this.io) throw new Error(`LSM6DSO at ${hex(this.address)}: closed`)
    return this.io
  }

  private busError(register: Register, error: unknown): Lsm6dsoError {
    const what = error instanceof Error ? error.message : String(error)
    return this.error("bus", register, `cannot be reached (${what}): check wiring, power and address`)
  }
}
