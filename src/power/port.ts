/** What the firmware asks of the processor's supply and sleep. Boards adapt ESP-IDF's sleep to it; the virtual board's is hosts/virtual. */
import { constant } from "../constant"

/** Why the processor started. */
export const Wake = constant({
  /** Power came. */
  power: 0,
  /** It was asked to: an update, or the reset button. */
  reset: 1,
  /** The supply fell too low to go on. */
  brownOut: 2,
  /** A watchdog or an exception that nobody caught. */
  crash: 3,
  /** From sleep: a sensor was moved. */
  motion: 4,
  /** From sleep: the button was pressed. */
  button: 5,
} as const)
export type Wake = (typeof Wake)[keyof typeof Wake]

export interface PowerControl {
  readonly wake: Wake
  /** Whether the processor may sleep between two things to do. Timers, pins and Bluetooth wake it, memory stays. */
  allowLightSleep(isAllowed: boolean): void
  /**
   * All is switched off but what keeps the time and the sensors, which were told to watch for motion. The processor starts anew when the button
   * is pressed or, `byMotion`, a sensor is moved. Does not return on a board.
   */
  sleep(byMotion: boolean): void
}
