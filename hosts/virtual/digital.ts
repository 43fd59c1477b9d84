/**
 * Digital pins (ECMA-419 embedded:io/digital): levels, edges, and interrupt callbacks that the clock delivers after the
 * code that is running. Edges that come before a callback ran are one callback.
 */
import type { Digital, DigitalConstructor, DigitalOptions } from "../../src/board"
import type { ClockEvent, VirtualClock } from "./clock"

const MODES = { Input: 0, InputPullUp: 1, InputPullDown: 2, Rising: 1, Falling: 2 } as const

export class VirtualPins {
  /** From an edge to its callback; tests and fault runs raise it. */
  interruptLatencyUs = 0
  readonly Digital: DigitalConstructor
  readonly clock: VirtualClock
  readonly #levels = new Map<number, number>()
  readonly #readers = new Map<number, VirtualDigital>()

  constructor(clock: VirtualClock) {
    this.clock = clock
    const pins = this
    this.Digital = class extends VirtualDigital {
      static readonly Input = MODES.Input
      static readonly InputPullUp = MODES.InputPullUp
      static readonly InputPullDown = MODES.InputPullDown
      static readonly Rising = MODES.Rising
      static readonly Falling = MODES.Falling
      constructor(options: DigitalOptions) {
        super(pins, options)
      }
    }
  }

  level(pin: number): number {
    return this.#levels.get(pin) ?? 0
  }

  /** What is wired to the pin drives it. */
  drive(pin: number, level: number): void {
    const before = this.level(pin)
    if (level === before) return
    this.#levels.set(pin, level)
    this.#readers.get(pin)?.edge(level > before ? MODES.Rising : MODES.Falling)
  }

  claim(pin: number, reader: VirtualDigital): void {
    if (this.#readers.has(pin)) throw new RangeError(`Digital: pin ${pin} is in use`)
    this.#readers.set(pin, reader)
  }
  release(pin: number): void {
    this.#readers.delete(pin)
  }
}

class VirtualDigital implements Digital {
  readonly #pins: VirtualPins
  readonly #pin: number
  readonly #edges: number
  readonly #onReadable: (() => void) | undefined
  #pending: ClockEvent | undefined
  #isOpen = true

  constructor(pins: VirtualPins, { pin, edge = 0, onReadable }: DigitalOptions) {
    if (onReadable && edge === 0) throw new RangeError(`Digital: pin ${pin} has onReadable and no edge`)
    pins.claim(pin, this)
    this.#pins = pins
    this.#pin = pin
    this.#edges = edge
    this.#onReadable = onReadable
  }

  read(): number {
    if (!this.#isOpen) throw new Error(`Digital: pin ${this.#pin} is closed`)
    return this.#pins.level(this.#pin)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#pins.clock.cancel(this.#pending)
    this.#pins.release(this.#pin)
  }

  edge(edge: number): void {
    const callback = this.#onReadable
    if (!callback || !(this.#edges & edge) || this.#pending?.callback) return
    const { clock, interruptLatencyUs } = this.#pins
    this.#pending = clock.at(clock.nowUs + interruptLatencyUs, callback)
  }
}
