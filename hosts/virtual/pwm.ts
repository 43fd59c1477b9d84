/** PWM outputs (ECMA-419 embedded:io/pwm): a duty from 0 to 2^resolution − 1, told as a share to what is wired to the pin. */
import type { PWM, PWMConstructor } from "../../src/board"

/** The SDK's default on the ESP32. */
const RESOLUTION_BITS = 10
const MAX_DUTY = 2 ** RESOLUTION_BITS - 1

/** `onDuty` is called at every change of a pin's duty, share 0 to 1. */
export function pwmOf(onDuty: (pin: number, share: number) => void): PWMConstructor {
  const pinsInUse = new Set<number>()
  return class VirtualPwm implements PWM {
    readonly resolution = RESOLUTION_BITS
    readonly #pin: number
    #duty = 0
    #isOpen = true

    constructor({ pin }: { pin: number; hz?: number }) {
      if (pinsInUse.has(pin)) throw new RangeError(`PWM: pin ${pin} is in use`)
      pinsInUse.add(pin)
      this.#pin = pin
    }

    write(duty: number): void {
      if (!this.#isOpen) throw new Error(`PWM: pin ${this.#pin} is closed`)
      if (!Number.isInteger(duty) || duty < 0 || duty > MAX_DUTY) {
        throw new RangeError(`PWM: duty ${duty} is not a whole number from 0 to ${MAX_DUTY}`)
      }
      if (duty === this.#duty) return
      this.#duty = duty
      onDuty(this.#pin, duty / MAX_DUTY)
    }

    close(): void {
      if (!this.#isOpen) return
      this.write(0)
      this.#isOpen = false
      pinsInUse.delete(this.#pin)
    }
  }
}
