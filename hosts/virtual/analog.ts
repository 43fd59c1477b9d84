/** Analog inputs (ECMA-419 embedded:io/analog), 12 bits: the battery behind its divider. */
import type { Analog, AnalogConstructor } from "../../src/io"

const RESOLUTION_BITS = 12
const MAX_READING = 2 ** RESOLUTION_BITS - 1

/** `shareOf` gives a pin's voltage as a share of full scale; what is outside 0 to 1 reads as the end of the scale. */
export function analogOf(shareOf: (pin: number) => number): AnalogConstructor {
  return class VirtualAnalog implements Analog {
    readonly resolution = RESOLUTION_BITS
    readonly #pin: number
    #isOpen = true

    constructor({ pin }: { pin: number }) {
      this.#pin = pin
    }

    read(): number {
      if (!this.#isOpen) throw new Error(`Analog: pin ${this.#pin} is closed`)
      return Math.round(Math.min(1, Math.max(0, shareOf(this.#pin))) * MAX_READING)
    }

    close(): void {
      this.#isOpen = false
    }
  }
}
