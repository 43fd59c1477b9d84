/**
 * The LSM6DSO's registers as the chip has them (datasheet DS12140, section 8, register mapping): address, value after reset,
 * writable bits. `unmodelled` bits would change what the chip measures or batches: the model refuses them aloud.
 */

export const REG = {
  FUNC_CFG_ACCESS: 0x01,
  PIN_CTRL: 0x02,
  FIFO_CTRL1: 0x07,
  FIFO_CTRL2: 0x08,
  FIFO_CTRL3: 0x09,
  FIFO_CTRL4: 0x0a,
  COUNTER_BDR_REG1: 0x0b,
  COUNTER_BDR_REG2: 0x0c,
  INT1_CTRL: 0x0d,
  INT2_CTRL: 0x0e,
  WHO_AM_I: 0x0f,
  CTRL1_XL: 0x10,
  CTRL2_G: 0x11,
  CTRL3_C: 0x12,
  CTRL4_C: 0x13,
  CTRL5_C: 0x14,
  CTRL6_C: 0x15,
  CTRL7_G: 0x16,
  CTRL8_XL: 0x17,
  CTRL9_XL: 0x18,
  CTRL10_C: 0x19,
  WAKE_UP_SRC: 0x1b,
  STATUS_REG: 0x1e,
  OUTX_L_G: 0x22,
  OUTX_L_A: 0x28,
  OUTZ_H_A: 0x2d,
  FIFO_STATUS1: 0x3a,
  FIFO_STATUS2: 0x3b,
  TIMESTAMP0: 0x40,
  TIMESTAMP2: 0x42,
  TIMESTAMP3: 0x43,
  TAP_CFG0: 0x56,
  TAP_CFG1: 0x57,
  TAP_CFG2: 0x58,
  WAKE_UP_THS: 0x5b,
  WAKE_UP_DUR: 0x5c,
  MD1_CFG: 0x5e,
  MD2_CFG: 0x5f,
  INTERNAL_FREQ_FINE: 0x63,
  FIFO_DATA_OUT_TAG: 0x78,
  FIFO_DATA_OUT_Z_H: 0x7e,
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

/** Every register that takes a write; any other address is read-only or reserved, and a write to it is ignored. */
export const WRITABLE: Readonly<Record<number, RegisterRow>> = {
  [REG.FUNC_CFG_ACCESS]: row(0x00, 0xc0, 0xc0),
  [REG.PIN_CTRL]: row(0x3f, 0xc0),
  [REG.FIFO_CTRL1]: row(0x00, 0xff),
  [REG.FIFO_CTRL2]: row(0x00, 0xd7, 0xd6),
  [REG.FIFO_CTRL3]: row(0x00, 0xff),
  [REG.FIFO_CTRL4]: row(0x00, 0xf7, 0xf0),
  [REG.COUNTER_BDR_REG1]: row(0x00, 0xe7, 0x80),
  [REG.COUNTER_BDR_REG2]: row(0x00, 0xff),
  [REG.INT1_CTRL]: row(0x00, 0xff, 0xf7),
  [REG.INT2_CTRL]: row(0x00, 0x7f, 0x7f),
  [REG.CTRL1_XL]: row(0x00, 0xfe, 0x02),
  [REG.CTRL2_G]: row(0x00, 0xfe),
  [REG.CTRL3_C]: row(0x04, 0xfd, 0x80),
  [REG.CTRL4_C]: row(0x00, 0x6e, 0x62),
  [REG.CTRL5_C]: row(0x00, 0xef, 0x8f),
  [REG.CTRL6_C]: row(0x00, 0xff, 0xe0),
  [REG.CTRL7_G]: row(0x00, 0xf7, 0xf7),
  [REG.CTRL8_XL]: row(0x00, 0xff, 0xff),
  [REG.CTRL9_XL]: row(0xe0, 0xfe),
  [REG.CTRL10_C]: row(0x00, 0x20),
  [REG.TAP_CFG0]: row(0x00, 0x7f, 0x7e),
  [REG.TAP_CFG1]: row(0x00, 0xff, 0xff),
  [REG.TAP_CFG2]: row(0x00, 0xff, 0x60),
  [REG.WAKE_UP_THS]: row(0x00, 0xff, 0xc0),
  [REG.WAKE_UP_DUR]: row(0x00, 0xff, 0x80),
  [REG.MD1_CFG]: row(0x00, 0xff, 0xdf),
  [REG.MD2_CFG]: row(0x00, 0xff, 0xff),
}

/** CTRL3_C. */
export const SW_RESET = 0x01
export const IF_INC = 0x04
export const H_LACTIVE = 0x20
export const BDU = 0x40
/** CTRL6_C: the accelerometer's high-performance mode is off. */
export const XL_HM_MODE = 0x10
/** INT1_CTRL. */
export const INT1_FIFO_TH = 0x08
/** TAP_CFG0, TAP_CFG2, WAKE_UP_DUR, MD1_CFG. */
export const LIR = 0x01
export const INTERRUPTS_ENABLE = 0x80
export const WAKE_THS_W = 0x10
export const INT1_WU = 0x20
/** WAKE_UP_SRC: a wake-up, and on x; y and z are the bits below. */
export const WU_IA = 0x08
export const X_WU = 0x04
/** CTRL10_C. */
export const TIMESTAMP_EN = 0x20
/** FIFO_CTRL4, FIFO_MODE. */
export const FIFO_MODE = { bypass: 0, fifo: 1, continuous: 6 } as const
/** FIFO_STATUS2. */
export const STATUS2 = { wtm: 0x80, overrun: 0x40, full: 0x20, overrunLatched: 0x08 } as const
/** STATUS_REG. */
export const XLDA = 0x01
export const GDA = 0x02

/** Counts at ±16 g → counts at the range of FS_XL (CTRL1_XL bits 3:2; table 2: 0.061, 0.488, 0.122, 0.244 mg). */
export const ACCELEROMETER_GAIN = [8, 1, 4, 2] as const
/** Counts at ±2000 °/s → counts at the range of FS_G and FS_125 (CTRL2_G bits 3:1; table 2: 8.75 … 70, 4.375 mdps). */
export const GYRO_GAIN = [8, 16, 4, 16, 2, 16, 1, 16] as const

/**
 * What the chip draws, µA (datasheet, electrical characteristics): both sensors in high-performance mode at any rate; the accelerometer in its
 * low-power mode, by the figure for 52 Hz, which is more than 26 Hz takes; nothing on.
 */
export const CURRENT_UA = { measuring: 550, watching: 26, off: 3 } as const
