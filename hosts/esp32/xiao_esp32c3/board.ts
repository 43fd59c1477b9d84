/** The Seeed Studio XIAO ESP32C3 as a board for the firmware: the SDK's IO on the pins of wiring.ts. */
import Time from "time"
import Timer from "timer"
import type { Board, ImuWiring, Monitor } from "../../../src/board"
import { LSM6DSO_ADDRESS, LSM6DSO_ADDRESS_HIGH } from "../../../src/drivers/lsm6dso-registers"
import { EspGattServer } from "../gatt-server"
import { io } from "../io"
import { flash, keyValue } from "../storage"
import { BATTERY_FULL_SCALE_MV, BUS_HZ, MOTOR_HZ, PIN } from "./wiring"

export function xiaoEsp32c3(monitor: Monitor): Board {
  return {
    name: "XIAO ESP32C3",
    timer: Timer,
    time: Time,
    // ESP-IDF's system time, which nobody sets here: it begins at 0 when power comes, and every other reset leaves it going (ESP-IDF, "System Time").
    retained: {
      get ms() {
        return Date.now()
      },
    },
    thigh: imu(LSM6DSO_ADDRESS, PIN.sensorInterrupt),
    shank: imu(LSM6DSO_ADDRESS_HIGH, PIN.shankInterrupt),
    motor: { io: io.PWM, pin: PIN.motor, hz: MOTOR_HZ },
    battery: { io: io.Analog, pin: PIN.battery, mvFullScale: BATTERY_FULL_SCALE_MV },
    button: { io: io.Digital, pin: PIN.button },
    get deviceId() {
      // The SDK tells the chip's own address with Wi-Fi only. XS draws from the chip's random numbers (SDK 8.2.3, xs/platforms/esp/xsHost.h).
      return `${Math.random()} ${Math.random()}`
    },
    keyValue,
    flash,
    gatt: EspGattServer,
    monitor,
  }
}

function imu(address: number, interruptPin: number): ImuWiring {
  return {
    sensor: { io: io.SMBus, data: PIN.data, clock: PIN.clock, hz: BUS_HZ, address },
    interrupt: { io: io.Digital, pin: interruptPin },
  }
}
