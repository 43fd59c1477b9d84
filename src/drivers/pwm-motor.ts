/** A motor on a transistor: the duty of a PWM pin is its strength. */
import type { PWM, PWMConstructor } from "../io"
import type { Motor } from "./driver"

const PERCENT = 100

export interface PwmMotorWiring {
  readonly io: PWMConstructor
  readonly pin: number
  readonly hz: number
}

export class PwmMotor implements Motor {
  private readonly pwm: PWM

  /** @throws what the pin's constructor throws */
  constructor({ io, pin, hz }: PwmMotorWiring) {
    this.pwm = new io({ pin, hz })
  }

  start(percent: number): void {
    this.pwm.write(Math.round(((2 ** this.pwm.resolution - 1) * percent) / PERCENT))
  }

  stop(): void {
    this.pwm.write(0)
  }

  close(): void {
    this.pwm.close()
  }
}
