/**
 * What is wired to which pin of an M5StickC Plus (M5Stack's schematic and pin map of the K016-P), and where its vibration HAT sits. The virtual board is
 * wired the same.
 */
import { constant } from "../../../src/constant"

export const PIN = constant({
  /** The HAT's motor, on its transistor. */
  motor: 26,
  /** I²C inside the case: MPU6886, AXP192, BM8563. */
  data: 21,
  clock: 22,
  /**
   * SYS_INT: the interrupts of MPU6886, AXP192 and BM8563 together, each of which can only pull it low against the board's pull-up. An input only.
   */
  sensorInterrupt: 35,
  /** Button A, low while it is pressed, behind the board's pull-up. An input only, without one of its own. */
  button: 37,
  /** The display's own SPI. */
  displayOut: 15,
  displayClock: 13,
  displaySelect: 5,
  displayDataCommand: 23,
  displayReset: 18,
} as const)

/** I²C fast mode, the fastest that all three take. */
export const BUS_HZ = 400_000
/** More than the longest transfer takes, a FIFO of 1 KB; without it the SDK waits 400 ms for a bus that is held. */
export const BUS_TIMEOUT_MS = 50
/** Above hearing; the motor sees the mean. */
export const MOTOR_HZ = 20_000

/** The panel lies within the ST7789V2's 240 × 320 pixels (SDK 8.2.3, target m5stick_cplus, where it lies on its side; M5Stack's own library). */
export const PANEL = constant({ width: 135, height: 240, firstColumn: 52, firstRow: 40 } as const)
/** The clock's rate as the SDK has it for this board; the chip takes a bit with the clock's rising edge, as mode 0 gives it. SPI3 is the SDK's port 2. */
export const DISPLAY_SPI = constant({ active: 0, hz: 27_000_000, mode: 0, port: 2 } as const)
