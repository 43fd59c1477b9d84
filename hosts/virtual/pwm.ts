/** PWM outputs (ECMA-419 embedded:io/pwm): a duty from 0 to 2^resolution − 1, told as a share to what is wired to the pin. */
import type { PWM, PWMConstructor } from "../../src/io"

/** The SDK's default on the ESP32. */
const RESOLUTION_BITS = 10
const MAX_DUTY = 2 ** RESOLUTION_BITS - 1

/** `onDuty` is called at every change of a pin's duty, share 0 to 1. @param opened holds those that are open: closed with the processor's reset. @param broken whether no channel can be had */
export function pwmOf(
  onDuty: (pin: number, share: number) => void,
  opened = new Set<PWM>(),
  broken = { motor: false },
): PWMConstructor {
  const pinsInUse = new Set<number>()
  return class VirtualPwm implements PWM {
    readonly resolution = RESOLUTION_BITS
    readonly #pin: number
    #duty = 0
    #isOpen = true

    constructor({ pin }: { pin: number; hz?: number }) {
      if (pinsInUse.has(pin)) throw new RangeError(`PWM: pin ${pin} is in use`)
      if (broken.motor) throw new Error(`PWM: no channel for pin ${pin}`)
      pinsInUse.add(pin)
      opened.add(this)
      this.#pin = pin
    }

    write(duty: number): void {
      if (!this.#isOpen) throw new Error(`PWM: pin ${this.#pin} is closed`)
      if (!Number.isInteger(duty) || duty < 0 || duty > MAX_DUTY) {
        throw new RangeError(`PWM: duty ${duty} is not a whole number from 0 to ${MAX_DUTY}`)
      }
      if (broken.motor && duty > 0) throw new Error(`PWM: pin ${this.#pin} has lost its channel`)
      if (duty === this.#duty) return
      this.#duty = duty
      onDuty(this.#pin, duty / MAX_DUTY)
    }

    close(): void {
      if (!this.#isOpen) return
      this.write(0)
      this.#isOpen = false
      pinsInUse.delete(this.#pin)
      opened.delete(this)
    }
  }
}
