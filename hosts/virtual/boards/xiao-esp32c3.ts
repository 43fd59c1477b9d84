/**
 * The parts of a XIAO ESP32C3 board: LSM6DSO at the thigh, and below the knee where there is one; the battery at a pin of the processor's own, and the
 * motor too, unless it is on a DRV2605L.
 */
import { DRV2605L_ADDRESS } from "../../../src/drivers/drv2605l-registers"
import {
  LSM6DSO_ADDRESS,
  LSM6DSO_ADDRESS_HIGH,
  RATES,
  USUAL_RATE,
} from "../../../src/drivers/lsm6dso-registers"
import { xiaoParts } from "../../esp32/xiao_esp32c3/parts"
import { BATTERY_FULL_SCALE_MV, PIN } from "../../esp32/xiao_esp32c3/wiring"
import { Drv2605lModel } from "../drv2605l"
import type { Equipment, Surroundings } from "../equipment"
import { Lsm6dsoModel } from "../lsm6dso"
import type { ChipOptions } from "../protocol"

/** No two chips' clocks agree: 0.45 % apart (AN5192 gives INTERNAL_FREQ_FINE 0.15 % a step). */
const DEFAULT_SHANK_FREQ_FINE = 3

export function xiaoEquipment(surroundings: Surroundings): Equipment {
  const { io, bus, pins, battery, options, onMotor } = surroundings
  const { thigh = {}, shank, rate = USUAL_RATE, motor = "pwm" } = options
  const batteryChanged = () => pins.drive(PIN.supply, battery.hasSupply ? 1 : 0)
  batteryChanged()
  bus.lines.wire(pins, PIN)
  return {
    thigh: chip(surroundings, LSM6DSO_ADDRESS, PIN.sensorInterrupt, thigh),
    shank:
      shank &&
      chip(surroundings, LSM6DSO_ADDRESS_HIGH, PIN.shankInterrupt, {
        freqFine: DEFAULT_SHANK_FREQ_FINE,
        ...shank,
      }),
    haptic: motor === "pwm" ? undefined : haptic(surroundings, motor),
    parts: () => {
      const { shank: shankPart, ...parts } = xiaoParts(io, RATES[rate], motor)
      return shank ? { ...parts, shank: shankPart } : parts
    },
    buttonPin: PIN.button,
    motion: { pin: PIN.sensorInterrupt, level: 1 },
    pwm: (_pin, share) => onMotor(share),
    analog: () => battery.batteryMv / BATTERY_FULL_SCALE_MV,
    batteryChanged,
  }
}

function haptic({ clock, bus, onMotor }: Surroundings, actuator: "lra" | "erm"): Drv2605lModel {
  const model = new Drv2605lModel({ clock, actuator, onMotor })
  bus.attach(DRV2605L_ADDRESS, model)
  return model
}

function chip(
  { clock, bus, pins }: Surroundings,
  address: number,
  interruptPin: number,
  { freqFine = 0, present = true }: ChipOptions,
): Lsm6dsoModel {
  const model = new Lsm6dsoModel({ clock, freqFine, onInt1: (level) => pins.drive(interruptPin, level) })
  model.faults.absent = !present
  bus.attach(address, model)
  return model
}
