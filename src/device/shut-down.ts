/**
 * Sleeping and switching itself off: what is open is closed and stored, the sensors are told to draw as little as they can, and the processor's sleep,
 * or the board's power switch, ends it. With an empty battery the wearer is told by an error buzz before, when all is stored.
 */
import { Problem } from "../ble/layouts"
import { ERROR } from "../haptics/patterns"
import { isMarkedEmpty, markEmpty } from "../storage/empty-mark"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"

/** What runs until it is closed: the device of src/main.ts. */
export interface Running {
  /** Ends and stores what is open, and frees all IO. */
  close(): void
}

/** Off, until the power key is pressed or a supply comes, where the board has a switch for that; otherwise asleep until its button is pressed. */
export function shutDown(parts: DeviceParts, device: Running): void {
  const { board, thigh, recorder } = parts
  thigh.catchUp()
  recorder.close()
  thigh.watchMotion()
  device.close()
  powerOff(parts)
  board.power?.sleep(false)
}

/** The processor stops here, with all stored and closed, until it is moved or its button pressed. Where nothing would wake it, it stays awake. */
export function sleep(parts: DeviceParts, device: Running): void {
  const { board, thigh, sitting, log } = parts
  const byMotion = thigh.watchMotion()
  if (!byMotion && parts.button === undefined) return
  log.tell(DeviceEvent.asleep, byMotion ? "until it is moved" : "until the button is pressed")
  sitting?.leave()
  device.close()
  board.power?.sleep(byMotion)
}

/** Once a second while the battery is empty: tells the wearer, and a few seconds later it is off. */
export function goEmpty(parts: DeviceParts, device: Running): void {
  const { board, battery, thigh, recorder, wear, haptics, log } = parts
  if (!battery.isToldEmpty) {
    battery.tellEmpty()
    thigh.catchUp()
    recorder.close()
    if (wear.isFiner) wear.keep()
    log.tell(DeviceEvent.batteryEmpty, `${board.name} switches itself off`)
    haptics.play(ERROR)
  } else if (battery.isTimeToGo) {
    mark(parts, true)
    shutDown(parts, device)
  }
}

/** The battery's first reading. Where it had gone off empty the status says so in this boot; one that was not charged since makes it go again. */
export function beginBattery(parts: DeviceParts): void {
  const { board, battery, log } = parts
  const wasEmpty = isMarkedEmpty(board.keyValue)
  battery.begin(wasEmpty)
  if (!wasEmpty) return
  log.problem(Problem.batteryEmpty, true)
  if (!battery.isEmpty) mark(parts, false)
}

function mark({ board, log }: DeviceParts, isEmpty: boolean): void {
  try {
    markEmpty(board.keyValue, isEmpty)
  } catch (error) {
    log.fault("storage", "whether the battery was empty cannot be stored", error)
  }
}

function powerOff({ board, log }: DeviceParts): void {
  try {
    const gauge = board.battery.open()
    gauge.powerOff?.()
    gauge.close()
  } catch (error) {
    log.fault("battery", "switching off: the power switch does not answer", error)
  }
}
