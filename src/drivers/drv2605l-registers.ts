/**
 * The registers of TI's DRV2605L that the driver uses (datasheet SLOS854D, section 8.6), and what is set for the actuators that makers find.
 */
import { constant } from "../constant"
import type { Chip } from "./chip-error"

export const DRV2605L_ADDRESS = 0x5a

export const DrvRegister = constant({
  STATUS: 0x00,
  MODE: 0x01,
  RTP_INPUT: 0x02,
  LIBRARY_SELECTION: 0x03,
  WAVEFORM_SEQUENCER_1: 0x04,
  GO: 0x0c,
  RATED_VOLTAGE: 0x16,
  OD_CLAMP: 0x17,
  FEEDBACK_CONTROL: 0x1a,
} as const)
export const DRV2605L: Chip = constant({ name: "DRV2605L", registers: DrvRegister })

/** STATUS: which chip of the family it is, in bits 7:5, and two failures that stand until it is read. */
export const DEVICE_ID_SHIFT = 5
export const DRV2605L_ID = 7
export const OVER_TEMP = 0x02
export const OC_DETECT = 0x01

/** MODE. */
export const DEV_RESET = 0x80
export const STANDBY = 0x40
export const INTERNAL_TRIGGER = 0
export const REAL_TIME_PLAYBACK = 5

/** RTP_INPUT at full strength: signed, as after a reset. */
export const RTP_FULL = 127

/** Effects of the library (its list is at the end of the datasheet), both at 100 %. */
export const ALERT_1000_MS = 16
/** "Long buzz for programmatic stopping". */
export const LONG_BUZZ = 118

/** What is wired to the chip's outputs. */
export interface Actuator {
  /** LIBRARY_SELECTION: 1 to 5 and 7 are made for motors with an eccentric mass, 6 for linear resonant ones. */
  readonly library: number
  readonly feedbackControl: number
  readonly ratedVoltage: number
  readonly overdriveClamp: number
}

/** FEEDBACK_CONTROL after a reset: brake by four times, medium gain. Bit 7 makes it drive a resonant actuator. */
const FEEDBACK_DEFAULT = 0x36
const N_ERM_LRA = 0x80

/**
 * A linear resonant actuator for 2 V RMS at 175 to 235 Hz, as coins of 8 and 10 mm are. The loop finds the resonance from 125 to 300 Hz
 * by itself (section 6.3). RATED_VOLTAGE = V RMS × √(1 − (4 × 300 µs + 300 µs) × Hz) ÷ 20.58 mV (equation 5) is 83 for 175 Hz and 78 for 235 Hz: the
 * lesser of them drives neither too hard. OD_CLAMP = peak ÷ 21.22 mV (equation 9), and the peak of 2 V RMS is 2.83 V.
 */
export const LRA: Actuator = constant({
  library: 6,
  feedbackControl: FEEDBACK_DEFAULT | N_ERM_LRA,
  ratedVoltage: 78,
  overdriveClamp: 133,
})

/**
 * A 3 V coin motor, in open loop as the libraries for motors want it: library B is for 3 V, and 40 to 60 ms to spin up. There OD_CLAMP sets
 * full strength, V ÷ 21.59 mV (equation 6), and RATED_VOLTAGE, which stays as after a reset, nothing.
 */
export const ERM: Actuator = constant({
  library: 2,
  feedbackControl: FEEDBACK_DEFAULT,
  ratedVoltage: 0x3e,
  overdriveClamp: 139,
})
