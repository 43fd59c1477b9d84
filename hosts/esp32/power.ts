/**
 * Sleep of the ESP32 by power.c. The SDK's foreign-function interface makes its functions anew for each object of it, in RAM: none is kept, for
 * each is called seldom.
 */
import FFI from "mc/ffi"
import type { PowerControl, Wake } from "../../src/power/port"

/** GPIO numbers. Button and sensor are on pins that can wake the chip from deep sleep. */
export interface PowerPins {
  /** Low while it is pressed. */
  readonly button: number
  /** Of the thigh's sensor. */
  readonly sensorInterrupt: number
  /** Its level when the sensor was moved. */
  readonly moved: 0 | 1
  /** Turns while it is high; left out where a driver of its own turns it. */
  readonly motor?: number
}

const NO_PIN = 0xff

export class EspPower implements PowerControl {
  readonly wake: Wake
  private readonly pins: PowerPins

  /** Before any of `pins` is used. */
  constructor(pins: PowerPins) {
    this.pins = pins
    this.wake = new FFI().patella_wake(pins.button, pins.sensorInterrupt, pins.motor ?? NO_PIN) as Wake
  }

  allowLightSleep(isAllowed: boolean): void {
    refuse("light sleep", new FFI().patella_allow_light_sleep(isAllowed ? 1 : 0))
  }

  sleep(byMotion: boolean): void {
    const { button, sensorInterrupt, moved, motor = NO_PIN } = this.pins
    refuse("deep sleep", new FFI().patella_sleep(button, byMotion ? sensorInterrupt : NO_PIN, motor, moved))
  }
}

function refuse(what: string, failed: number): void {
  if (failed !== 0) throw new Error(`${what}: ESP-IDF error 0x${failed.toString(16)} (esp_err.h)`)
}
