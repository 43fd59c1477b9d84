/**
 * What is wired to which pin of a Seeed Studio XIAO ESP32C3: an LSM6DSO breakout (a second one below the knee, if
 * wanted, on the same bus), a motor on a transistor, a divided battery voltage, the divided voltage of the USB, a button to ground. The virtual board is wired the same. Pins: XIAO
 * ESP32C3 pin map (pad = GPIO). The thigh's interrupt and the button are on GPIO 0–5, which alone wake the chip from deep sleep; nothing is
 * on the strapping pins GPIO 2, 8 and 9 (ESP32-C3 datasheet, "Strapping Pins"): a button held while the chip starts would decide how.
 */
import { constant } from "../../../src/constant"

export const PIN = constant({
  /** Pad D1. ADC1 covers GPIO 0–4; ADC2 does not work on this chip. */
  battery: 3,
  /** Pad D2: low while it is pressed. */
  button: 4,
  /** Pad D3: INT1 of the sensor. */
  sensorInterrupt: 5,
  /** Pad D4. */
  data: 6,
  /** Pad D5. */
  clock: 7,
  /**
   * Pad D6: high while USB is connected, by 10 kΩ from the pad 5V, which nothing drives while the battery feeds the board, and 20 kΩ to ground.
   * With the chip's pull-down (45 kΩ) that is 2.6 V of 4.5 V, and a high level begins at 2.5 V (ESP32-C3 datasheet, "DC Characteristics");
   * where nobody wired it, it reads low. The boot loader's messages come out here, against which the resistors stand.
   */
  supply: 21,
  /** Pad D7: INT1 of the second sensor, below the knee. It need not wake the chip: its samples are fetched with the thigh's. */
  shankInterrupt: 20,
  /** Pad D10. */
  motor: 10,
} as const)

/** I²C fast mode, the LSM6DSO's fastest. */
export const BUS_HZ = 400_000
/** Four times what the longest transfer takes, 448 bytes of FIFO; without it the SDK waits 400 ms for a bus that is held. */
export const BUS_TIMEOUT_MS = 50
/** Above hearing; the motor sees the mean. */
export const MOTOR_HZ = 20_000
/** What the SDK maps to a full reading: 12 dB attenuation, calibrated (SDK 8.2.3, analog, "Vmax"). */
const ADC_FULL_SCALE_MV = 2450
/** Two equal resistors (2 × 200 kΩ in the maker's wiring) halve the cell voltage. */
const BATTERY_DIVIDER = 2
export const BATTERY_FULL_SCALE_MV = ADC_FULL_SCALE_MV * BATTERY_DIVIDER
