/**
 * The chip's registers over SMBus; what fails names the chip, the register and the address. A read that fails is tried once
 * more: a single disturbance on the wires costs nothing, since the FIFO goes on filling.
 */
import type { SMBus } from "../board"
import { hex, Lsm6dsoError, type Lsm6dsoErrorKind } from "./lsm6dso-error"
import { Register, type RegisterName } from "./lsm6dso-registers"

export class Lsm6dsoRegisters {
  readonly address: number
  #io: SMBus | undefined

  constructor(io: SMBus, address: number) {
    this.#io = io
    this.address = address
  }

  /** @throws Lsm6dsoError */
  read(register: RegisterName): number {
    const io = this.#open()
    try {
      return io.readUint8(Register[register])
    } catch {
      try {
        return io.readUint8(Register[register])
      } catch (error) {
        throw this.#busError(register, error)
      }
    }
  }

  /** @throws Lsm6dsoError */
  readInto(register: RegisterName, buffer: Uint8Array): void {
    const io = this.#open()
    try {
      io.readBuffer(Register[register], buffer)
    } catch {
      try {
        io.readBuffer(Register[register], buffer)
      } catch (error) {
        throw this.#busError(register, error)
      }
    }
  }

  /** @throws Lsm6dsoError */
  write(register: RegisterName, value: number): void {
    const io = this.#open()
    try {
      io.writeUint8(Register[register], value)
    } catch (error) {
      throw this.#busError(register, error)
    }
  }

  error(kind: Lsm6dsoErrorKind, register: RegisterName | undefined, what: string): Lsm6dsoError {
    return new Lsm6dsoError(kind, this.address, register, what)
  }

  close(): void {
    this.#io?.close()
    this.#io = undefined
  }

  #open(): SMBus {
    if (!this.#io) throw new Error(`LSM6DSO at ${hex(this.address)}: closed`)
    return this.#io
  }

  #busError(register: RegisterName, error: unknown): Lsm6dsoError {
    const what = error instanceof Error ? error.message : String(error)
    return this.error("bus", register, `cannot be reached (${what}): check wiring, power and address`)
  }
}
