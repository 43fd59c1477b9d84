/**
 * A chip's registers over SMBus; what fails names the chip, the register and the address. A read that fails is tried once
 * more: a single disturbance on the wires costs nothing. Registers are numbers: XS copies a literal string to RAM at each use.
 */
import type { SMBus, SMBusConstructor, SMBusOptions } from "../io"
import { type Chip, ChipError, type ChipErrorKind, hex } from "./chip-error"

/** The bus that a chip is on, and its address there: options of ECMA-419's SMBus with its class. */
export interface BusWiring extends SMBusOptions {
  readonly io: SMBusConstructor
}

export class ChipRegisters {
  readonly address: number
  private readonly chip: Chip
  private io: SMBus | undefined

  /** @throws ChipError when the bus cannot be had */
  constructor(chip: Chip, wiring: BusWiring) {
    this.chip = chip
    this.address = wiring.address
    try {
      this.io = new wiring.io(wiring)
    } catch (error) {
      throw this.busError(undefined, error)
    }
  }

  /** @throws ChipError */
  read(register: number): number {
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

  /** @throws ChipError */
  readInto(register: number, buffer: Uint8Array): void {
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

  /** One that cannot be read twice: what was read is gone. @returns whether it was read */
  tryReadInto(register: number, buffer: Uint8Array): boolean {
    const io = this.open()
    try {
      io.readBuffer(register, buffer)
      return true
    } catch {
      return false
    }
  }

  /** @throws ChipError */
  write(register: number, value: number): void {
    const io = this.open()
    try {
      io.writeUint8(register, value)
    } catch (error) {
      throw this.busError(register, error)
    }
  }

  error(kind: ChipErrorKind, register: number | undefined, what: string): ChipError {
    return new ChipError(this.chip, this.address, kind, register, what)
  }

  /** @throws ChipError when something else answers */
  identify(register: number, expected: number): void {
    const id = this.read(register)
    if (id === expected) return
    throw this.error(
      "identity",
      register,
      `read ${hex(id)}, expected ${hex(expected)}: check wiring and address`,
    )
  }

  close(): void {
    this.io?.close()
    this.io = undefined
  }

  private open(): SMBus {
    if (!this.io) throw new Error(`${this.chip.name} at ${hex(this.address)}: closed`)
    return this.io
  }

  private busError(register: number | undefined, error: unknown): ChipError {
    const what = error instanceof Error ? error.message : String(error)
    return this.error("bus", register, `cannot be reached (${what}): check wiring, power and address`)
  }
}
