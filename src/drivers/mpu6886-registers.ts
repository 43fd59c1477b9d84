/**
 * The registers of TDK InvenSense's MPU-6886 that the driver uses (datasheet DS-000193 Rev 1.1, register map), and the numbers that go with them.
 * Its register map is the ICM-20602's (DS-000176), whose datasheet says more; where it is meant, it is named.
 */

import { constant } from "../constant"
import type { Chip } from "./chip-error"
import type { ImuRate } from "./driver"

/** I²C address with AD0 low, as the M5StickC Plus has it. */
export const MPU6886_ADDRESS = 0x68
export const MPU6886_ID = 0x19

export const Register = constant({
  SMPLRT_DIV: 0x19,
  CONFIG: 0x1a,
  GYRO_CONFIG: 0x1b,
  ACCEL_CONFIG: 0x1c,
  ACCEL_CONFIG_2: 0x1d,
  ACCEL_WOM_X_THR: 0x20,
  ACCEL_WOM_Y_THR: 0x21,
  ACCEL_WOM_Z_THR: 0x22,
  FIFO_EN: 0x23,
  INT_PIN_CFG: 0x37,
  INT_ENABLE: 0x38,
  FIFO_WM_INT_STATUS: 0x39,
  FIFO_WM_TH1: 0x60,
  FIFO_WM_TH2: 0x61,
  ACCEL_INTEL_CTRL: 0x69,
  USER_CTRL: 0x6a,
  PWR_MGMT_1: 0x6b,
  PWR_MGMT_2: 0x6c,
  FIFO_COUNTH: 0x72,
  FIFO_R_W: 0x74,
  WHO_AM_I: 0x75,
} as const)
export const MPU6886: Chip = constant({ name: "MPU6886", registers: Register })

/** PWR_MGMT_1. After a reset the chip sleeps. CLKSEL 1: the best clock that there is. */
export const DEVICE_RESET = 0x80
export const CYCLE = 0x20
export const CLKSEL_AUTO = 0x01
/** PWR_MGMT_2: the gyroscope's axes are off. */
export const GYRO_OFF = 0x07
/**
 * CONFIG: a full FIFO takes no more, so that what it holds stays whole. Bit 7, set after a reset, must be cleared for the watermark (ICM-20602).
 * DLPF_CFG 3: the gyroscope's bandwidth is 41 Hz, the nearest to the LSM6DSO's 33 Hz.
 */
export const FIFO_STOPS = 0x40
export const GYRO_DLPF_41HZ = 0x03
/** GYRO_CONFIG and ACCEL_CONFIG: ±2000 °/s, ±16 g. */
export const FS_2000DPS = 0x18
export const FS_16G = 0x18
/** ACCEL_CONFIG_2, A_DLPF_CFG: 44.8 Hz for measuring, near the LSM6DSO's 52 Hz; 218 Hz is what wake-on-motion asks for. */
export const ACCEL_DLPF_45HZ = 0x03
export const ACCEL_DLPF_218HZ = 0x01
/** FIFO_EN: accelerometer, temperature and gyroscope, together a packet. */
export const GYRO_AND_ACCEL = 0x18
/** USER_CTRL. */
export const FIFO_ENABLED = 0x40
export const FIFO_RESET = 0x04
/**
 * INT_PIN_CFG: low while active, open drain, held until its status is read. The M5StickC Plus has other chips on the line, whose outputs
 * can only pull it down.
 */
export const ACTIVE_LOW = 0x80
export const OPEN_DRAIN = 0x40
export const LATCHED = 0x20
/** INT_ENABLE, and INT_STATUS, the byte after FIFO_WM_INT_STATUS: the FIFO was full; any axis moved. The watermark needs no bit: a threshold of 0 is off. */
export const FIFO_OVERFLOW = 0x10
export const MOTION = 0xe0
/** ACCEL_INTEL_CTRL: each sample is compared with the one before; any axis does. */
export const WOM_ON = 0x80
export const WOM_AGAINST_LAST = 0x40

/**
 * The FIFO has "1 kB" in the datasheet, and 1008 bytes in that of the ICM-20602: from here on it counts as full. A packet: accelerometer,
 * temperature, gyroscope, high bytes first.
 */
export const FIFO_FULL_BYTES = 1008
export const PACKET_BYTES = 14

/** Internal rate with the filters on; SMPLRT_DIV divides it. */
const INTERNAL_HZ = 1000
/**
 * By nominal Hz; the code is SMPLRT_DIV. The delay is that of a second-order low-pass of the gyroscope's bandwidth for slow motion,
 * √2 ÷ (2π × 41 Hz); the order is not published and assumed.
 */
export const RATES = constant({
  50: { code: 19, hz: INTERNAL_HZ / 20, gyroDelayUs: 5490 },
  100: { code: 9, hz: INTERNAL_HZ / 10, gyroDelayUs: 5490 },
  200: { code: 4, hz: INTERNAL_HZ / 5, gyroDelayUs: 5490 },
} as const satisfies Record<number, ImuRate>)
export const USUAL_RATE = 100
/** Its clock is not trimmed to better than ±1 % (datasheet, internal clock source), and temperature adds to it. */
export const RATE_TOLERANCE = 0.015

/** Watching for motion: SMPLRT_DIV for 20 Hz, and the time that four samples take, until there are two to compare. */
export const WATCH_DIVIDER = 49
export const SETTLING_MS = 200
/** ACCEL_WOM_*_THR: 4 mg a count; a change of 200 mg from one sample to the next. */
export const WOM_THRESHOLD = 50
