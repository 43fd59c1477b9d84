/**
 * The registers of ST's LSM6DSO that the driver uses (datasheet DS12140 Rev 3, section 9), and the numbers that go with them.
 */

import { constant } from "../constant"
import type { Chip } from "./chip-error"
import type { ImuRate } from "./driver"

/** I²C address with SA0 low, the thigh's sensor, and with SA0 high, the shank's. */
export const LSM6DSO_ADDRESS = 0x6a
export const LSM6DSO_ADDRESS_HIGH = 0x6b
export const LSM6DSO_ID = 0x6c

export const Register = constant({
  FIFO_CTRL1: 0x07,
  FIFO_CTRL3: 0x09,
  FIFO_CTRL4: 0x0a,
  INT1_CTRL: 0x0d,
  WHO_AM_I: 0x0f,
  CTRL1_XL: 0x10,
  CTRL2_G: 0x11,
  CTRL3_C: 0x12,
  CTRL6_C: 0x15,
  FIFO_STATUS1: 0x3a,
  TAP_CFG0: 0x56,
  TAP_CFG2: 0x58,
  WAKE_UP_THS: 0x5b,
  MD1_CFG: 0x5e,
  INTERNAL_FREQ_FINE: 0x63,
  FIFO_DATA_OUT_TAG: 0x78,
} as const)
export const LSM6DSO: Chip = constant({ name: "LSM6DSO", registers: Register })

/** CTRL3_C: software reset, address increment, block data update. */
export const SW_RESET = 0x01
export const IF_INC = 0x04
export const BDU = 0x40
/** CTRL1_XL bits 3:2 and CTRL2_G bits 3:1: ±16 g and ±2000 °/s. The output data rate's code is in bits 7:4 of both. */
export const FS_XL_16G = 0x04
export const FS_G_2000DPS = 0x0c
export const ODR_SHIFT = 4
/** FIFO_CTRL3: batching rates of gyroscope (7:4) and accelerometer (3:0). */
export const BDR_GYRO_SHIFT = 4
/** FIFO_CTRL4: the oldest words go when it is full. After a reset it is off and empty. */
export const FIFO_CONTINUOUS = 6
/** INT1_CTRL: FIFO threshold on INT1. */
export const INT1_FIFO_TH = 0x08
/** FIFO_STATUS2, the byte after FIFO_STATUS1: bits 9:8 of the word count, and "words were overwritten", cleared by reading. */
export const DIFF_FIFO_HIGH = 0x03
export const FIFO_OVR_LATCHED = 0x08

/**
 * Watching for motion (AN5192, wake-up interrupt): the accelerometer alone, at 26 Hz and ±2 g, in its low-power mode (XL_HM_MODE); interrupts on, held
 * until their source is read, wake-up on INT1. A step of WAKE_UP_THS is 1/64 of the range, and the slope half of the change from one sample to
 * the next: 3 are a change of 188 mg.
 */
export const WATCH_26HZ_2G = 0x20
export const XL_LOW_POWER = 0x10
export const LATCHED = 0x01
export const INTERRUPTS_ENABLE = 0x80
export const INT1_WU = 0x20
export const WAKE_UP_THRESHOLD = 3
/** The slope filter starts from nothing: so many ms, four samples, until it shows what moves. */
export const SETTLING_MS = 160

export const FIFO_WORDS = 512
/** A tag and six data bytes. */
export const WORD_BYTES = 7

/**
 * Output data rates that a board may choose, by their nominal Hz: the code, and what it is, a part of 6,667 Hz (AN5192). And how late a turn
 * shows in a sample, by the gyroscope's output filter that the driver leaves on: the group delay of a second-order low-pass for slow motion,
 * √2 ÷ (2π × cutoff). Cutoffs: 16.6, 33.0 and 66.8 Hz, datasheet table 18 (LPF2); the order is not published and assumed. A sample's time is
 * the instant at which the chip put it out.
 */
export const RATES = constant({
  52: { code: 3, hz: 6667 / 128, gyroDelayUs: 13559 },
  104: { code: 4, hz: 6667 / 64, gyroDelayUs: 6821 },
  208: { code: 5, hz: 6667 / 32, gyroDelayUs: 3369 },
} as const satisfies Record<number, ImuRate>)
/** Enough for running, and half of what 208 Hz costs. */
export const USUAL_RATE = 104
/** INTERNAL_FREQ_FINE: share of the rate per step. */
export const FREQ_FINE_STEP = 0.0015

/** FIFO_DATA_OUT_TAG, TAG_SENSOR. */
const TAG_SENSOR = constant({ gyro: 0x01, accelerometer: 0x02 } as const)
const SLOTS = 4
/**
 * What TAG_KINDS holds: 0 for a byte that is no tag of ours, 1 + slot for the gyroscope, 9 + slot for the accelerometer, so that only from a
 * gyroscope's kind it is TO_ACCELEROMETER_KIND to another.
 */
export const TO_ACCELEROMETER_KIND = 2 * SLOTS
export const FIRST_ACCELEROMETER_KIND = 1 + TO_ACCELEROMETER_KIND
/** A byte that is no tag of ours. */
export const NO_TAG = 0
export const SLOT_MASK = SLOTS - 1
/** By tag byte: TAG_SENSOR in bits 7:3, TAG_CNT (the time slot, modulo 4) in 2:1, TAG_PARITY makes the number of ones even. */
export const TAG_KINDS: readonly number[] = constant(tagKinds())

function tagKinds(): number[] {
  const kinds: number[] = []
  for (let tag = 0; tag <= 0xff; tag++) {
    const sensor = tag >> 3
    const slot = (tag >> 1) & SLOT_MASK
    const isEven = ((0x6996 >> ((tag ^ (tag >> 4)) & 0x0f)) & 1) === 0
    if (isEven && sensor === TAG_SENSOR.gyro) kinds.push(1 + slot)
    else if (isEven && sensor === TAG_SENSOR.accelerometer) kinds.push(FIRST_ACCELEROMETER_KIND + slot)
    else kinds.push(0)
  }
  return kinds
}
