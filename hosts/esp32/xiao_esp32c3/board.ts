/**
 * Seeed Studio XIAO ESP32C3 with an LSM6DSO breakout, a motor on a transistor and a divided battery voltage. Pins: XIAO
 * ESP32C3 pin map (pad = GPIO). The sensor's interrupt is on one of GPIO 0–5, which alone wake the chip from deep sleep;
 * nothing is on the strapping pins GPIO 2, 8 and 9 (ESP32-C3 datasheet, "Strapping Pins").
 */
import Time from "time"
import Timer from "timer"
import type { Board, Monitor } from "../../../src/board"
import { EspGattServer } from "../gatt-server"
import { io } from "../io"
import { flash, keyValue } from "../storage"

const PIN = {
  /** Pad D1. ADC1 covers GPIO 0–4; ADC2 does not work on this chip. */
  battery: 3,
  /** Pad D3: INT1 of the sensor. */
  sensorInterrupt: 5,
  /** Pad D4. */
  data: 6,
  /** Pad D5. */
  clock: 7,
  /** Pad D10. */
  motor: 10,
} as const

/** SDO/SA0 of the LSM6DSO on ground (LSM6DSO datasheet, 5.1.1). Breakouts that tie it high answer at 0x6b. */
const LSM6DSO_ADDRESS = 0x6a
/** I²C fast mode, the LSM6DSO's fastest. */
const BUS_HZ = 400_000
/** Above hearing; the motor sees the mean. */
const MOTOR_HZ = 20_000
/** What the SDK maps to a full reading: 12 dB attenuation, calibrated (SDK 8.2.3, analog, "Vmax"). */
const ADC_FULL_SCALE_MV = 2450
/** Two equal resistors (2 × 200 kΩ in the maker's wiring) halve the cell voltage. */
const BATTERY_DIVIDER = 2

export function xiaoEsp32c3(monitor: Monitor): Board {
  return {
    name: "XIAO ESP32C3",
    timer: Timer,
    time: Time,
    thigh: {
      sensor: {
        io: io.SMBus,
        data: PIN.data,
        clock: PIN.clock,
        hz: BUS_HZ,
        address: LSM6DSO_ADDRESS,
      },
      interrupt: { io: io.Digital, pin: PIN.sensorInterrupt },
    },
    motor: { io: io.PWM, pin: PIN.motor, hz: MOTOR_HZ },
    battery: { io: io.Analog, pin: PIN.battery, mvFullScale: ADC_FULL_SCALE_MV * BATTERY_DIVIDER },
    keyValue,
    flash,
    gatt: EspGattServer,
    monitor,
  }
}
