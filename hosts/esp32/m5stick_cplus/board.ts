/** The M5StickC Plus as a board for the firmware: the SDK's IO on the pins of wiring.ts. */

import type { Board, Monitor } from "../../../src/board"
import { constant } from "../../../src/constant"
import { displayIo } from "../display-io"
import { espBoard } from "../esp-board"
import { io } from "../io"
import type { PowerPins } from "../power"
import { UartConsole } from "../uart-console"
import { stickParts } from "./parts"
import { PIN } from "./wiring"

const PINS: PowerPins = constant({ ...PIN, moved: 0 })

/** Behind the board's USB bridge: the wires of UART 0, at the speed that terminals begin with. */
const TERMINAL = constant(new UartConsole({ port: 0, transmit: 1, receive: 3, baud: 115_200 }))

export function m5stickCPlus(monitor: Monitor): Board {
  // Made now: the power chip is one object for all who use it, and knows how it is.
  return espBoard("M5StickC Plus", stickParts(io, displayIo), PINS, TERMINAL, monitor)
}
