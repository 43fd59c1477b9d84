/**
 * The AXP192's registers as the chip has them (datasheet V1.1, section 9.11): address, value after power, writable bits. Where the datasheet
 * leaves a value to the order of the chip's buyer, DC-DC1, LDO2, LDO3 and EXTEN are on. `unmodelled` bits the model refuses aloud.
 */

export const REG = {
  POWER_STATUS: 0x00,
  CHARGE_STATUS: 0x01,
  DATA_BUFFER_0: 0x06,
  DATA_BUFFER_1: 0x07,
  DATA_BUFFER_2: 0x08,
  DATA_BUFFER_3: 0x09,
  EXTEN_DCDC2: 0x10,
  OUTPUTS: 0x12,
  DCDC2_VOLTAGE: 0x23,
  DCDC2_SLOPE: 0x25,
  DCDC1_VOLTAGE: 0x26,
  DCDC3_VOLTAGE: 0x27,
  LDO_VOLTAGES: 0x28,
  VBUS_PATH: 0x30,
  VOFF: 0x31,
  POWER_OFF: 0x32,
  CHARGE_CONTROL_1: 0x33,
  CHARGE_CONTROL_2: 0x34,
  BACKUP_CHARGE: 0x35,
  POWER_KEY: 0x36,
  APS_WARNING_1: 0x3a,
  APS_WARNING_2: 0x3b,
  IRQ_ENABLE_1: 0x40,
  IRQ_ENABLE_2: 0x41,
  IRQ_ENABLE_3: 0x42,
  IRQ_ENABLE_4: 0x43,
  IRQ_STATUS_1: 0x44,
  IRQ_STATUS_2: 0x45,
  IRQ_STATUS_3: 0x46,
  IRQ_STATUS_4: 0x47,
  BATTERY_VOLTAGE: 0x78,
  CHARGE_CURRENT: 0x7a,
  APS_VOLTAGE: 0x7e,
  ADC_ENABLE_1: 0x82,
  ADC_ENABLE_2: 0x83,
  ADC_RATE: 0x84,
  TIMER: 0x8a,
  COULOMB_CONTROL: 0xb8,
} as const

export interface RegisterRow {
  reset: number
  writable: number
  unmodelled: number
}

const row = (reset: number, writable = 0xff, unmodelled = 0): RegisterRow => ({ reset, writable, unmodelled })

/** Every register that takes a write; any other address is read-only or reserved, and a write to it is ignored. */
export const WRITABLE: Readonly<Record<number, RegisterRow>> = {
  [REG.DATA_BUFFER_0]: row(0xf0),
  [REG.DATA_BUFFER_1]: row(0xdf),
  [REG.DATA_BUFFER_2]: row(0xd0),
  [REG.DATA_BUFFER_3]: row(0xff),
  [REG.EXTEN_DCDC2]: row(0x04, 0x05, 0x05),
  [REG.OUTPUTS]: row(0x4d, 0x5f, 0x10),
  [REG.DCDC2_VOLTAGE]: row(0x16, 0x3f),
  [REG.DCDC2_SLOPE]: row(0x00, 0x05),
  [REG.DCDC1_VOLTAGE]: row(0x68, 0x7f, 0x7f),
  [REG.DCDC3_VOLTAGE]: row(0x48, 0x7f),
  [REG.LDO_VOLTAGES]: row(0xcf),
  [REG.VBUS_PATH]: row(0x60, 0xfb, 0xfb),
  [REG.VOFF]: row(0x03, 0x0f, 0x08),
  [REG.POWER_OFF]: row(0x46, 0xfb, 0x40),
  [REG.CHARGE_CONTROL_1]: row(0xc8),
  [REG.CHARGE_CONTROL_2]: row(0x41, 0xff, 0x3c),
  [REG.BACKUP_CHARGE]: row(0x22),
  [REG.POWER_KEY]: row(0x5d),
  [REG.APS_WARNING_1]: row(0x68),
  [REG.APS_WARNING_2]: row(0x5f),
  [REG.IRQ_ENABLE_1]: row(0xd8),
  [REG.IRQ_ENABLE_2]: row(0xff),
  [REG.IRQ_ENABLE_3]: row(0x3b),
  [REG.IRQ_ENABLE_4]: row(0xc1),
  [REG.IRQ_STATUS_1]: row(0x00),
  [REG.IRQ_STATUS_2]: row(0x00),
  [REG.IRQ_STATUS_3]: row(0x00),
  [REG.IRQ_STATUS_4]: row(0x00),
  [REG.ADC_ENABLE_1]: row(0x83),
  [REG.ADC_ENABLE_2]: row(0x80),
  [REG.ADC_RATE]: row(0x32),
  [REG.TIMER]: row(0x00, 0xff, 0x7f),
  [REG.COULOMB_CONTROL]: row(0x00, 0xff, 0xff),
}

/** POWER_STATUS. */
export const VBUS_PRESENT = 0x20
export const VBUS_USABLE = 0x10
export const CHARGE_DIRECTION = 0x04
/** CHARGE_STATUS. */
export const CHARGING = 0x40
export const BATTERY_CONNECTED = 0x20
/** OUTPUTS. */
export const OUTPUT = { dcdc1: 0x01, dcdc3: 0x02, ldo2: 0x04, ldo3: 0x08 } as const
/** VOFF, bits 2:0: 2.6 V and 100 mV a step. */
export const VOFF_MASK = 0x07
export const VOFF_BASE_MV = 2600
export const VOFF_STEP_MV = 100
/** POWER_OFF. */
export const SHUT_DOWN = 0x80
/** CHARGE_CONTROL_1. */
export const CHARGE_ENABLED = 0x80
export const CHARGE_TARGETS_MV: readonly number[] = [4100, 4150, 4200, 4360]
export const CHARGE_TARGET_SHIFT = 5
export const CHARGE_CURRENTS_MA: readonly number[] = [
  100, 190, 280, 360, 450, 550, 630, 700, 780, 880, 960, 1000, 1080, 1160, 1240, 1320,
]
/** POWER_KEY: how long it is a long press (5:4), and how long it switches off (1:0) where bit 3 says so. */
export const LONG_PRESS_MS: readonly number[] = [1000, 1500, 2000, 2500]
export const LONG_PRESS_SHIFT = 4
export const KEY_SWITCHES_OFF = 0x08
export const KEY_OFF_MS: readonly number[] = [4000, 6000, 8000, 10_000]
/** IRQ_STATUS_1 to 4. */
export const IRQ = {
  vbusInserted: [REG.IRQ_STATUS_1, 0x08],
  vbusRemoved: [REG.IRQ_STATUS_1, 0x04],
  charging: [REG.IRQ_STATUS_2, 0x08],
  charged: [REG.IRQ_STATUS_2, 0x04],
  shortPress: [REG.IRQ_STATUS_3, 0x02],
  longPress: [REG.IRQ_STATUS_3, 0x01],
  lowVoltage: [REG.IRQ_STATUS_4, 0x01],
} as const satisfies Record<string, readonly [number, number]>
export const IRQ_STATUS_TO_ENABLE = REG.IRQ_ENABLE_1 - REG.IRQ_STATUS_1
/** APS_WARNING: 2.8672 V, and 1.4 mV × 4 a step. */
export const WARNING_BASE_MV = 2867.2
export const WARNING_STEP_MV = 5.6
/** ADC_ENABLE_1. */
export const BATTERY_VOLTAGE_ADC = 0x80
export const BATTERY_CURRENT_ADC = 0x40
export const APS_VOLTAGE_ADC = 0x02
/** ADC_RATE, bits 7:6: 25 Hz, doubled a step. */
export const ADC_BASE_HZ = 25
export const ADC_RATE_SHIFT = 6
