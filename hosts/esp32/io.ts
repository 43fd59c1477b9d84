/**
 * IO classes as the seam has them (src/io.ts): the SDK's, and inputs of our own that wake the processor. The SDK's do what it asks; their
 * declarations leave out close(), and want the pins of a bus that the seam leaves optional.
 */

import Analog from "embedded:io/analog"
import PWM from "embedded:io/pwm"
import SMBus from "embedded:io/smbus"
import { constant } from "../../src/constant"
import type * as seam from "../../src/io"
import { WakePin } from "./wake-pin"

export const io: seam.IoClasses = constant({
  Analog: Analog as unknown as seam.AnalogConstructor,
  Digital: WakePin,
  PWM: PWM as unknown as seam.PWMConstructor,
  SMBus: SMBus as unknown as seam.SMBusConstructor,
})
