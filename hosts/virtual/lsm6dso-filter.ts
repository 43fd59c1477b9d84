/**
 * The low-pass filters in front of the LSM6DSO's output registers, as the firmware leaves them (high-performance mode,
 * LPF1 of the gyroscope and LPF2 of the accelerometer off). Cutoffs in Hz at −3 dB, from ST's datasheet DS12140 Rev 3.
 * The datasheet gives no orders: both are taken as second-order Butterworth.
 */

/** Output data rate code (CTRL1_XL, CTRL2_G) → divider of the chip's 6,667 Hz (AN5192, INTERNAL_FREQ_FINE: ODR_coeff). */
export const ODR_DIVIDERS: Readonly<Record<number, number>> = { 1: 512, 2: 256, 3: 128, 4: 64, 5: 32, 6: 16 }
export const BASE_RATE_HZ = 6667
/** Share of the rate for one step of INTERNAL_FREQ_FINE (0x63). */
export const FREQ_FINE_STEP = 0.0015

/** Table 18, gyroscope LPF2 bandwidth, by the code of the output data rate. */
const GYRO_LPF2_HZ: Readonly<Record<number, number>> = { 1: 4.2, 2: 8.3, 3: 16.6, 4: 33.0, 5: 66.8, 6: 135.9 }

/** @throws RangeError for a code that the model does not have. */
export function outputRateHz(odrCode: number, freqFine = 0): number {
  const divider = ODR_DIVIDERS[odrCode]
  if (divider === undefined)
    throw new RangeError(`LSM6DSO model: output data rate code ${odrCode} is not modelled`)
  return (BASE_RATE_HZ / divider) * (1 + FREQ_FINE_STEP * freqFine)
}

/** Cutoff of both sensors at an output data rate. */
export function cutoffsHz(odrCode: number): { gyro: number; accelerometer: number } {
  // Figure 17, note 1: the accelerometer's LPF1 passes ODR/2 in high-performance mode.
  return { gyro: GYRO_LPF2_HZ[odrCode] ?? 0, accelerometer: outputRateHz(odrCode) / 2 }
}

/** Gain of the second-order Butterworth low-pass at `hz`. */
export function butterworthGain(hz: number, cutoffHz: number): number {
  const ratio = hz / cutoffHz
  return 1 / Math.sqrt(1 + ratio * ratio * ratio * ratio)
}

/** How late a slow signal leaves the filter (group delay at 0 Hz): √2 ÷ (2π × cutoff). */
export function filterDelayMs(cutoffHz: number): number {
  return (1000 * Math.SQRT2) / (2 * Math.PI * cutoffHz)
}
