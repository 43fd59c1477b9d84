/**
 * SPI outputs (ECMA-419 embedded:io/spi), and pins that the processor drives (embedded:io/digital, mode Output). A byte takes eight pulses of the clock,
 * and goes to the chip whose select line is active.
 */
import type {
  Bytes,
  DigitalOutput,
  DigitalOutputConstructor,
  DisplayIoClasses,
  SPI,
  SPIConstructor,
  SPIOptions,
} from "../../src/io"
import type { VirtualPins } from "./digital"

/** A chip as the bus sees it. */
export interface SpiChip {
  /** Its select line becomes active, or not any more. */
  select(isSelected: boolean): void
  write(bytes: Uint8Array): void
}

const PULSES_PER_BYTE = 8
const US_PER_S = 1_000_000
/** The SDK's limits: of the clock, and of one write (SDK 8.2.3, modules/io/spi/esp/spi.c). */
const MAX_HZ = 40_000_000
const MAX_BYTES = 65_535
const MAX_MODE = 3
const OUTPUT = 8

export class DisplayIo implements DisplayIoClasses {
  readonly SPI: SPIConstructor
  readonly Output: DigitalOutputConstructor
  readonly clock: { elapse(us: number): void }
  readonly #pins: VirtualPins
  readonly #chips = new Map<number, SpiChip>()
  readonly #watchers = new Map<number, (level: number) => void>()
  readonly #open = new Map<number, { close(): void }>()

  constructor(clock: { elapse(us: number): void }, pins: VirtualPins) {
    this.clock = clock
    this.#pins = pins
    const io = this
    this.SPI = class extends VirtualSpi {
      constructor(options: SPIOptions) {
        super(io, options)
      }
    }
    this.Output = class extends VirtualOutput {
      static readonly Output = OUTPUT
      constructor(options: { pin: number; mode: unknown; initialValue?: number }) {
        super(io, options)
      }
    }
  }

  /** @param select pin of its select line */
  attach(select: number, chip: SpiChip): void {
    this.#chips.set(select, chip)
  }
  chipAt(select: number): SpiChip | undefined {
    return this.#chips.get(select)
  }

  /** What is wired to the pin sees each level that the processor gives it. */
  watch(pin: number, onLevel: (level: number) => void): void {
    this.#watchers.set(pin, onLevel)
  }
  drive(pin: number, level: number): void {
    if (this.#pins.level(pin) === level) return
    this.#pins.drive(pin, level)
    this.#watchers.get(pin)?.(level)
  }

  claim(pins: readonly number[], user: { close(): void }): void {
    for (const pin of pins) if (this.#open.has(pin)) throw new RangeError(`pin ${pin} is in use`)
    for (const pin of pins) this.#open.set(pin, user)
  }
  release(pins: readonly number[]): void {
    for (const pin of pins) this.#open.delete(pin)
  }
  /** The processor that had them is reset. */
  releaseAll(): void {
    for (const user of new Set(this.#open.values())) user.close()
  }
}

class VirtualSpi implements SPI {
  readonly #io: DisplayIo
  readonly #hz: number
  readonly #pins: readonly number[]
  readonly #chip: SpiChip | undefined
  #isSelected = false
  #isOpen = true

  constructor(io: DisplayIo, { out, clock, select, hz, mode }: SPIOptions) {
    if (!(hz >= 1 && hz <= MAX_HZ)) throw new RangeError(`SPI: ${hz} Hz`)
    if (!(mode >= 0 && mode <= MAX_MODE)) throw new RangeError(`SPI: mode ${mode}`)
    this.#pins = [out, clock, select]
    io.claim(this.#pins, this)
    this.#io = io
    this.#hz = hz
    this.#chip = io.chipAt(select)
  }

  write(buffer: Bytes): void {
    if (!this.#isOpen) throw new Error("SPI: closed")
    if (buffer.byteLength > MAX_BYTES) throw new RangeError(`SPI: ${buffer.byteLength} bytes`)
    if (!this.#isSelected) this.#chip?.select(true)
    this.#isSelected = true
    this.#io.clock.elapse((buffer.byteLength * PULSES_PER_BYTE * US_PER_S) / this.#hz)
    this.#chip?.write(buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer))
  }

  flush(deselect = false): void {
    if (!this.#isOpen) throw new Error("SPI: closed")
    if (!deselect || !this.#isSelected) return
    this.#isSelected = false
    this.#chip?.select(false)
  }

  close(): void {
    if (!this.#isOpen) return
    this.flush(true)
    this.#isOpen = false
    this.#io.release(this.#pins)
  }
}

class VirtualOutput implements DigitalOutput {
  readonly #io: DisplayIo
  readonly #pin: number
  #isOpen = true

  constructor(
    io: DisplayIo,
    { pin, mode, initialValue }: { pin: number; mode: unknown; initialValue?: number },
  ) {
    if (mode !== OUTPUT) throw new RangeError(`Digital: pin ${pin} is no output in mode ${mode}`)
    io.claim([pin], this)
    this.#io = io
    this.#pin = pin
    if (initialValue !== undefined) this.write(initialValue)
  }

  write(level: number): void {
    if (!this.#isOpen) throw new Error(`Digital: pin ${this.#pin} is closed`)
    this.#io.drive(this.#pin, level)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#io.release([this.#pin])
  }
}
