/**
 * The SDK's IO classes as the seam has them (src/board.ts). They do what it asks; their declarations leave out close(),
 * and want the pins of a bus that the seam leaves optional.
 */
import Analog from "embedded:io/analog"
import Digital from "embedded:io/digital"
import PWM from "embedded:io/pwm"
import SMBus from "embedded:io/smbus"
import type * as board from "../../src/board"

export const io = {
  Analog: Analog as unknown as board.AnalogConstructor,
  Digital: Digital as board.DigitalConstructor,
  PWM: PWM as unknown as board.PWMConstructor,
  SMBus: SMBus as unknown as board.SMBusConstructor,
} as const
