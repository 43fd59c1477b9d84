/** What numbers and bits of the status mean, in words. */

import { Problem, SelfTestPart } from "../ble/layouts"
import { constant } from "../constant"
import { ImuState } from "../drivers/imu-watch"
import { Activity } from "../motion/stride"

export const ACTIVITY_WORDS: Readonly<Record<number, string>> = constant({
  [Activity.still]: "still",
  [Activity.walk]: "walking",
  [Activity.run]: "running",
  [Activity.bend]: "bending the knee",
  [Activity.sit]: "sitting",
  [Activity.stairs]: "on stairs",
  [Activity.other]: "moving",
})

export const SENSOR_WORDS: Readonly<Record<ImuState, string>> = constant({
  [ImuState.starting]: "starting",
  [ImuState.ok]: "measuring",
  [ImuState.absent]: "does not answer",
  [ImuState.wrongChip]: "another chip answers",
  [ImuState.silent]: "gives no samples",
  [ImuState.faulty]: "cannot be started",
})

/** In the order of their bits. */
export const PROBLEM_WORDS: readonly (readonly [number, string])[] = constant([
  [Problem.thighSensor, "the sensor cannot be used"],
  [Problem.shankSensor, "the sensor below the knee cannot be used"],
  [Problem.bus, "something holds a line of the sensors' bus"],
  [Problem.motor, "the motor cannot be used"],
  [Problem.battery, "the battery cannot be measured"],
  [Problem.flash, "the flash of the runs cannot be used"],
  [Problem.keyValue, "settings cannot be kept"],
  [Problem.button, "the button is held, or cannot be read"],
  [Problem.display, "the display cannot be used"],
  [Problem.brownOut, "the supply broke down"],
  [Problem.crash, "the firmware stopped and was started anew"],
  [Problem.rolledBack, "an update did not work; the firmware before it runs"],
  [Problem.batteryEmpty, "the battery was empty"],
])

/** Of the self-test: the part, what it is asked, and why it may not be told. */
export const TEST_WORDS: readonly (readonly [part: number, what: string, untold: string])[] = constant([
  [SelfTestPart.thighSensor, "sensor measures", "not there"],
  [SelfTestPart.shankSensor, "sensor below the knee measures", "not there"],
  [SelfTestPart.gravity, "gravity is 1 g at rest", "cannot be told while it moves"],
  [SelfTestPart.flash, "runs can be read", "not there"],
  [SelfTestPart.keyValue, "settings can be kept", "not there"],
  [SelfTestPart.battery, "battery voltage is one of a cell", "not there"],
  [SelfTestPart.motor, "motor can be switched (four short buzzes)", "not there"],
  [SelfTestPart.button, "button is let go", "not there"],
  [SelfTestPart.calibration, "calibrated", "not there"],
])
