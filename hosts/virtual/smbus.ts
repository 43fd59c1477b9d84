/**
 * I²C with chips on it, and ECMA-419's SMBus over it (embedded:io/smbus of the SDK is made the same way). A transfer takes
 * its time on the clock: nine clock pulses a byte. What the chips do with bytes is theirs.
 */
import type { SMBus, SMBusConstructor, SMBusOptions } from "../../src/io"
import { BusLines } from "./bus-lines"
import type { VirtualClock } from "./clock"

/** A chip as the bus sees it. */
export interface I2cChip {
  /** Whether it answers to its address now. */
  acknowledges(): boolean
  /** Reads `into.length` bytes from `register` on, in one transaction. */
  read(register: number, into: Uint8Array): void
  write(register: number, value: number): void
}

const DEFAULT_HZ = 400_000
const PULSES_PER_BYTE = 9
const US_PER_S = 1_000_000
/** Address and register of a write; address, register, address again of a read (I²C specification UM10204, 3.1.10). */
const WRITE_HEADER_BYTES = 2
const READ_HEADER_BYTES = 3
/** The SDK's default (8.2.3, i2c/esp32). */
const TIMEOUT_MS = 400
const US_PER_MS = 1000

export class VirtualI2cBus {
  /** While something holds one of them low no transfer ends well. As the worst: ESP-IDF tries to clock it free by itself. */
  readonly lines = new BusLines()
  readonly SMBus: SMBusConstructor
  readonly #clock: VirtualClock
  readonly #chips = new Map<number, I2cChip>()
  readonly #open = new Set<number>()

  constructor(clock: VirtualClock) {
    this.#clock = clock
    const bus = this
    this.SMBus = class extends VirtualSMBus {
      constructor(options: SMBusOptions) {
        super(bus, options)
      }
    }
  }

  attach(address: number, chip: I2cChip): void {
    this.#chips.set(address, chip)
  }
  detach(address: number): void {
    this.#chips.delete(address)
  }

  /** Addresses that are open, as the SDK keeps them: a second opener is refused. */
  open(address: number): void {
    if (this.#open.has(address)) throw new RangeError(`I2C ${hex(address)}: duplicate address`)
    if (this.#open.size === 0) this.lines.claim(true)
    this.#open.add(address)
  }
  close(address: number): void {
    this.#open.delete(address)
    if (this.#open.size === 0) this.lines.claim(false)
  }
  /** The processor that opened them is reset. */
  closeAll(): void {
    if (this.#open.size > 0) this.lines.claim(false)
    this.#open.clear()
  }

  /** The chip at `address`, after the time that `bytes` take. @throws when nobody acknowledges. */
  transfer(address: number, bytes: number, hz: number, timeoutMs: number, what: string): I2cChip {
    if (this.lines.isHeld) {
      this.#clock.elapse(timeoutMs * US_PER_MS)
      throw new Error(`I2C ${hex(address)}: ${what} failed: bus stuck low`)
    }
    const attached = this.#chips.get(address)
    const chip = attached?.acknowledges() ? attached : undefined
    this.#clock.elapse(((chip ? bytes : 1) * PULSES_PER_BYTE * US_PER_S) / hz)
    if (!chip) throw new Error(`I2C ${hex(address)}: ${what} failed: no acknowledge`)
    return chip
  }
}

class VirtualSMBus implements SMBus {
  readonly #bus: VirtualI2cBus
  readonly #address: number
  readonly #hz: number
  readonly #timeoutMs: number
  readonly #byte = new Uint8Array(1)
  #isOpen = true

  constructor(bus: VirtualI2cBus, { address, hz = DEFAULT_HZ, timeout = TIMEOUT_MS }: SMBusOptions) {
    bus.open(address)
    this.#bus = bus
    this.#address = address
    this.#hz = hz
    this.#timeoutMs = timeout
  }

  readUint8(register: number): number {
    this.readBuffer(register, this.#byte)
    return this.#byte[0] as number
  }

  writeUint8(register: number, value: number): void {
    this.#transfer(WRITE_HEADER_BYTES + 1, "write").write(register, value & 0xff)
  }

  readBuffer(register: number, buffer: Uint8Array): void {
    this.#transfer(READ_HEADER_BYTES + buffer.byteLength, "writeRead").read(register, buffer)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#bus.close(this.#address)
  }

  #transfer(bytes: number, what: string): I2cChip {
    if (!this.#isOpen) throw new Error(`I2C ${hex(this.#address)}: closed`)
    return this.#bus.transfer(this.#address, bytes, this.#hz, this.#timeoutMs, what)
  }
}

function hex(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(2, "0")}`
}
