/**
 * The parts of a XIAO ESP32C3 board, each with the IO that it is wired to (wiring.ts). The machine's IO is handed in: the same parts make the chip's
 * board, the virtual one and the bench's.
 */

import type { Board, ImuPart, Part } from "../../../src/board"
import { constant } from "../../../src/constant"
import { AdcBattery } from "../../../src/drivers/adc-battery"
import type { ImuRate, Motor } from "../../../src/drivers/driver"
import { Drv2605l } from "../../../src/drivers/drv2605l"
import { type Actuator, DRV2605L_ADDRESS, ERM, LRA } from "../../../src/drivers/drv2605l-registers"
import { Lsm6dso } from "../../../src/drivers/lsm6dso"
import {
  LSM6DSO,
  LSM6DSO_ADDRESS,
  LSM6DSO_ADDRESS_HIGH,
  RATES,
  USUAL_RATE,
} from "../../../src/drivers/lsm6dso-registers"
import { PwmMotor } from "../../../src/drivers/pwm-motor"
import type { IoClasses } from "../../../src/io"
import { BATTERY_FULL_SCALE_MV, BUS_HZ, BUS_TIMEOUT_MS, MOTOR_HZ, PIN } from "./wiring"

export type XiaoParts = Required<Pick<Board, "thigh" | "shank" | "bus" | "motor" | "battery" | "button">>

/** `pwm`: a motor on a transistor; `lra`, `erm`: a linear resonant actuator or a motor on a DRV2605L. */
export type MotorKind = "pwm" | "lra" | "erm"

/** Made once, and of constants alone: where it is preloaded all of it lies in flash. */
export function xiaoParts(
  io: IoClasses,
  rate: ImuRate = RATES[USUAL_RATE],
  motor: MotorKind = "pwm",
): XiaoParts {
  const supply = { io: io.Digital, pin: PIN.supply }
  const cell = constant({ io: io.Analog, pin: PIN.battery, mvFullScale: BATTERY_FULL_SCALE_MV, supply })
  return constant({
    thigh: imu(io, rate, LSM6DSO_ADDRESS, PIN.sensorInterrupt),
    shank: imu(io, rate, LSM6DSO_ADDRESS_HIGH, PIN.shankInterrupt),
    motor: motorPart(io, motor),
    bus: { io: io.Digital, data: PIN.data, clock: PIN.clock },
    battery: { open: () => new AdcBattery(cell) },
    button: { io: io.Digital, pin: PIN.button },
  })
}

function motorPart(io: IoClasses, kind: MotorKind): Part<Motor> {
  switch (kind) {
    case "pwm":
      return pwmPart(io)
    case "lra":
      return hapticPart(io, LRA)
    case "erm":
      return hapticPart(io, ERM)
    default:
      throw new RangeError(
        `motor ${kind}: pwm, lra and erm are possible (hosts/esp32/xiao_esp32c3/manifest.json)`,
      )
  }
}

function pwmPart(io: IoClasses): Part<Motor> {
  const wiring = constant({ io: io.PWM, pin: PIN.motor, hz: MOTOR_HZ })
  return { open: () => new PwmMotor(wiring) }
}

function hapticPart(io: IoClasses, kind: Actuator): Part<Motor> {
  const actuator = kind
  const chip = constant({
    io: io.SMBus,
    data: PIN.data,
    clock: PIN.clock,
    hz: BUS_HZ,
    timeout: BUS_TIMEOUT_MS,
    address: DRV2605L_ADDRESS,
  })
  return { open: () => new Drv2605l(chip, actuator) }
}

function imu(io: IoClasses, rate: ImuRate, address: number, interruptPin: number): ImuPart {
  const sensor = {
    io: io.SMBus,
    data: PIN.data,
    clock: PIN.clock,
    hz: BUS_HZ,
    timeout: BUS_TIMEOUT_MS,
    address,
  }
  const wiring = constant({ sensor, interrupt: { io: io.Digital, pin: interruptPin }, rate })
  return { name: LSM6DSO.name, rate, open: (use) => new Lsm6dso(wiring, use) }
}
