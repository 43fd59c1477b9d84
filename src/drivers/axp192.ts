/**
 * The X-Powers AXP192, which charges a cell, measures it, and switches what it supplies: gauge, switch of the display and power switch of a
 * board in one chip. Its users share one object (`Axp192Part`): an address on the bus is opened once. Any of them may close it, as when the bus
 * has to be clocked free; who uses it next opens it again.
 */
import type { Part } from "../board"
import {
  ACIN_USABLE,
  AXP192,
  BATTERY_CONNECTED,
  BATTERY_VOLTAGE_ADC,
  CHARGE_4200_MV_100_MA,
  DCDC1_ON,
  DCDC3_ON,
  DISPLAY_VOLTAGES,
  IRQ_REGISTERS,
  KEY_ON_128_MS_OFF_4_S,
  LDO2_ON,
  LDO3_ON,
  LOW_BITS,
  LOW_MASK,
  MV_PER_COUNT,
  Register,
  SHUT_DOWN,
  VBUS_USABLE,
  VOFF_3000_MV,
  VOFF_MASK,
} from "./axp192-registers"
import { type BusWiring, ChipRegisters } from "./chip-registers"
import type { BatteryGauge, DisplayPower } from "./driver"

export class Axp192 implements BatteryGauge, DisplayPower {
  private readonly wiring: BusWiring
  /** While it is open. */
  private io: ChipRegisters | undefined

  /** The display is dark and without supply from here on. @throws ChipError when it does not answer; then nothing is open */
  constructor(wiring: BusWiring) {
    this.wiring = wiring
    try {
      this.configure()
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** @throws ChipError, and Error when no cell is connected: what is measured then is the charger's own voltage. */
  readMv(): number {
    const { registers } = this
    if (!(registers.read(Register.CHARGE_STATUS) & BATTERY_CONNECTED))
      throw new Error("AXP192: no cell is connected")
    const high = registers.read(Register.BATTERY_VOLTAGE_HIGH)
    const low = registers.read(Register.BATTERY_VOLTAGE_LOW) & LOW_MASK
    return Math.round(((high << LOW_BITS) | low) * MV_PER_COUNT)
  }

  isCharging(): boolean {
    return (this.registers.read(Register.POWER_STATUS) & (ACIN_USABLE | VBUS_USABLE)) !== 0
  }

  powerOff(): void {
    const { registers } = this
    registers.write(Register.POWER_OFF, registers.read(Register.POWER_OFF) | SHUT_DOWN)
  }

  setSupply(isOn: boolean): void {
    this.switch(LDO3_ON, isOn)
  }

  setBacklight(isOn: boolean): void {
    this.switch(LDO2_ON, isOn)
  }

  close(): void {
    this.io?.close()
    this.io = undefined
  }

  private get registers(): ChipRegisters {
    this.io ??= new ChipRegisters(AXP192, this.wiring)
    return this.io
  }

  private configure(): void {
    const { registers } = this
    registers.write(Register.ADC_ENABLE, registers.read(Register.ADC_ENABLE) | BATTERY_VOLTAGE_ADC)
    registers.write(Register.CHARGE_CONTROL, CHARGE_4200_MV_100_MA)
    registers.write(Register.VOFF, (registers.read(Register.VOFF) & ~VOFF_MASK) | VOFF_3000_MV)
    registers.write(Register.POWER_KEY, KEY_ON_128_MS_OFF_4_S)
    registers.write(Register.LDO_VOLTAGES, DISPLAY_VOLTAGES)
    this.switch(LDO2_ON | LDO3_ON | DCDC3_ON, false)
    // Its interrupt may share a line with a sensor's, which it would hold down.
    for (let at = 0; at < IRQ_REGISTERS; at++) registers.write(Register.IRQ_ENABLE + at, 0)
  }

  private switch(outputs: number, isOn: boolean): void {
    const { registers } = this
    const now = registers.read(Register.OUTPUTS)
    registers.write(Register.OUTPUTS, (isOn ? now | outputs : now & ~outputs) | DCDC1_ON)
  }
}

/**
 * A board's one, configured for the first that asks. Preloaded into flash it can be written to all the same: XS then has a copy in RAM (SDK 8.2.3,
 * xs/sources/xsType.c, fxAliasInstance), as of any plain object that is not frozen.
 */
export class Axp192Part implements Part<Axp192> {
  private readonly wiring: BusWiring
  private chip: Axp192 | undefined

  constructor(wiring: BusWiring) {
    this.wiring = wiring
  }

  open(): Axp192 {
    this.chip ??= new Axp192(this.wiring)
    return this.chip
  }
}
