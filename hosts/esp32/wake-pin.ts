/**
 * ECMA-419 Digital as the seam has it (src/io.ts), by wake-pin.c: inputs whose edges wake the processor from light sleep, which the SDK's own (8.2.3,
 * digitalbank.c) do not, and open-drain outputs.
 */
import type { Digital, DigitalOptions } from "../../src/io"

/** In XS's compiler: the C function of that name. */
declare function native<Callable>(name: string): Callable

const openPin =
  native<(pin: number, mode: unknown, edges: number, level: number) => number>("xs_patella_wake_pin_open")
const readPin = native<(number: number) => number>("xs_patella_wake_pin_read")
const writePin = native<(number: number, level: number) => void>("xs_patella_wake_pin_write")
const closePin = native<(number: number) => void>("xs_patella_wake_pin_close")

const CLOSED = -1

export class WakePin implements Digital {
  /** Which resistors hold it: bits for up and down. */
  static readonly Input = 0
  static readonly InputPullUp = 1
  static readonly InputPullDown = 2
  static readonly OutputOpenDrain = 9
  static readonly Rising = 1
  static readonly Falling = 2

  /** Called by C. */
  readonly onReadable: (() => void) | undefined
  /** What C calls it. */
  private number: number

  /** @throws Error when the pin is in use */
  constructor({ pin, mode, edge = 0, onReadable, initialValue = 0 }: DigitalOptions) {
    this.onReadable = onReadable
    this.number = openPin.call(this, pin, mode, onReadable ? edge : 0, initialValue)
  }

  read(): number {
    return readPin(this.opened)
  }

  write(level: number): void {
    writePin(this.opened, level)
  }

  close(): void {
    if (this.number !== CLOSED) closePin(this.number)
    this.number = CLOSED
  }

  private get opened(): number {
    if (this.number === CLOSED) throw new Error("wake pin: closed")
    return this.number
  }
}
