/**
 * A register-level model of X-Powers' AXP192 (datasheet V1.1) on an I²C bus: it measures and charges the cell that it is given, switches its
 * outputs, and switches itself off: told to, by its key, below VOFF, and with the processor's supply. The charger's current is told; what it
 * makes of the cell is for whoever has the cell.
 */
import {
  ADC_BASE_HZ,
  ADC_RATE_SHIFT,
  APS_VOLTAGE_ADC,
  BATTERY_CONNECTED,
  BATTERY_CURRENT_ADC,
  BATTERY_VOLTAGE_ADC,
  CHARGE_CURRENTS_MA,
  CHARGE_DIRECTION,
  CHARGE_ENABLED,
  CHARGE_TARGET_SHIFT,
  CHARGE_TARGETS_MV,
  CHARGING,
  IRQ,
  IRQ_STATUS_TO_ENABLE,
  KEY_OFF_MS,
  KEY_SWITCHES_OFF,
  LONG_PRESS_MS,
  LONG_PRESS_SHIFT,
  OUTPUT,
  REG,
  SHUT_DOWN,
  VBUS_PRESENT,
  VBUS_USABLE,
  VOFF_BASE_MV,
  VOFF_MASK,
  VOFF_STEP_MV,
  WARNING_BASE_MV,
  WARNING_STEP_MV,
  WRITABLE,
} from "./axp192-registers"
import type { VirtualClock } from "./clock"
import type { I2cChip } from "./smbus"

/** ADC steps (section 9.7). */
const BATTERY_MV_PER_COUNT = 1.1
const APS_MV_PER_COUNT = 1.4
const MA_PER_COUNT = 0.5
const MAX_COUNT = 0xfff
const CURRENT_LOW_BITS = 5
const VOLTAGE_LOW_BITS = 4
/** Charger (section 9.3): pre-charge below it with a tenth of the current, charged again when it is so much below the target. */
const PRE_CHARGE_MV = 3000
const PRE_CHARGE_SHARE = 0.1
const RECHARGE_BELOW_MV = 100
const US_PER_S = 1_000_000
/** What a USB supply leaves behind the chip's switch. */
const SUPPLIED_APS_MV = 4900

/** A cell, 0 mV where there is none, and whether USB is connected. */
export interface Cell {
  readonly batteryMv: number
  readonly hasSupply: boolean
}

export interface Axp192Wiring {
  clock: VirtualClock
  cell: Cell
  /** Its interrupt, open drain: 0 while there is one. */
  onIrq?(level: number): void
  /** LDO2 and LDO3 are switched. */
  onOutputs?(outputs: { readonly ldo2: boolean; readonly ldo3: boolean }): void
  /** All that it supplies is without power from here on, the processor too. Throws where that cannot go on. */
  onOff(): void
}

export class Axp192Model implements I2cChip {
  readonly faults = { absent: false }
  readonly #wiring: Axp192Wiring
  readonly #bytes = new Uint8Array(0x100)
  #isOn = true
  #hadSupply = false
  #isFull = false
  #wasCharging = false
  #convertedAt = -1

  constructor(wiring: Axp192Wiring) {
    this.#wiring = wiring
    for (const [address, { reset }] of Object.entries(WRITABLE)) this.#bytes[Number(address)] = reset
    this.#hadSupply = wiring.cell.hasSupply
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** What it charges the cell with now. */
  get chargeMa(): number {
    const control = this.#byte(REG.CHARGE_CONTROL_1)
    const { batteryMv, hasSupply } = this.#wiring.cell
    if (!this.#isOn || !hasSupply || batteryMv <= 0 || this.#isFull || !(control & CHARGE_ENABLED)) return 0
    const set = CHARGE_CURRENTS_MA[control & 0x0f] as number
    return batteryMv < PRE_CHARGE_MV ? set * PRE_CHARGE_SHARE : set
  }

  isOutputOn(output: keyof typeof OUTPUT): boolean {
    return this.#isOn && (this.#byte(REG.OUTPUTS) & OUTPUT[output]) !== 0
  }

  /** The cell or its supply has changed. */
  update(): void {
    const { batteryMv, hasSupply } = this.#wiring.cell
    const targetMv = this.#chargeTargetMv
    if (!hasSupply || batteryMv < targetMv - RECHARGE_BELOW_MV) this.#isFull = false
    else if (batteryMv >= targetMv) this.#isFull = true
    if (hasSupply !== this.#hadSupply) this.#raise(hasSupply ? IRQ.vbusInserted : IRQ.vbusRemoved)
    this.#hadSupply = hasSupply
    const isCharging = this.chargeMa > 0
    if (isCharging !== this.#wasCharging) this.#raise(isCharging ? IRQ.charging : IRQ.charged)
    this.#wasCharging = isCharging
    this.#warn()
    this.#driveIrq()
    if (this.#isOn && this.#apsMv < VOFF_BASE_MV + (this.#byte(REG.VOFF) & VOFF_MASK) * VOFF_STEP_MV)
      this.#off()
  }

  /** The power key is held for `ms`. */
  pressKey(ms: number): void {
    const key = this.#byte(REG.POWER_KEY)
    const isLong = ms >= (LONG_PRESS_MS[(key >> LONG_PRESS_SHIFT) & 3] as number)
    this.#raise(isLong ? IRQ.longPress : IRQ.shortPress)
    this.#driveIrq()
    if (key & KEY_SWITCHES_OFF && ms >= (KEY_OFF_MS[key & 3] as number)) this.#off()
  }

  acknowledges(): boolean {
    return this.#isOn && !this.faults.absent
  }

  read(register: number, into: Uint8Array): void {
    this.#convert()
    for (let at = 0; at < into.length; at++) into[at] = this.#readByte((register + at) & 0xff)
  }

  write(register: number, value: number): void {
    const row = WRITABLE[register]
    if (!row) return
    if ((value ^ row.reset) & row.unmodelled) {
      const [where, what] = [register, value].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`)
      throw new Error(`AXP192 model: register ${where} = ${what} asks for something that is not modelled`)
    }
    const kept = this.#byte(register)
    const isStatus = register >= REG.IRQ_STATUS_1 && register <= REG.IRQ_STATUS_4
    this.#bytes[register] = isStatus ? kept & ~value : (value & row.writable) | (row.reset & ~row.writable)
    if (register === REG.POWER_OFF && value & SHUT_DOWN) this.#off()
    if (register === REG.OUTPUTS) {
      // Without its supply the processor does no more.
      if (!(value & OUTPUT.dcdc1)) this.#off()
      this.#tellOutputs()
    }
    this.update()
  }

  get #chargeTargetMv(): number {
    return CHARGE_TARGETS_MV[(this.#byte(REG.CHARGE_CONTROL_1) >> CHARGE_TARGET_SHIFT) & 3] as number
  }

  get #apsMv(): number {
    const { batteryMv, hasSupply } = this.#wiring.cell
    return hasSupply ? SUPPLIED_APS_MV : batteryMv
  }

  #byte(register: number): number {
    return this.#bytes[register] as number
  }

  #readByte(address: number): number {
    const { batteryMv, hasSupply } = this.#wiring.cell
    switch (address) {
      case REG.POWER_STATUS:
        return (hasSupply ? VBUS_PRESENT | VBUS_USABLE : 0) | (this.chargeMa > 0 ? CHARGE_DIRECTION : 0)
      case REG.CHARGE_STATUS:
        return (this.chargeMa > 0 ? CHARGING : 0) | (batteryMv > 0 ? BATTERY_CONNECTED : 0)
      case REG.BATTERY_VOLTAGE:
      case REG.BATTERY_VOLTAGE + 1:
      case REG.CHARGE_CURRENT:
      case REG.CHARGE_CURRENT + 1:
      case REG.APS_VOLTAGE:
      case REG.APS_VOLTAGE + 1:
        return this.#byte(address)
    }
    if (!WRITABLE[address])
      throw new Error(`AXP192 model: register 0x${address.toString(16)} is not modelled`)
    return this.#byte(address)
  }

  /** What is switched on is measured at the ADC's rate, and stays when it is switched off. */
  #convert(): void {
    const hz = ADC_BASE_HZ << (this.#byte(REG.ADC_RATE) >> ADC_RATE_SHIFT)
    const conversion = Math.floor((this.#wiring.clock.nowUs * hz) / US_PER_S)
    if (conversion === this.#convertedAt) return
    this.#convertedAt = conversion
    const enabled = this.#byte(REG.ADC_ENABLE_1)
    const batteryMv = this.#wiring.cell.batteryMv
    if (enabled & BATTERY_VOLTAGE_ADC)
      this.#put(REG.BATTERY_VOLTAGE, batteryMv / BATTERY_MV_PER_COUNT, VOLTAGE_LOW_BITS)
    if (enabled & BATTERY_CURRENT_ADC)
      this.#put(REG.CHARGE_CURRENT, this.chargeMa / MA_PER_COUNT, CURRENT_LOW_BITS)
    if (enabled & APS_VOLTAGE_ADC)
      this.#put(REG.APS_VOLTAGE, this.#apsMv / APS_MV_PER_COUNT, VOLTAGE_LOW_BITS)
  }

  #put(register: number, counts: number, lowBits: number): void {
    const count = Math.min(MAX_COUNT, Math.floor(counts))
    this.#bytes[register] = count >> lowBits
    this.#bytes[register + 1] = count & ((1 << lowBits) - 1)
  }

  /** From below level 2 until it is above level 1. */
  #warn(): void {
    const level = (register: number) => WARNING_BASE_MV + this.#byte(register) * WARNING_STEP_MV
    const [register, bit] = IRQ.lowVoltage
    if (this.#apsMv < level(REG.APS_WARNING_2)) this.#raise(IRQ.lowVoltage)
    else if (this.#apsMv > level(REG.APS_WARNING_1)) this.#bytes[register] = this.#byte(register) & ~bit
  }

  #raise([register, bit]: readonly [number, number]): void {
    this.#bytes[register] = this.#byte(register) | bit
  }

  #driveIrq(): void {
    let isRaised = false
    for (let status: number = REG.IRQ_STATUS_1; status <= REG.IRQ_STATUS_4; status++)
      if (this.#byte(status) & this.#byte(status + IRQ_STATUS_TO_ENABLE)) isRaised = true
    this.#wiring.onIrq?.(isRaised ? 0 : 1)
  }

  #tellOutputs(): void {
    this.#wiring.onOutputs?.({ ldo2: this.isOutputOn("ldo2"), ldo3: this.isOutputOn("ldo3") })
  }

  #off(): void {
    if (!this.#isOn) return
    this.#isOn = false
    this.#tellOutputs()
    this.#wiring.onOff()
  }
}
