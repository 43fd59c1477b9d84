/** An inertial sensor as the virtual board sees it, whatever chip it is a model of. */

export interface ImuFaults {
  /** It does not answer on the bus. */
  absent: boolean
  /** What it says it is. */
  whoAmI: number
  /** Its interrupt pin is not connected. */
  interruptOpen: boolean
  /** A software reset never ends. */
  resetHangs: boolean
}

export interface ImuModel {
  /** What can be wrong with it. */
  readonly faults: ImuFaults
  /** Real output data rate, Hz; 0 while off. */
  readonly rateHz: number
  /** Of what it is played, Hz: the rate at which it measures, or did last where it only watches for motion now; 0 while off. */
  readonly playRateHz: number
  /** Of the low-pass filters in front of its output, Hz at −3 dB, second-order Butterworth; by its real clock, and as it measures. */
  readonly cutoffsHz: { gyro: number; accelerometer: number }
  /** What it draws as it is set now, µA, by its datasheet. */
  readonly currentUa: number
  /** When the next sample is taken; while off, now. */
  readonly nextSampleMs: number
  /** Share of full duty of the motor on the same strap. */
  motorDuty: number
  /** Motion from the next sample on, word pairs (protocol.ts) at `playRateHz`. Gives the instants of the first and the last sample, µs. */
  play(pairs: Uint8Array): { firstUs: number; lastUs: number }
  /** Takes no samples for `ms`; everything else goes on. */
  silence(ms: number): void
}
