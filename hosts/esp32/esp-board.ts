/** What every ESP32 board hands to the firmware besides its parts: the SDK's timer, storage and Bluetooth, and ESP-IDF's sleep. */
import Time from "time"
import Timer from "timer"
import type { Board, Monitor } from "../../src/board"
import type { ConsolePort } from "../../src/console/port"
import { unlessDebugged } from "./debug-port"
import { chipAddress } from "./device-id"
import { EspGattServer } from "./gatt-server"
import { EspPower, type PowerPins } from "./power"
import { flash, keyValue } from "./storage"
import { updateSlots } from "./update"

export type BoardParts = Pick<Board, "thigh" | "shank" | "motor" | "battery" | "display" | "button">

/** ESP-IDF's system time, which nobody sets here: it begins at 0 when power comes, and every other reset leaves it going (ESP-IDF, "System Time"). */
class SystemTime {
  get ms(): number {
    return Date.now()
  }
}

/** Before any of its pins is used. */
export function espBoard(
  name: string,
  parts: BoardParts,
  pins: PowerPins,
  terminal: ConsolePort,
  monitor: Monitor,
): Board {
  return {
    ...parts,
    name,
    timer: Timer,
    time: Time,
    retained: new SystemTime(),
    get deviceId() {
      return chipAddress()
    },
    power: new EspPower(pins),
    keyValue,
    flash,
    gatt: EspGattServer,
    update: updateSlots,
    ...unlessDebugged(terminal),
    monitor,
  }
}
