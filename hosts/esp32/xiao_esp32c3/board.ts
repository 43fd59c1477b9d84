/** The Seeed Studio XIAO ESP32C3 as a board for the firmware: the SDK's IO on the pins of wiring.ts. */

import config from "mc/config"
import type { Board, Monitor } from "../../../src/board"
import { constant } from "../../../src/constant"
import { espBoard } from "../esp-board"
import { io } from "../io"
import type { PowerPins } from "../power"
import { usbConsole } from "../usb-console"
import { type MotorKind, xiaoParts } from "./parts"
import { PIN } from "./wiring"

/** Which motor there is the maker says in manifest.json ("config"), or when building: mcconfig … motor=lra. */
const PARTS = xiaoParts(io, undefined, config.motor as MotorKind)
const PINS: PowerPins = constant({ ...PIN, moved: 1 })

export function xiaoEsp32c3(monitor: Monitor): Board {
  return espBoard("XIAO ESP32C3", PARTS, PINS, usbConsole, monitor)
}
