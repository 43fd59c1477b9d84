/**
 * The MPU6886's registers as the chip has them (datasheet DS-000193 Rev 1.1, register map): address, value after reset, writable bits. `unmodelled`
 * bits would change what the chip measures or batches: the model refuses them aloud.
 */

export const REG = {
  SMPLRT_DIV: 0x19,
  CONFIG: 0x1a,
  GYRO_CONFIG: 0x1b,
  ACCEL_CONFIG: 0x1c,
  ACCEL_CONFIG_2: 0x1d,
  LP_MODE_CFG: 0x1e,
  ACCEL_WOM_X_THR: 0x20,
  ACCEL_WOM_Y_THR: 0x21,
  ACCEL_WOM_Z_THR: 0x22,
  FIFO_EN: 0x23,
  FSYNC_INT: 0x36,
  INT_PIN_CFG: 0x37,
  INT_ENABLE: 0x38,
  FIFO_WM_INT_STATUS: 0x39,
  INT_STATUS: 0x3a,
  ACCEL_XOUT_H: 0x3b,
  GYRO_ZOUT_L: 0x48,
  FIFO_WM_TH1: 0x60,
  FIFO_WM_TH2: 0x61,
  SIGNAL_PATH_RESET: 0x68,
  ACCEL_INTEL_CTRL: 0x69,
  USER_CTRL: 0x6a,
  PWR_MGMT_1: 0x6b,
  PWR_MGMT_2: 0x6c,
  I2C_IF: 0x70,
  FIFO_COUNTH: 0x72,
  FIFO_COUNTL: 0x73,
  FIFO_R_W: 0x74,
  WHO_AM_I: 0x75,
} as const

export interface RegisterRow {
  reset: number
  writable: number
  unmodelled: number
}

const row = (reset: number, writable: number, unmodelled = 0): RegisterRow => ({
  reset,
  writable,
  unmodelled,
})

/** Every register that takes a write and does something; of the rest (offsets, self-test) the model knows nothing. */
export const WRITABLE: Readonly<Record<number, RegisterRow>> = {
  [REG.SMPLRT_DIV]: row(0x00, 0xff),
  [REG.CONFIG]: row(0x80, 0xff, 0x38),
  [REG.GYRO_CONFIG]: row(0x00, 0xfb, 0xe3),
  [REG.ACCEL_CONFIG]: row(0x00, 0xf8, 0xe0),
  [REG.ACCEL_CONFIG_2]: row(0x00, 0x3f, 0x08),
  [REG.LP_MODE_CFG]: row(0x00, 0xf0, 0x80),
  [REG.ACCEL_WOM_X_THR]: row(0x00, 0xff),
  [REG.ACCEL_WOM_Y_THR]: row(0x00, 0xff),
  [REG.ACCEL_WOM_Z_THR]: row(0x00, 0xff),
  [REG.FIFO_EN]: row(0x00, 0x18),
  [REG.FSYNC_INT]: row(0x00, 0x80),
  [REG.INT_PIN_CFG]: row(0x00, 0xfc, 0x0c),
  [REG.INT_ENABLE]: row(0x00, 0xf5, 0x05),
  [REG.FIFO_WM_TH1]: row(0x00, 0x03),
  [REG.FIFO_WM_TH2]: row(0x00, 0xff),
  [REG.SIGNAL_PATH_RESET]: row(0x00, 0x03, 0x03),
  [REG.ACCEL_INTEL_CTRL]: row(0x00, 0xc3, 0x02),
  [REG.USER_CTRL]: row(0x00, 0x45, 0x01),
  [REG.PWR_MGMT_1]: row(0x41, 0xff, 0x10),
  [REG.PWR_MGMT_2]: row(0x00, 0x3f),
  [REG.I2C_IF]: row(0x00, 0x40, 0x40),
}

/** CONFIG: without it the oldest bytes go when the FIFO is full; what bit 7, set after a reset, keeps off. */
export const FIFO_MODE = 0x40
export const NO_WATERMARK = 0x80
export const DLPF_MASK = 0x07
/** FIFO_EN. */
export const GYRO_FIFO = 0x10
export const ACCEL_FIFO = 0x08
/** INT_PIN_CFG. */
export const INT_LEVEL_LOW = 0x80
export const LATCH_INT = 0x20
export const INT_ANY_READ_CLEARS = 0x10
/** FIFO_WM_INT_STATUS. */
export const WATERMARK = 0x40
/** INT_ENABLE, INT_STATUS. */
export const WOM_X = 0x80
export const WOM_Y = 0x40
export const WOM_Z = 0x20
export const FIFO_OVERFLOW = 0x10
/** ACCEL_INTEL_CTRL: on, against the sample before, and all axes together. */
export const INTEL_EN = 0x80
export const INTEL_MODE = 0x40
export const WOM_ALL_AXES = 0x01
/** USER_CTRL. */
export const FIFO_ON = 0x40
export const FIFO_RST = 0x04
/** PWR_MGMT_1 and _2. */
export const DEVICE_RESET = 0x80
export const SLEEP = 0x40
export const CYCLE = 0x20
export const ACCEL_OFF = 0x38
export const GYRO_OFF = 0x07

/** Internal rate with the filters on, Hz. */
export const INTERNAL_HZ = 1000
/** Bandwidths by DLPF_CFG and A_DLPF_CFG, Hz; those that leave the internal rate at 8 kHz or 4 kHz are left out. */
export const GYRO_BANDWIDTH_HZ: Readonly<Record<number, number>> = {
  1: 176,
  2: 92,
  3: 41,
  4: 20,
  5: 10,
  6: 5,
}
export const ACCEL_BANDWIDTH_HZ: Readonly<Record<number, number>> = {
  0: 218.1,
  1: 218.1,
  2: 99,
  3: 44.8,
  4: 21.2,
  5: 10.2,
  6: 5.1,
  7: 420,
}
/** ACCEL_WOM_*_THR, g a count. */
export const WOM_G = 0.004

/**
 * What the chip draws, µA (ICM-20602 datasheet, D.C. electrical characteristics): both sensors in low-noise mode; the accelerometer in its low-power mode,
 * by the figure for 100 Hz, which is more than 20 Hz takes; asleep.
 */
export const CURRENT_UA = { measuring: 2790, watching: 57, off: 6 } as const
