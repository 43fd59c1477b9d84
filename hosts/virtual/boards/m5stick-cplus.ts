/** The parts of an M5StickC Plus: the display on SPI, a motor on the HAT, a button; everything else is on the I²C inside the case. */
import { AXP192_ADDRESS } from "../../../src/drivers/axp192-registers"
import { MPU6886_ADDRESS, RATES, USUAL_RATE } from "../../../src/drivers/mpu6886-registers"
import { stickParts } from "../../esp32/m5stick_cplus/parts"
import { PANEL, PIN } from "../../esp32/m5stick_cplus/wiring"
import { Axp192Model } from "../axp192"
import type { Equipment, Surroundings } from "../equipment"
import { FREQ_FINE_STEP } from "../lsm6dso-filter"
import { Mpu6886Model } from "../mpu6886"
import { St7789Model } from "../st7789"

/** The chip's rate that is nearest to each of the LSM6DSO's. */
const NEAREST = { 52: 50, 104: 100, 208: 200 } as const

/** @throws Error for a second sensor: the board has no wires for one */
export function stickEquipment(surroundings: Surroundings): Equipment {
  const { clock, bus, pins, io, displayIo, options, battery, onMotor, powerOff } = surroundings
  const { thigh: chip = {}, shank, rate } = options
  if (shank) throw new Error("virtual board: an M5StickC Plus has no wires for a second sensor")
  // Either chip can pull it low.
  const line = { sensor: 1, pmic: 1 }
  const pull = (chip: keyof typeof line, level: number) => {
    line[chip] = level
    pins.drive(PIN.sensorInterrupt, line.sensor & line.pmic)
  }
  const thigh = new Mpu6886Model({
    clock,
    clockError: FREQ_FINE_STEP * (chip.freqFine ?? 0),
    onInt: (level) => pull("sensor", level),
  })
  const screen = new St7789Model({
    clock,
    panel: PANEL,
    dataCommand: () => pins.level(PIN.displayDataCommand),
  })
  displayIo.attach(PIN.displaySelect, screen)
  displayIo.watch(PIN.displayReset, (level) => screen.reset(level))
  const pmic = new Axp192Model({
    clock,
    onOutputs: ({ ldo2, ldo3 }) => {
      screen.setSupply(ldo3)
      screen.setBacklight(ldo2)
    },
    cell: battery,
    onIrq: (level) => pull("pmic", level),
    onOff: powerOff,
  })
  thigh.faults.absent = chip.present === false
  bus.attach(MPU6886_ADDRESS, thigh)
  bus.attach(AXP192_ADDRESS, pmic)
  bus.lines.wire(pins, PIN)
  return {
    thigh,
    shank: undefined,
    parts: () => stickParts(io, displayIo, RATES[rate === undefined ? USUAL_RATE : NEAREST[rate]]),
    buttonPin: PIN.button,
    motion: { pin: PIN.sensorInterrupt, level: 0 },
    pwm: (_pin, share) => onMotor(share),
    analog: () => 0,
    batteryChanged: () => pmic.update(),
    pmic,
    screen,
  }
}
