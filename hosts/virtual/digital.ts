/**
 * Digital pins (ECMA-419 embedded:io/digital): levels, edges, and interrupt callbacks that the clock delivers after the
 * code that is running. Edges that come before a callback ran are one callback.
 */
import type { Digital, DigitalConstructor, DigitalOptions } from "../../src/io"
import type { ClockEvent, EventClock } from "./clock"

const MODES = {
  Input: 0,
  InputPullUp: 1,
  InputPullDown: 2,
  OutputOpenDrain: 9,
  Rising: 1,
  Falling: 2,
} as const

export class VirtualPins {
  /** From an edge to its callback; tests and fault runs raise it. */
  interruptLatencyUs = 0
  readonly Digital: DigitalConstructor
  /** Told of each change. */
  onChange: (() => void) | undefined
  readonly clock: EventClock
  /** By what is wired to each. */
  readonly #levels = new Map<number, number>()
  /** By the processor, of its outputs. */
  readonly #outputs = new Map<number, number>()
  /** Who has the pin; undefined: not Digital. */
  readonly #owners = new Map<number, VirtualDigital | undefined>()
  readonly #watchers = new Map<number, (level: number) => void>()

  constructor(clock: EventClock) {
    this.clock = clock
    const pins = this
    this.Digital = class extends VirtualDigital {
      static readonly Input = MODES.Input
      static readonly InputPullUp = MODES.InputPullUp
      static readonly InputPullDown = MODES.InputPullDown
      static readonly OutputOpenDrain = MODES.OutputOpenDrain
      static readonly Rising = MODES.Rising
      static readonly Falling = MODES.Falling
      constructor(options: DigitalOptions) {
        super(pins, options)
      }
    }
  }

  /** Low when either side pulls it low. */
  level(pin: number): number {
    return (this.#levels.get(pin) ?? 0) & (this.#outputs.get(pin) ?? 1)
  }

  /** What is wired to the pin drives it. */
  drive(pin: number, level: number): void {
    const before = this.level(pin)
    this.#levels.set(pin, level)
    this.#changed(pin, before)
  }

  /** The processor drives the pin, or lets go of it. */
  output(pin: number, level: number | undefined): void {
    const before = this.level(pin)
    if (level === undefined) this.#outputs.delete(pin)
    else this.#outputs.set(pin, level)
    this.#changed(pin, before)
  }

  /** What is wired to the pin sees its level change, whoever drives it. */
  watch(pin: number, onLevel: (level: number) => void): void {
    this.#watchers.set(pin, onLevel)
  }

  claim(pin: number, owner: VirtualDigital | undefined): void {
    if (this.#owners.has(pin)) throw new RangeError(`Digital: pin ${pin} is in use`)
    this.#owners.set(pin, owner)
  }
  release(pin: number): void {
    this.#owners.delete(pin)
  }

  #changed(pin: number, before: number): void {
    const level = this.level(pin)
    if (level === before) return
    this.#owners.get(pin)?.edge(level > before ? MODES.Rising : MODES.Falling)
    this.#watchers.get(pin)?.(level)
    this.onChange?.()
  }
  /** The processor that read them is reset. */
  releaseAll(): void {
    for (const owner of [...this.#owners.values()]) owner?.close()
  }
}

class VirtualDigital implements Digital {
  readonly #pins: VirtualPins
  readonly #pin: number
  readonly #isOutput: boolean
  readonly #edges: number
  readonly #onReadable: (() => void) | undefined
  #pending: ClockEvent | undefined
  #isOpen = true

  constructor(pins: VirtualPins, { pin, mode, edge = 0, onReadable, initialValue = 0 }: DigitalOptions) {
    if (onReadable && edge === 0) throw new RangeError(`Digital: pin ${pin} has onReadable and no edge`)
    pins.claim(pin, this)
    this.#pins = pins
    this.#pin = pin
    this.#edges = edge
    this.#onReadable = onReadable
    this.#isOutput = mode === MODES.OutputOpenDrain
    if (this.#isOutput) pins.output(pin, initialValue)
  }

  read(): number {
    this.#check()
    if (this.#isOutput) throw new Error(`Digital: pin ${this.#pin}: can't read output`)
    return this.#pins.level(this.#pin)
  }

  write(level: number): void {
    this.#check()
    if (!this.#isOutput) throw new Error(`Digital: pin ${this.#pin}: can't write input`)
    this.#pins.output(this.#pin, level)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#pins.clock.cancel(this.#pending)
    if (this.#isOutput) this.#pins.output(this.#pin, undefined)
    this.#pins.release(this.#pin)
  }

  edge(edge: number): void {
    const callback = this.#onReadable
    if (!callback || !(this.#edges & edge) || this.#pending?.callback) return
    const { clock, interruptLatencyUs } = this.#pins
    this.#pending = clock.at(clock.nowUs + interruptLatencyUs, callback)
  }

  #check(): void {
    if (!this.#isOpen) throw new Error(`Digital: pin ${this.#pin} is closed`)
  }
}
