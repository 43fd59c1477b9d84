/**
 * The registers of X-Powers' AXP192 that the driver uses (datasheet V1.1, section 9.11), and what it writes there. DC-DC1 supplies the
 * processor: what is written to the register of the outputs always has it on.
 */
import { constant } from "../constant"
import type { Chip } from "./chip-error"

/** The datasheet gives 0x68, the address with its read bit. */
export const AXP192_ADDRESS = 0x34

export const Register = constant({
  POWER_STATUS: 0x00,
  CHARGE_STATUS: 0x01,
  OUTPUTS: 0x12,
  LDO_VOLTAGES: 0x28,
  VOFF: 0x31,
  POWER_OFF: 0x32,
  CHARGE_CONTROL: 0x33,
  POWER_KEY: 0x36,
  IRQ_ENABLE: 0x40,
  BATTERY_VOLTAGE_HIGH: 0x78,
  BATTERY_VOLTAGE_LOW: 0x79,
  ADC_ENABLE: 0x82,
} as const)
export const AXP192: Chip = constant({ name: "AXP192", registers: Register })

/** POWER_STATUS: an adapter or USB is there and can be used. */
export const ACIN_USABLE = 0x40
export const VBUS_USABLE = 0x10
/** CHARGE_STATUS. */
export const BATTERY_CONNECTED = 0x20
/** OUTPUTS. */
export const DCDC1_ON = 0x01
export const DCDC3_ON = 0x02
export const LDO2_ON = 0x04
export const LDO3_ON = 0x08
/** LDO_VOLTAGES: 1.8 V and 100 mV a step, LDO2 in the high four bits; both 3.0 V, as the M5StickC Plus needs them (m5stack/M5StickC-Plus, AXP192.cpp). */
export const DISPLAY_VOLTAGES = 0xcc
/** VOFF, bits 2:0: below 3.0 V the chip switches itself off, so that the cell comes to no harm whatever the firmware does. */
export const VOFF_MASK = 0x07
export const VOFF_3000_MV = 0x04
/** POWER_OFF: all outputs but that of the clock chip. */
export const SHUT_DOWN = 0x80
/** CHARGE_CONTROL: on, up to 4.2 V, done at a tenth of 100 mA, the least there is; the cell of the M5StickC Plus has 120 mAh. */
export const CHARGE_4200_MV_100_MA = 0xc0
/** POWER_KEY: on after 128 ms; held for 4 s it is off, without the firmware (m5stack/M5StickC-Plus, AXP192.cpp). */
export const KEY_ON_128_MS_OFF_4_S = 0x0c
/** IRQ_ENABLE is so many registers. */
export const IRQ_REGISTERS = 4
/** ADC_ENABLE. */
export const BATTERY_VOLTAGE_ADC = 0x80
/** The low register has the last four of twelve bits; a count is 1.1 mV. */
export const LOW_BITS = 4
export const LOW_MASK = 0x0f
export const MV_PER_COUNT = 1.1
