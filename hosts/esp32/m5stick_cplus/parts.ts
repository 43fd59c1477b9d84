/**
 * The parts of an M5StickC Plus, each with the IO that it is wired to (wiring.ts). The machine's IO is handed in: the same parts make the chip's board
 * and the virtual one.
 */
import type { Board } from "../../../src/board"
import { Axp192Part } from "../../../src/drivers/axp192"
import { AXP192_ADDRESS } from "../../../src/drivers/axp192-registers"
import type { ImuRate } from "../../../src/drivers/driver"
import { Mpu6886 } from "../../../src/drivers/mpu6886"
import { MPU6886, MPU6886_ADDRESS, RATES, USUAL_RATE } from "../../../src/drivers/mpu6886-registers"
import { PwmMotor } from "../../../src/drivers/pwm-motor"
import { St7789, type St7789Wiring } from "../../../src/drivers/st7789"
import type { DisplayIoClasses, IoClasses } from "../../../src/io"
import { BUS_HZ, BUS_TIMEOUT_MS, DISPLAY_SPI, MOTOR_HZ, PANEL, PIN } from "./wiring"

export type StickParts = Required<Pick<Board, "thigh" | "bus" | "motor" | "battery" | "button" | "display">>

export function stickParts(
  io: IoClasses,
  displayIo: DisplayIoClasses,
  rate: ImuRate = RATES[USUAL_RATE],
): StickParts {
  const bus = { io: io.SMBus, data: PIN.data, clock: PIN.clock, hz: BUS_HZ, timeout: BUS_TIMEOUT_MS }
  const sensor = { ...bus, address: MPU6886_ADDRESS }
  const interrupt = { io: io.Digital, pin: PIN.sensorInterrupt }
  // It charges and measures the cell, and switches the display's supply and light.
  const pmic = new Axp192Part({ ...bus, address: AXP192_ADDRESS })
  const display: St7789Wiring = {
    ...DISPLAY_SPI,
    ...PANEL,
    io: displayIo.SPI,
    out: PIN.displayOut,
    clock: PIN.displayClock,
    select: PIN.displaySelect,
    output: displayIo.Output,
    dataCommand: PIN.displayDataCommand,
    reset: PIN.displayReset,
    power: pmic,
  }
  return {
    thigh: { name: MPU6886.name, rate, open: (use) => new Mpu6886({ sensor, interrupt, rate }, use) },
    bus: { io: io.Digital, data: PIN.data, clock: PIN.clock },
    motor: { open: () => new PwmMotor({ io: io.PWM, pin: PIN.motor, hz: MOTOR_HZ }) },
    battery: pmic,
    display: { open: () => new St7789(display) },
    button: { io: io.Digital, pin: PIN.button },
  }
}
